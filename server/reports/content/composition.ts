import { apportion } from '../../../web/ui/whole.ts'
import type { Block, Table } from '../contract.ts'
import type { Group, ReportValues } from '../input/contract.ts'
import {
  column,
  count,
  countOf,
  hiddenNote,
  levelGroups,
  paragraph,
  type Section,
  share,
  tableBlock,
  words,
} from './blocks.ts'
import { isShown } from './findings-rules.ts'
import { sectorWords } from './sectors.ts'
import { channelWord, percent, tally } from './words.ts'

/** II. Đặc điểm mẫu. */
export function composition(values: ReportValues): Section[] {
  const { sector, channels, respondents, serviceModes, questionnaires } = values
  const named = channels.map((group) => ({ ...group, label: channelWord(group.key) }))
  const isAdministrative = sector === 'administrative'
  return [
    { title: 'Theo cách trả lời', body: sharesOf('kenh', 'Cơ cấu phiếu theo cách trả lời', 'Cách trả lời', named) },
    {
      title: 'Theo đối tượng trả lời',
      body: isAdministrative
        ? sharesOf('doi-tuong', 'Cơ cấu phiếu theo đối tượng', 'Đối tượng', rename(respondents, respondentWords))
        : [],
    },
    {
      title: 'Theo hình thức thực hiện',
      body: isAdministrative
        ? sharesOf('hinh-thuc', 'Cơ cấu phiếu theo hình thức', 'Hình thức', rename(serviceModes, modeWords))
        : [],
    },
    {
      title: `Theo ${sectorWords[sector].questionnaires}`,
      body:
        questionnaires.length > 1
          ? sharesOf('bo-cau-hoi', 'Cơ cấu phiếu theo bộ câu hỏi', 'Bộ câu hỏi', levelGroups(questionnaires))
          : [],
    },
  ]
}

const respondentWords: Record<string, string> = {
  citizen: 'Người dân',
  enterprise: 'Doanh nghiệp, tổ chức',
  unstated: 'Không nêu',
}
export const modeWords: Record<string, string> = { direct: 'Trực tiếp', online: 'Trực tuyến', unstated: 'Không nêu' }
export const rename = (groups: Group[], names: Record<string, string>): Group[] =>
  groups.map((group) => ({ ...group, label: names[group.key] ?? group.label }))

function sharesOf(id: string, caption: string, title: string, groups: Group[]): Block[] {
  const all = groups.reduce((sum, { score }) => sum + score.responses, 0)
  if (all === 0) return []
  const shares = apportion(
    groups.map(({ score }) => score.responses),
    2,
  )
  const table: Table = {
    id: `mau-${id}`,
    caption,
    columns: [column('TT', 8, 'center'), column(title, 52, 'left'), column('Số phiếu', 20), column('Tỷ lệ', 20)],
    rows: groups.map(({ label, score }, index) => [
      count(index + 1),
      words(label),
      countOf(score),
      isShown(score) || score.responses === 0 ? share(shares[index] ?? null) : words('–'),
    ]),
    ...(groups.some(({ score }) => score.responses > 0 && !isShown(score)) ? { note: hiddenNote } : {}),
  }
  return [paragraph(largestInWords(groups, all, shares)), tableBlock(table)]
}

/** The share is the table's, so that one figure never has two values on a page. */
function largestInWords(groups: Group[], all: number, shares: number[]): string {
  const [largest] = [...groups].sort((a, b) => b.score.responses - a.score.responses)
  if (!largest || largest.score.responses < 5) return 'Số phiếu còn ít, chưa nêu được cơ cấu.'
  const { responses } = largest.score
  if (responses === all) return `Tất cả ${tally(all)} phiếu thuộc một nhóm: “${largest.label}”.`
  return `Nhóm có nhiều phiếu nhất là “${largest.label}” (${tally(responses)} phiếu, chiếm ${percent(shares[groups.indexOf(largest)] ?? 0)}).`
}

import type { Block } from '../contract.ts'
import type { Group, ReportValues } from '../input/contract.ts'
import { blank, column, count, list, paragraph, tableBlock, words } from './blocks.ts'
import { fewestToShow, findChanged, findEnds, findWeakCriteria, isShown, mainIndicator } from './findings-rules.ts'
import { sectorWords } from './sectors.ts'
import { formatDay, formatTarget, joinNames, percent, points, rateInWords, shortTitle, tally } from './words.ts'

/** V. Ý kiến góp ý và việc tiếp thu. */
export function opinions({ cases, improvements }: ReportValues): Block[] {
  if (cases.received === 0)
    return [paragraph('Trong kỳ không có ý kiến nào cần theo dõi, xử lý.'), ...whatWasDone(improvements)]
  const open = cases.received - cases.answered - cases.closed
  const themed = cases.themes.reduce((sum, theme) => sum + theme.cases, 0)
  return [
    paragraph(
      `Trong kỳ có ${tally(cases.received)} ý kiến góp ý hoặc phiếu không hài lòng cần theo dõi, xử lý: đã trả lời ${tally(cases.answered)}, kết thúc không trả lời ${tally(cases.closed)}, đang xử lý ${tally(open)}.`,
      themed === 0 ? 'Các ý kiến chưa được phân loại theo chủ đề.' : themesInWords(cases.themes, themed),
    ),
    ...(themed > 0 ? [themeTable(cases.themes)] : []),
    ...whatWasDone(improvements),
  ]
}

function themesInWords(themes: ReportValues['cases']['themes'], themed: number): string {
  const [first] = themes.filter((theme) => theme.cases >= fewestToShow)
  const about = `Cán bộ đã phân loại ${tally(themed)} ý kiến theo chủ đề.`
  const isAlone = themes.every((theme) => theme === first || theme.cases < (first?.cases ?? 0))
  return first && isAlone ? `${about} Chủ đề được nêu nhiều nhất: ${first.name} (${tally(first.cases)} ý kiến).` : about
}

const themeTable = (themes: ReportValues['cases']['themes']): Block =>
  tableBlock({
    id: 'chu-de',
    caption: 'Ý kiến theo chủ đề',
    columns: [column('TT', 8, 'center'), column('Chủ đề', 67, 'left'), column('Số ý kiến', 25)],
    rows: themes.map(({ name, cases }, index) => [
      count(index + 1),
      words(name),
      cases < fewestToShow ? words(`<${fewestToShow}`) : count(cases),
    ]),
  })

function whatWasDone(improvements: ReportValues['improvements']): Block[] {
  if (improvements.length === 0) return []
  return [
    paragraph('Những việc đã làm từ ý kiến của người dân, đã công khai:'),
    list(
      improvements.map(
        ({ said, did, publishedOn }) =>
          `Người dân nêu: ${plain(said)} Việc đã làm, công khai ngày ${formatDay(publishedOn)}: ${plain(did)}`,
      ),
    ),
  ]
}

/** As a sentence of its own on one line. */
const plain = (text: string): string =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/([^.!?…])$/, '$1.')

/** VI. Hạn chế của phương pháp, rồi nguyên nhân do đơn vị nêu. */
export function limits(values: ReportValues): Block[] {
  const { channels, paragraphs } = values
  return [
    list([
      'Người trả lời tự nguyện, không được chọn ngẫu nhiên; khoảng tin cậy 95\u00a0% phản ánh sai số do số phiếu có hạn, không phản ánh ý kiến của những người không trả lời.',
      ...channelLimit(channels),
      responseLimit(values),
      ...tippingLimit(values),
      ...silentLimit(values),
    ]),
    ...typed(paragraphs.causes, 'Nêu nguyên nhân chủ quan, khách quan của những nội dung người dân chưa hài lòng'),
  ]
}

function channelLimit(channels: Group[]): string[] {
  const all = channels.reduce((sum, { score }) => sum + score.responses, 0)
  if (all < fewestToShow) return []
  const own = channels.filter(({ key }) => key !== 'interview').reduce((sum, { score }) => sum + score.responses, 0)
  if (all - own > 0 && all - own < fewestToShow)
    return ['Gần như toàn bộ phiếu do đơn vị tự thu thập, chưa có nguồn độc lập để đối chiếu.']
  return own === all
    ? ['Toàn bộ phiếu do đơn vị tự thu thập, chưa có nguồn độc lập để đối chiếu.']
    : [
        `Phiếu do đơn vị tự thu thập chiếm ${percent((100 * own) / all)}; phần còn lại là phỏng vấn độc lập. Kết quả chung phụ thuộc vào tỷ trọng của hai nguồn này.`,
      ]
}

function responseLimit(values: ReportValues): string {
  const { denominator, sector } = values
  const { visits } = sectorWords[sector]
  return denominator
    ? `Số ${visits} đã ghi nhận là ${tally(denominator.visits)}; ${rateInWords(values)}.`
    : `Chưa có số liệu về số ${visits} nên không tính được tỷ lệ trả lời.`
}

/** What the silent ones would have to think for the comparison with the target to turn; no word of a verdict. */
function tippingLimit(values: ReportValues): string[] {
  const main = mainIndicator(values)
  const { tippingPoint, overall } = values
  if (!tippingPoint || !main || !isShown(overall)) return []
  const goal = formatTarget(main.target)
  if (tippingPoint.meaning === 'cannot_be_missed')
    return [`Dù tất cả những người không trả lời đều chưa hài lòng, mức độ hài lòng chung vẫn không thấp hơn ${goal}.`]
  if (tippingPoint.meaning === 'cannot_be_reached')
    return [`Dù tất cả những người không trả lời đều hài lòng, mức độ hài lòng chung vẫn thấp hơn ${goal}.`]
  return [
    `Mức độ hài lòng chung chỉ đạt từ ${goal} trở lên nếu mức độ hài lòng của những người không trả lời từ ${percent(tippingPoint.point)} trở lên.`,
  ]
}

function silentLimit({ denominator }: ReportValues): string[] {
  if (!denominator || denominator.silent.length === 0) return []
  return [`Nơi có người đến nhưng chưa có phiếu nào: ${joinNames(denominator.silent)}.`]
}

/** VII. Kiến nghị: what the data point at, then what the agency proposes. */
export function proposals(values: ReportValues): Block[] {
  const pointed = focusOf(values)
  return [
    ...(pointed.length > 0 ? [paragraph('Từ số liệu, các nội dung cần được ưu tiên xem xét:'), list(pointed)] : []),
    ...typed(
      values.paragraphs.proposals,
      'Nêu giải pháp, đề xuất, kiến nghị; đơn vị chịu trách nhiệm và thời hạn thực hiện',
    ),
  ]
}

function focusOf({ questionnaires, places, factors, indicators, sector }: ReportValues): string[] {
  const weak = questionnaires.flatMap(({ criteria, score, title }) =>
    findWeakCriteria(criteria, score)
      .slice(0, 3)
      .map(({ official, text }) => `Tiêu chí ${official} - ${text} (${shortTitle(title)});`),
  )
  const { lowest } = findEnds(places)
  const fallen = findChanged(factors, 'fall').flatMap(({ label, before }) =>
    before?.difference
      ? [`“${label}”: giảm ${points(before.difference.difference)} điểm phần trăm so với kỳ trước;`]
      : [],
  )
  const undecided = indicators.flatMap(({ code, missing, score }) =>
    missing && !missing.outOfReach && isShown(score)
      ? [`Chỉ tiêu ${code}: cần thu thêm khoảng ${tally(missing.needed)} phiếu để có thể kết luận;`]
      : [],
  )
  const place = lowest ? [`${sectorWords[sector].place} có mức độ hài lòng thấp nhất: “${lowest.label}”;`] : []
  return endList([...weak, ...place, ...fallen, ...undecided])
}

/** The last item ends with a full stop. */
const endList = (items: string[]): string[] =>
  items.map((item, index) => (index === items.length - 1 ? item.replace(/;$/, '.') : item))

/** The agency's own paragraphs, one per line; without them the placeholder. */
export function typed(text: string | undefined, hint: string): Block[] {
  const lines = (text ?? '')
    .split(/\r\n?|\n/)
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')
  return lines.length > 0 ? lines.map((line) => paragraph(line)) : [paragraph(blank(hint))]
}

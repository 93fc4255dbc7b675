import type { Score } from '../../score/contract.ts'
import type { Block } from '../contract.ts'
import type { Group, ReportValues } from '../input/contract.ts'
import {
  column,
  groupTable,
  levelGroups,
  mark,
  paragraph,
  type Section,
  scoreCells,
  scoreColumns,
  share,
  tableBlock,
  words,
} from './blocks.ts'
import { partsChart, trendChart, trendInWords } from './charts.ts'
import { modeWords, rename } from './composition.ts'
import { criteria } from './criteria.ts'
import { fewestToShow, findBelow, findEnds, isShown } from './findings-rules.ts'
import { general } from './indicators.ts'
import { sectorWords } from './sectors.ts'
import { changeInWords, joinNames, monthWord, scoreInWords, shortTitle, startSentence } from './words.ts'

/** III. Kết quả. */
export function results(values: ReportValues): Section[] {
  const { sector, factors, fields, places, questionnaires } = values
  const named = sectorWords[sector]
  return [
    { title: 'Kết quả chung', body: general(values) },
    { title: `Kết quả theo ${named.factor}`, body: parts('yeu-to', named.factor, factors, values) },
    { title: 'Kết quả theo tiêu chí', body: criteria(values) },
    {
      title: 'Kết quả theo lĩnh vực thủ tục hành chính',
      body: sector === 'administrative' ? parts('linh-vuc', 'lĩnh vực', fields, values) : [],
    },
    {
      title: `Kết quả theo ${named.questionnaires}`,
      body:
        questionnaires.length > 1
          ? [...parts('cap', named.questionnaires, levelGroups(questionnaires), values), ...levelFactors(values)]
          : [],
    },
    {
      title: `Kết quả theo ${named.place.toLowerCase()}`,
      body: isPerLevel(values) ? [] : parts('noi', named.place.toLowerCase(), places, values),
    },
    { title: 'Kết quả theo hình thức thực hiện', body: modes(values) },
    { title: 'Kết quả tự khảo sát và khảo sát độc lập', body: independence(values) },
    { title: 'Diễn biến theo tháng', body: trend(values) },
  ]
}

/** One place for each level or service: the same figures stand there already. */
const isPerLevel = ({ places, questionnaires }: ReportValues): boolean =>
  questionnaires.length > 1 && places.length <= questionnaires.filter(({ score }) => score.responses > 0).length

function parts(id: string, name: string, groups: Group[], values: ReportValues): Block[] {
  if (groups.every(({ score }) => score.responses === 0)) return []
  const title = startSentence(name)
  return [
    paragraph(endsInWords(groups, values.overall)),
    groupTable(`ket-qua-${id}`, `Mức độ hài lòng theo ${name}`, title, groups),
    ...partsChart(`bieu-do-${id}`, `Mức độ hài lòng theo ${name}, kèm khoảng tin cậy 95\u00a0%`, groups, values),
  ]
}

/** A lowest or highest part only where its whole interval lies apart from all others. */
export function endsInWords(groups: Pick<Group, 'label' | 'score'>[], overall: Score): string {
  const shown = groups.filter(({ score }) => isShown(score))
  const [only] = shown
  if (!only) return 'Các nhóm đều có dưới 05 phiếu, chưa nêu được kết quả.'
  if (shown.length === 1 && isShown(only.score)) return `“${only.label}”: mức độ hài lòng ${scoreInWords(only.score)}.`
  const { lowest, highest } = findEnds(shown)
  const below = findBelow(shown, overall).map(({ label }) => label)
  const said = [
    describeEnd('Thấp nhất', lowest),
    describeEnd('Cao nhất', highest),
    !lowest && !highest
      ? 'Khoảng tin cậy của các nhóm còn chồng lên nhau, chưa đủ căn cứ để xếp thứ tự cao, thấp.'
      : '',
    !lowest && below.length > 0 ? `Thấp hơn kết quả chung (cả khoảng tin cậy nằm dưới): ${joinNames(below)}.` : '',
  ]
  return said.filter((one) => one !== '').join(' ')
}

const describeEnd = (which: string, part: Pick<Group, 'label' | 'score'> | undefined): string =>
  part && isShown(part.score) ? `${which} là “${part.label}”, mức độ hài lòng ${scoreInWords(part.score)}.` : ''

/** Factors of each questionnaire side by side: by school level or by service. */
function levelFactors({ questionnaires, factors, sector }: ReportValues): Block[] {
  const answered = questionnaires.filter(({ score }) => isShown(score))
  if (answered.length < 2) return []
  return [
    tableBlock({
      id: 'yeu-to-theo-cap',
      caption: `Mức độ hài lòng theo ${sectorWords[sector].factor} và ${sectorWords[sector].questionnaires}`,
      columns: [
        column(startSentence(sectorWords[sector].factor), 40, 'left'),
        ...answered.map(({ title }) => column(shortTitle(title), 60 / answered.length)),
      ],
      rows: [
        ...factors.map(({ key, label }) => [
          words(label),
          ...answered.map((one) => cellOf(one.factors.find((factor) => factor.key === key))),
        ]),
        [words('Điểm trung bình /5'), ...answered.map(({ mean }) => mark(mean))],
        [
          words('Đáp ứng mong đợi'),
          ...answered.map(({ expectation }) =>
            share(expectation && expectation.responses >= fewestToShow ? expectation.mean : null),
          ),
        ],
      ],
    }),
  ]
}

const cellOf = (factor: Group | undefined) => (factor && isShown(factor.score) ? share(factor.score.score) : words('–'))

function modes({ sector, serviceModes, overall }: ReportValues): Block[] {
  const named = rename(serviceModes, modeWords)
  if (sector !== 'administrative' || named.length < 2) return []
  return [
    paragraph(endsInWords(named, overall)),
    groupTable('ket-qua-hinh-thuc', 'Mức độ hài lòng theo hình thức', 'Hình thức', named),
  ]
}

/** Both ways of asking side by side: the office's own survey is never read alone where an independent one exists. */
function independence({ independence: both, overall }: ReportValues): Block[] {
  if (!isShown(overall)) return []
  if (!both || !isShown(both.independent) || !isShown(both.selfRun))
    return [paragraph('Trong kỳ chưa đủ phiếu phỏng vấn độc lập để đối chiếu với kết quả do đơn vị tự thu thập.')]
  const { difference } = both
  return [
    paragraph(`Kết quả khảo sát độc lập ${changeForChannels(difference)}.`),
    groupTable('ket-qua-doc-lap', 'Tự khảo sát và khảo sát độc lập', 'Cách thu thập', [
      { label: 'Đơn vị tự khảo sát (mã QR, liên kết, màn hình, phiếu giấy)', score: both.selfRun },
      { label: 'Khảo sát độc lập (phỏng vấn)', score: both.independent },
    ]),
  ]
}

/** Two samples at one time differ; they do not rise or fall. */
const changeForChannels = (difference: Parameters<typeof changeInWords>[0]): string =>
  changeInWords(difference, 'kết quả tự khảo sát')
    .replace(/^tăng/, 'cao hơn')
    .replace(/^giảm/, 'thấp hơn')
    .replace('có thay đổi', 'có khác biệt')

export function trend(values: ReportValues): Block[] {
  const months = values.months.map(({ month, score }) => ({
    label: startSentence(monthWord(month)),
    score,
  }))
  if (months.filter(({ score }) => isShown(score)).length < 2) return []
  return [
    paragraph(trendInWords(values)),
    ...trendChart(values),
    tableBlock({
      id: 'ket-qua-thang',
      caption: 'Mức độ hài lòng theo tháng',
      columns: [column('Tháng', 40, 'left'), ...scoreColumns],
      rows: months.map(({ label, score }) => [words(label), ...scoreCells(score)]),
    }),
  ]
}

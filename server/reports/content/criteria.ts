import type { Block } from '../contract.ts'
import type { CriterionFigures, QuestionnaireFigures, ReportValues } from '../input/contract.ts'
import { column, mark, paragraph, scoreCells, scoreColumns, tableBlock, words } from './blocks.ts'
import { findWeakCriteria, isShown } from './findings-rules.ts'
import { shortTitle, startSentence, tally, withoutScore } from './words.ts'

/** The criteria that lie provably under the whole, per questionnaire. */
export function criteria({ questionnaires }: ReportValues): Block[] {
  const answered = questionnaires.filter(({ score }) => score.responses > 0)
  return answered.flatMap((one) => {
    const about = answered.length > 1 ? `${shortTitle(one.title)}: ` : ''
    if (!isShown(one.score)) return [paragraph(`${about}${startIn(about, withoutScore(one.score))}.`)]
    const weak = findWeakCriteria(one.criteria, one.score)
    if (weak.length === 0) return [paragraph(`${about}${startIn(about, noWeakCriteria)}`)]
    return [paragraph(`${about}${startIn(about, weakInWords(weak.length))}`), weakTable(one, weak.slice(0, mostNamed))]
  })
}

const mostNamed = 5

const weakInWords = (found: number): string =>
  `có ${tally(found)} tiêu chí thấp hơn kết quả chung (cả khoảng tin cậy nằm dưới)${found > mostNamed ? `, trong đó ${tally(mostNamed)} tiêu chí thấp nhất là` : ''}:`

const noWeakCriteria =
  'chưa đủ căn cứ để kết luận có tiêu chí nào thấp hơn kết quả chung; kết quả từng tiêu chí nêu tại Phụ lục.'
const startIn = (before: string, sentence: string): string => (before === '' ? startSentence(sentence) : sentence)

export const criterionColumns = [
  column('Số', 7, 'center'),
  column('Tiêu chí', 39, 'left'),
  ...scoreColumns.map((one) => ({ ...one, width: 11 })),
  column('Điểm /5', 10),
]
export const criterionRow = ({ official, text, score, mean }: CriterionFigures) => [
  words(official),
  words(text),
  ...scoreCells(score),
  isShown(score) ? mark(mean) : words('–'),
]

const weakTable = ({ code, title }: QuestionnaireFigures, weak: CriterionFigures[]): Block =>
  tableBlock({
    id: `tieu-chi-thap-${code}`,
    caption: `Tiêu chí thấp hơn kết quả chung: ${shortTitle(title)}`,
    columns: criterionColumns,
    rows: weak.map(criterionRow),
  })

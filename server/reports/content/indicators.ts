import { beliefNotes } from '../../../web/indicators/provenance-words.ts'
import type { Block } from '../contract.ts'
import type { ReportValues } from '../input/contract.ts'
import { column, paragraph, scoreCells, scoreColumns, share, tableBlock, words } from './blocks.ts'
import { overallChart } from './charts.ts'
import { fewestToShow, isShown } from './findings-rules.ts'
import {
  decimal,
  formatTarget,
  percent,
  scoreInWords,
  standingOfTarget,
  tally,
  verdictInTable,
  verdictInWords,
  withoutScore,
} from './words.ts'

/** The indicators with their verdicts, and the figures beside them. */
export function general(values: ReportValues): Block[] {
  const { indicators } = values
  return [
    ...indicators.map((indicator) => {
      const { code, title, score, target } = indicator
      const about = `Chỉ tiêu ${code} - ${title} (mức được giao ${formatTarget(target)}):`
      if (!isShown(score)) return paragraph(`${about} ${withoutScore(score)}.`)
      const result = `${about} mức độ hài lòng ${scoreInWords(score, target)}; ${verdictInWords(indicator)}.`
      return paragraph(result, standingOfTarget(indicator, values))
    }),
    indicatorTable(values),
    ...indicatorNote(values),
    ...sourceNotes(values),
    ...alongside(values),
    ...overallChart(values),
  ]
}

function indicatorTable({ indicators }: ReportValues): Block {
  return tableBlock({
    id: 'chi-tieu',
    caption: 'Kết quả thực hiện chỉ tiêu',
    columns: [
      column('Mã', 7, 'center'),
      column('Chỉ tiêu', 31, 'left'),
      column('Mức giao', 9),
      ...scoreColumns.map((one) => ({ ...one, width: 10 })),
      column('Kết luận', 13, 'left'),
    ],
    rows: indicators.map(({ code, title, target, score, verdict, reason, dueFrom }) => [
      words(code),
      words(title),
      share(target),
      ...scoreCells(score),
      words(isShown(score) ? verdictInTable({ verdict, reason, ...(dueFrom && { dueFrom }) }) : 'Chưa có kết quả'),
    ]),
  })
}

function indicatorNote({ indicators, other, main }: ReportValues): Block[] {
  const stratified = indicators.some(({ formula }) => formula === 'stratified')
  if (!other || !isShown(other.score)) return []
  const [used, beside] = stratified
    ? ['tính theo số lượt của từng nơi', 'tính gộp']
    : ['tính gộp', 'tính theo số lượt của từng nơi']
  return [
    paragraph(
      `Kết luận của chỉ tiêu ${main} theo cách ${used}; để tham khảo, cách ${beside} cho kết quả ${scoreInWords(other.score)}.`,
    ),
  ]
}

/** The two sides beside each other, the share with proof and what carries no verdict, per indicator. */
function sourceNotes({ indicators }: ReportValues): Block[] {
  return indicators.flatMap(({ code, score, target, reason = null, belief }) => {
    const notes = belief && isShown(score) ? beliefNotes({ belief, reason, target }) : []
    return notes.length > 0 ? [paragraph(`Nguồn phiếu của chỉ tiêu ${code}: ${notes.join('. ')}.`)] : []
  })
}

/** Mean, expectation, wholly satisfied: what the ministries report beside the share. */
function alongside({ mean, overallRating, expectation, whollySatisfied, overall }: ReportValues): Block[] {
  if (!isShown(overall)) return []
  const said: string[] = []
  if (mean !== null) said.push(`Điểm hài lòng trung bình của các tiêu chí là ${decimal(mean)}/5.`)
  if (overallRating && overallRating.responses >= fewestToShow)
    said.push(
      `Điểm trung bình của câu hỏi đánh giá chung là ${decimal(overallRating.mean)}/5 (${tally(overallRating.responses)} người trả lời).`,
    )
  if (expectation && expectation.responses >= fewestToShow)
    said.push(
      `Tỷ lệ đáp ứng mong đợi bình quân là ${percent(expectation.mean)} (${tally(expectation.responses)} người cho ý kiến).`,
    )
  if (whollySatisfied && isShown(whollySatisfied))
    said.push(
      `Tỷ lệ người hài lòng toàn diện (mọi tiêu chí đều ở mức 4 hoặc 5, chỉ tính phiếu hỏi đủ tiêu chí) là ${scoreInWords(whollySatisfied)}.`,
    )
  return said.length > 0 ? [paragraph(...said)] : []
}

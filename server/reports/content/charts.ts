import { watchedInWords } from '../../../web/ui/verdict-word.tsx'
import { compareScores } from '../../score/estimators.ts'
import type { Block, ChartPoint } from '../contract.ts'
import type { Group, IndicatorFigures, ReportValues } from '../input/contract.ts'
import { chartBlock, pointOf } from './blocks.ts'
import { findEnds, isShown, mainIndicator } from './findings-rules.ts'
import { changeInWords, formatTarget, monthWord, percent, startSentence, tally, verdictShort } from './words.ts'

/** Intervals of all indicators; only where there is more than one to look at. */
export function overallChart({ indicators }: ReportValues): Block[] {
  const shown = indicators.filter(({ score }) => isShown(score))
  if (shown.length < 2) return []
  const said = shown.map(
    ({ code, verdict, dueFrom }) =>
      `${code}: ${dueFrom ? watchedInWords(dueFrom) : verdictShort[verdict].toLowerCase()}`,
  )
  return [
    chartBlock({
      id: 'bieu-do-chi-tieu',
      kind: 'intervals',
      caption: 'Mức độ hài lòng của các chỉ tiêu, kèm khoảng tin cậy 95\u00a0%',
      alternative: `Kết luận từng chỉ tiêu: ${said.join('; ')}.`,
      target: null,
      points: shown.map(pointOfIndicator),
    }),
  ]
}

/** With its own target; reports frozen before that was known are drawn as they were. */
function pointOfIndicator({ code, score, target, dueFrom }: IndicatorFigures): ChartPoint {
  if (dueFrom === undefined) return pointOf(code, score)
  return { ...pointOf(code, score), target, ...(dueFrom !== null && { watched: true }) }
}

export function partsChart(id: string, caption: string, groups: Group[], values: ReportValues): Block[] {
  const shown = groups.filter(({ score }) => isShown(score))
  if (shown.length < 2) return []
  const { lowest, highest } = findEnds(shown)
  const said = [lowest && `thấp nhất là “${lowest.label}”`, highest && `cao nhất là “${highest.label}”`].filter(Boolean)
  const finding =
    said.length > 0
      ? `Trong ${tally(shown.length)} nhóm, ${said.join('; ')}.`
      : 'Khoảng tin cậy của các nhóm chồng lên nhau, chưa đủ căn cứ để xếp thứ tự.'
  const main = mainIndicator(values)
  const target = main?.target ?? null
  const watched = main?.dueFrom ? { watched: true } : {}
  return [
    chartBlock({
      id,
      caption,
      target,
      kind: 'intervals',
      alternative: target === null ? finding : `${finding} Đường kẻ là mức được giao ${formatTarget(target)}.`,
      points: shown.map(({ label, score }) => ({ ...pointOf(label, score), ...watched })),
    }),
  ]
}

export function trendChart(values: ReportValues): Block[] {
  const shown = values.months.filter(({ score }) => isShown(score))
  if (shown.length < 2) return []
  const main = mainIndicator(values)
  const watched = main?.dueFrom ? { watched: true } : {}
  return [
    chartBlock({
      id: 'bieu-do-thang',
      kind: 'line',
      caption: 'Mức độ hài lòng theo tháng',
      alternative: trendInWords(values),
      target: main?.target ?? null,
      points: values.months.map(({ month, score }) => ({
        ...pointOf(`${month.slice(5)}/${month.slice(0, 4)}`, score),
        ...watched,
      })),
    }),
  ]
}

/** The last month against the one before and the first: a direction only where it is more than chance. */
export function trendInWords({ months }: Pick<ReportValues, 'months'>): string {
  const shown = months.filter(({ score }) => isShown(score))
  const [first, previous, last] = [shown[0], shown.at(-2), shown.at(-1)]
  if (!first || !previous || !last) return ''
  const said = `${startSentence(monthWord(last.month))}: mức độ hài lòng ${percent(last.score.score as number)}`
  const against = [previous, ...(first === previous ? [] : [first])].map((one) => compareMonths(last, one))
  return [said, ...against.filter((one) => one !== '')].join('; ').concat('.')
}

type Month = ReportValues['months'][number]

function compareMonths(last: Month, one: Month): string {
  const difference = compareScores(last.score, one.score)
  return difference ? changeInWords(difference, monthWord(one.month)) : ''
}

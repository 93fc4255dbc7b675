import type { StateSaid } from '../../../server/today/sentence-contract.ts'
import { formatInteger, formatPercent, formatTarget, startSentence } from '../../ui/format.ts'
import { aimInWords, reasonInWords, watchedInWords } from '../../ui/verdict-word.tsx'
import type { Span } from '../words.ts'

/** "rõ ràng dưới mức chỉ tiêu 95 %", "đang theo dõi, chỉ tiêu từ 2028", "chưa đủ căn cứ …: phiếu mới của 3 ngày" */
export function provesInWords({ judged, target, dueFrom }: StateSaid & { kind: 'one' }, span: Span): string {
  if (dueFrom) return aimInWords(target, dueFrom)
  const level = `mức chỉ tiêu ${formatTarget(target)}`
  if (judged.verdict === 'met') return `rõ ràng trên ${level}`
  if (judged.verdict === 'not_met') return `rõ ràng dưới ${level}`
  const undecided = `chưa đủ căn cứ để nói trên hay dưới ${level}`
  if (judged.reason !== 'few_days') return withReason(undecided, reasonInWords(judged.reason))
  return withReason(undecided, span === 'days' ? fewDaysInWords(judged.days) : 'một ngày không đủ để kết luận')
}

const withReason = (words: string, why: string | null): string => (why ? `${words} (${why})` : words)

const fewDaysInWords = (days: number): string => `${reasonInWords('few_days')}: ${formatInteger(days)} ngày đã khép`

/** A sentence for the agencies of each kind by what is proven of them, what is proven to be low first. */
export function severalInWords(state: StateSaid & { kind: 'several' }): string[] {
  const { above, across, below, fewDays, watched, withheld } = state
  const years = [...new Set(watched.map(({ dueFrom }) => dueFrom))].sort()
  const parts: [string, string[]][] = [
    ['Rõ ràng dưới mức chỉ tiêu', below],
    ['Rõ ràng trên mức chỉ tiêu', above],
    ['Chưa đủ căn cứ để nói trên hay dưới mức chỉ tiêu', across],
    [`Chưa đủ căn cứ vì phiếu ${reasonInWords('few_days')}`, fewDays],
    ...years.map((year): [string, string[]] => [startSentence(watchedInWords(year)), namesFrom(watched, year)]),
    ['Chưa đủ phiếu để nêu điểm', withheld],
  ]
  return parts.filter(([, names]) => names.length > 0).map(([words, names]) => `${words}: ${names.join('; ')}.`)
}

const namesFrom = (watched: (StateSaid & { kind: 'several' })['watched'], year: number): string[] =>
  watched.filter(({ dueFrom }) => dueFrom === year).map(({ name, score }) => `${name} (${formatPercent(score)})`)

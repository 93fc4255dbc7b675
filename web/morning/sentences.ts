import type { MorningAlert, MorningFacts } from '../../server/morning/contract.ts'
import type { Score } from '../../server/score/contract.ts'
import {
  formatDay,
  formatDayShort,
  formatInteger,
  formatInterval,
  formatPercent,
  formatWeekday,
  shiftDay,
  startSentence,
} from '../ui/format.ts'

/** "Bản tin sáng 28/11/2026 · Trung tâm …" */
export const morningTitle = ({ today, agency }: Pick<MorningFacts, 'today' | 'agency'>): string =>
  `Bản tin sáng ${formatDay(today)} · ${agency.name}`

/** What can be proved of the last closed day, and what falls due: three or four sentences, none with a citizen's words. */
export function morningSentences(facts: MorningFacts): string[] {
  return [scoreSentence(facts), changeSentence(facts), improveSentence(facts), dueSentence(facts)].filter(
    (sentence) => sentence !== null,
  )
}

function scoreSentence({ day, score, visits, today }: MorningFacts): string {
  if (day === null)
    return `Từ ${formatDayShort(shiftDay(today, -7))} đến ${formatDayShort(shiftDay(today, -1))} không có phiếu nào.`
  const when = `${startSentence(formatWeekday(day))} ${formatDayShort(day)}`
  if (!score || score.score === null) return `${when}: chưa đủ 5 phiếu nên chưa nêu điểm.`
  const among = visits ? ` trong ${formatInteger(visits)} lượt phục vụ` : ', chưa nhập số lượt phục vụ'
  return `${when}: hài lòng ${formatPercent(score.score)}${intervalWords(score)}, tính trên ${formatInteger(score.responses)} phiếu${among}.`
}

const intervalWords = ({ lower, upper }: Score): string =>
  lower === null || upper === null ? '' : ` (khoảng tin cậy 95\u00a0%: ${formatInterval(lower, upper)}\u00a0%)`

function changeSentence({ before }: MorningFacts): string | null {
  if (!before || before.score.score === null) return null
  const { difference, score } = before
  const than = `So với 28 ngày trước đó (${formatPercent(score.score ?? 0)}, ${formatInteger(score.responses)} phiếu)`
  if (difference.change === 'not_provable') return `${than}: chưa đủ căn cứ để nói tăng hay giảm.`
  const word = difference.change === 'rise' ? 'tăng' : 'giảm'
  const points = Math.abs(difference.difference).toFixed(1).replace('.', ',')
  return `${than}: ${word} ${points} điểm phần trăm, hơn mức ngẫu nhiên.`
}

function improveSentence({ worst, falls }: MorningFacts): string | null {
  const fall = fallWords(falls)
  return [fall && `${fall}.`, worst && worstWords(worst)].filter(Boolean).join(' ') || null
}

/** What to do first is said only where the same holds on Hôm nay: where one criterion stands out from all others. */
function worstWords({ label, share, answered, leads }: NonNullable<MorningFacts['worst']>): string {
  const among = `trên ${formatInteger(answered)} câu trả lời`
  return leads
    ? `Nên làm trước: “${label}”, ${formatPercent(share)} chưa hài lòng ${among}.`
    : `Nhiều người chưa hài lòng nhất: “${label}”, ${formatPercent(share)} ${among}; chưa rõ ràng nhiều hơn các tiêu chí khác.`
}

function fallWords(falls: MorningFacts['falls']): string | null {
  const [first] = falls
  if (!first) return null
  const week = `${formatDayShort(first.week)}–${formatDayShort(shiftDay(first.week, 6))}`
  return `Tuần ${week} giảm rõ: ${falls.map(({ place }) => place).join(', ')}`
}

function dueSentence({ due, day }: MorningFacts): string | null {
  if (!due) return null
  const parts = [
    due.late > 0 && `${formatInteger(due.late)} quá hạn`,
    due.today > 0 && `${formatInteger(due.today)} đến hạn hôm nay`,
    day !== null && due.fresh > 0 && `${formatInteger(due.fresh)} mới ngày ${formatDayShort(day)}`,
    due.praise > 0 && `${formatInteger(due.praise)} lời khen chờ cảm ơn`,
  ].filter(Boolean)
  return parts.length > 0 ? `Ý kiến: ${parts.join(', ')}.` : 'Ý kiến: không có ý kiến nào quá hạn hoặc đến hạn hôm nay.'
}

/** The text to copy: plain lines. */
export const morningText = (facts: MorningFacts): string =>
  [morningTitle(facts), ...morningSentences(facts).map((sentence) => `- ${sentence}`)].join('\n')

/** "2 ý kiến quá hạn, 1 đến hạn hôm nay. Tuần … giảm rõ: …"; empty where nothing presses. */
export function alertWords({ late, today, falls }: MorningAlert): string {
  const due = [
    late > 0 && `${formatInteger(late)} ý kiến quá hạn`,
    today > 0 && `${formatInteger(today)} ý kiến đến hạn hôm nay`,
  ]
    .filter(Boolean)
    .join(', ')
  return [due, fallWords(falls)]
    .filter(Boolean)
    .map((part) => `${part}.`)
    .join(' ')
}

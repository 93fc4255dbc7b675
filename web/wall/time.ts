import { formatDay, formatWeekday, startSentence } from '../ui/format.ts'
import { vietnamMillis } from '../ui/vietnam.ts'

const shifts = 8

export const dayOfClock = (nowMs: number): string => new Date(nowMs + vietnamMillis).toISOString().slice(0, 10)

/** "Thứ Hai, 23/11/2026" */
export const dateWords = (day: string): string => `${startSentence(formatWeekday(day))}, ${formatDay(day)}`

/** Each minute the whole picture stands some pixels elsewhere, so that nothing burns in. */
export const shiftClass = (nowMs: number): string => `shift-${Math.floor(nowMs / 60_000) % shifts}`

/**
 * Which improvement stands in the place of the figures; null while the figures do, which have every second turn, so that
 * the number is never away for longer than one turn.
 */
export function heardTurn(nowMs: number, seconds: number, count: number): number | null {
  const turn = turnOf(nowMs, seconds, 2 * count)
  return count === 0 || turn % 2 === 0 ? null : (turn - 1) / 2
}

/** Whose turn it is among `count`, each for so many seconds. */
const turnOf = (nowMs: number, seconds: number, count: number): number =>
  count > 0 ? Math.floor(nowMs / (seconds * 1000)) % count : 0

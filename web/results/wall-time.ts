import { formatDay, formatWeekday, startSentence } from '../ui/format.ts'

/** Vietnam keeps UTC+7 all year; a television's time zone need not be that. */
const vietnamMillis = 7 * 3_600_000
const shifts = 8

export const clockTime = (nowMs: number): string => new Date(nowMs + vietnamMillis).toISOString().slice(11, 16)

export const dayOfClock = (nowMs: number): string => new Date(nowMs + vietnamMillis).toISOString().slice(0, 10)

/** "Thứ Hai, 23/11/2026" */
export const dateWords = (day: string): string => `${startSentence(formatWeekday(day))}, ${formatDay(day)}`

/** Each minute the whole picture stands some pixels elsewhere, so that nothing burns in. */
export const shiftClass = (nowMs: number): string => `shift-${Math.floor(nowMs / 60_000) % shifts}`

/** Whose turn it is among `count`, each for so many seconds. */
export const turnOf = (nowMs: number, seconds: number, count: number): number =>
  count > 0 ? Math.floor(nowMs / (seconds * 1000)) % count : 0

import type { Half } from './catalogue/contract.ts'

/** The clock on the wall in Asia/Ho_Chi_Minh (UTC+7, no daylight saving since 1975), as the UTC parts of a date. */
export const wallClockOf = (ms: number): Date => new Date(ms + 7 * 3_600_000)

/** The calendar day in Asia/Ho_Chi_Minh. */
export function dayOf(ms: number): string {
  return wallClockOf(ms).toISOString().slice(0, 10)
}

/** The day so many calendar days after a day YYYY-MM-DD. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

/** The day so many calendar days before a day YYYY-MM-DD. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10)
}

/** "2026-12" and 1 → "2027-01". */
export function shiftMonth(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** "2026-02" → "2026-02-28". */
export const lastDayOf = (month: string): string => daysBefore(`${shiftMonth(month, 1)}-01`, 1)

/** How many calendar days a range has, both ends included. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
}

/** HH:MM in Asia/Ho_Chi_Minh. */
export function clockOf(ms: number): string {
  return wallClockOf(ms).toISOString().slice(11, 16)
}

/** Morning ends at 12:00 in Asia/Ho_Chi_Minh */
export function halfOf(receivedAt: string): Half {
  return wallClockOf(Date.parse(receivedAt)).getUTCHours() < 12 ? 'morning' : 'afternoon'
}

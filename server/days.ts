import type { Half } from './catalogue/contract.ts'

/** The calendar day in Asia/Ho_Chi_Minh (UTC+7, no daylight saving since 1975). */
export function dayOf(ms: number): string {
  return new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10)
}

/** The day so many calendar days after a day YYYY-MM-DD. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

/** The day so many calendar days before a day YYYY-MM-DD. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10)
}

/** How many calendar days a range has, both ends included. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
}

/** HH:MM in Asia/Ho_Chi_Minh. */
export function clockOf(ms: number): string {
  return new Date(ms + 7 * 3_600_000).toISOString().slice(11, 16)
}

/** Morning ends at 12:00 in Asia/Ho_Chi_Minh (UTC+7). */
export function halfOf(receivedAt: string): Half {
  return new Date(Date.parse(receivedAt) + 7 * 3_600_000).getUTCHours() < 12 ? 'morning' : 'afternoon'
}

import { groupBy } from '../../tallies/group-rules.ts'
import type { Seen } from '../contract.ts'

/** Minutes of the windows that slide over a day. */
export const widths = [5, 15, 30, 60, 120, 240] as const

export type Window = { start: number; count: number }

/** The fullest stretch of so many minutes among sorted minutes of a day; `start` is an index. */
export function fullestWindow(minutes: ArrayLike<number>, width: number): Window {
  let best = { start: 0, count: 0 }
  for (let start = 0, end = 0; start < minutes.length; start += 1) {
    while (end < minutes.length && (minutes[end] as number) < (minutes[start] as number) + width) end += 1
    if (end - start > best.count) best = { start, count: end - start }
  }
  return best
}

/** Minutes of a day's arrivals, sorted, and the week it lies in. */
export type BusyDay = { day: string; week: number; minutes: ArrayLike<number> }

/** Sorted once for every width: a quarter of a busy place is hundreds of thousands of arrivals. */
export const busyDays = (seen: readonly Seen[]): BusyDay[] =>
  [...groupBy(seen, ({ day }) => day)].map(([day, arrived]) => ({
    day,
    week: Math.floor((Date.parse(day) / 86_400_000 + 3) / 7),
    minutes: Uint16Array.from(arrived, ({ minute }) => minute).sort(),
  }))

/**
 * The fullest stretch of so many minutes of each past week, on average. Market days and queues are in it, so that what is
 * compared with it must be busier than the place's busiest hours. Null with fewer than four weeks.
 */
export function busiestOfWeek(days: readonly BusyDay[], width: number): number | null {
  const weeks = new Map<number, number>()
  for (const { week, minutes } of days) {
    weeks.set(week, Math.max(weeks.get(week) ?? 0, fullestWindow(minutes, width).count))
  }
  if (weeks.size < 4) return null
  return [...weeks.values()].reduce((sum, count) => sum + count, 0) / weeks.size
}

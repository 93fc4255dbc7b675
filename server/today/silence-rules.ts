import { isWorkday } from '../visits/rules.ts'
import type { PlaceToday } from './contract.ts'

/** Minutes of the day: 7:30-11:30 and 13:30-17:00, the usual hours of an office. */
export const officeHours = [
  [450, 690],
  [810, 1020],
] as const
const officeMinutes = officeHours.reduce((sum, [start, end]) => sum + end - start, 0)

/** So many working days with a count make a pace. */
const leastDays = 5
/** How often a day on which nothing is wrong may be called silent. */
const falseAlarm = 0.05

/** `lastClock` is the HH:MM of the day's last answer, null before the first. */
type Watched = Pick<PlaceToday, 'open' | 'trend'> & { lastClock: string | null }

/**
 * Whether a place is silent. With m answers on a working day, gaps between answers are
 * longer than g days' worth with probability e^(−m·g); a day has about m + 1 gaps, so one beyond ln((m + 1) / 0.05) / m
 * of a day happens by chance on at most one working day in twenty. Below five answers a day nothing can be said.
 */
export function isSilent(
  { open, lastClock, trend }: Watched,
  clock: string,
  isOfficeDay: (day: string) => boolean,
): boolean {
  const now = minuteOf(clock)
  const known = trend.filter(({ day }) => isOfficeDay(day))
  if (!open || !isOfficeTime(now) || known.length < leastDays) return false
  const perDay = known.reduce((sum, { responses }) => sum + responses, 0) / known.length
  const start = lastClock ? minuteOf(lastClock) : officeHours[0][0]
  const waited = worked(now) - worked(start)
  return (perDay * waited) / officeMinutes >= Math.log((perDay + 1) / falseAlarm)
}

/** Monday to Friday but for holidays, and the weekend days worked instead (true). */
export const isOfficeDay =
  (special: Map<string, boolean>) =>
  (day: string): boolean =>
    special.get(day) ?? isWorkday(day)

const isOfficeTime = (minute: number): boolean => officeHours.some(([start, end]) => minute >= start && minute <= end)

/** Office minutes from the start of the day to this minute. */
const worked = (minute: number): number =>
  officeHours.reduce((sum, [start, end]) => sum + Math.min(Math.max(minute - start, 0), end - start), 0)

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

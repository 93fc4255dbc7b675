import { groupBy } from '../../tallies/group-rules.ts'
import type { Rhythm } from '../contract.ts'
import type { BusyDay } from './busiest.ts'

/** However even a place's days were, the next may be a third fuller or emptier than its weekday foretells. */
const mostShape = 8

/**
 * How a place's days fill: the mean of each weekday over the days that had any response, and how much days differ around
 * it beyond chance (moments: the variance above a Poisson's, as a share of the squared mean).
 */
export function describeRhythm(days: readonly BusyDay[]): Rhythm {
  const counted = days.map(({ day, minutes }) => ({ weekday: weekdayOf(day), count: minutes.length }))
  const byWeekday = new Map(
    [...groupBy(counted, ({ weekday }) => weekday)].map(([weekday, own]) => [weekday, meanOf(own)]),
  )
  const beyond = counted.map(({ weekday, count }) => {
    const mean = byWeekday.get(weekday) as number
    return { spread: (count - mean) ** 2 - mean, square: mean * mean }
  })
  const sum = (what: 'spread' | 'square') => beyond.reduce((total, one) => total + one[what], 0)
  const spread = beyond.length > 0 ? sum('spread') / sum('square') : 0
  return { byWeekday, mean: meanOf(counted), shape: 1 / Math.max(1 / mostShape, spread) }
}

export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

const meanOf = (days: readonly { count: number }[]): number =>
  days.length === 0 ? 0 : days.reduce((sum, { count }) => sum + count, 0) / days.length

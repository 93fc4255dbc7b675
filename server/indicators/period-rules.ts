import { countDays, daysBefore } from '../days.ts'
import type { Score, Sums } from '../score/contract.ts'
import { compareScores } from '../score/estimators.ts'
import { shownScoreOf } from '../score/rules.ts'
import type { Comparison } from './contract.ts'

/** Days, both included. */
export type Period = { from: string; to: string }

export type Earlier = Period & { with: Comparison['with']; sums: Sums }

/**
 * What a period is compared with. A day: the day before, the same weekday a week ago, its month so far without it. Several
 * days: as many days with the same weekdays before them, because Fridays answer otherwise than Mondays.
 */
export function earlierPeriods({ from, to }: Period): Omit<Earlier, 'sums'>[] {
  if (from < to) {
    const shift = 7 * Math.ceil(countDays(from, to) / 7)
    return [{ with: 'before', from: daysBefore(from, shift), to: daysBefore(to, shift) }]
  }
  const [yesterday, weekAgo, monthStart] = [daysBefore(to, 1), daysBefore(to, 7), `${to.slice(0, 7)}-01`]
  return [
    { with: 'yesterday', from: yesterday, to: yesterday },
    { with: 'weekday', from: weekAgo, to: weekAgo },
    ...(monthStart < to ? [{ with: 'month' as const, from: monthStart, to: yesterday }] : []),
  ]
}

/** A change is named only where the interval of the difference excludes 0 (Newcombe: compareScores). */
export function compareWith(shown: Score, earlier: Earlier[]): Comparison[] {
  return earlier.map(({ sums, ...period }) => {
    const compared = compareScores(shown, shownScoreOf(sums))
    const { difference = null, lower = null, upper = null, change = null } = compared ?? {}
    return { ...period, difference, lower, upper, change }
  })
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return daysBefore(day, (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7)
}

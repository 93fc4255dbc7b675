import type { Seen } from '../contract.ts'
import { busiestOfWeek, busyDays } from './busiest.ts'
import { poissonLimit } from './tails.ts'

/** A half hour fuller than this is not what the place serves, once in ten thousand of its busiest half hours. */
const capacityChance = 1e-4

/** However quiet the place, a bus may stop before it. */
const leastCapacity = 10

/** Of a day's visits the busiest half hour has at most this share: half a day's eight hours would have a sixteenth. */
const busiestShare = 0.2

/**
 * The most responses counted in half an hour: the exact Poisson tail at 10⁻⁴ above the mean of each past week's busiest
 * half hour; where there are no four weeks, above a fifth of a day's visits, should everyone answer. Null without either.
 */
export function capacityOf(history: readonly Seen[], visitsPerDay: number | null): number | null {
  const mean = busiestOfWeek(busyDays(history), 30) ?? (visitsPerDay === null ? null : visitsPerDay * busiestShare)
  return mean === null ? null : Math.max(leastCapacity, poissonLimit(mean, capacityChance))
}

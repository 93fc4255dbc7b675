import type { Found, Seen, Watch } from '../contract.ts'
import { findAnsweringTimes } from './answering-times.ts'
import { findBurst } from './burst.ts'
import { findEqualRun } from './equal-run.ts'
import { largestChance, leastMembers } from './limits.ts'
import { findMoreThanVisits } from './more-than-visits.ts'
import { findNearComments } from './near-comments.ts'
import { findRegularArrivals } from './regular-arrivals.ts'
import { findSameVector } from './same-vector.ts'
import { findUnlikeProven } from './unlike-proven.ts'
import { findUnusualHours } from './unusual-hours.ts'

/** What tells its own answers from honest neighbours best comes first. */
const finders = [
  findAnsweringTimes,
  findUnusualHours,
  findBurst,
  findSameVector,
  findEqualRun,
  findRegularArrivals,
  findNearComments,
  findMoreThanVisits,
  findUnlikeProven,
] as const

/** Days looked at together: a day alone, a week on Sundays, four weeks every fourth Sunday. */
export const spanDays = [1, 7, 28] as const

/** Every sign in these days that honest days would hardly show; what one has taken, the next no longer looks at. */
export function findSigns(watch: Watch): Found[] {
  const found: Found[] = []
  let judged: readonly Seen[] = watch.judged
  for (const find of finders) {
    // A sign may be there several times, such as two sittings of one week.
    for (let again = 0; again < mostOfOne; again += 1) {
      const finding = find({ ...watch, judged })
      if (!finding || finding.chance > largestChance || finding.members.length < leastMembers) break
      found.push({ ...finding, judged: judged.length })
      const taken = new Set(finding.members)
      judged = judged.filter(({ id }) => !taken.has(id))
    }
  }
  return found
}

const mostOfOne = 5

/** The spans that are looked at when this day has closed, by their first day. */
export function spansEnding(day: string): { from: string; to: string }[] {
  const number = Date.parse(day) / 86_400_000
  // 1970-01-04 was a Sunday.
  const isSunday = (number - 3) % 7 === 0
  const isFourth = isSunday && ((number - 3) / 7) % 4 === 0
  return spanDays
    .filter((days) => days === 1 || (days === 7 ? isSunday : isFourth))
    .map((days) => ({ from: new Date((number - days + 1) * 86_400_000).toISOString().slice(0, 10), to: day }))
}

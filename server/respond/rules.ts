import { createHash } from 'node:crypto'
import type { Standing } from '../tallies/contract.ts'
import type { Signals } from './contract.ts'

/** A form sent back sooner than this after its page was made was not read by a person. */
export const shortestReadingMs = 3000

/**
 * Without proof a place counts a fifth of its budget an hour, by default one answer every two and a half minutes all hour
 * long: more than a counter serves, unless its own busiest half hours are known to be fuller (simulated at 400 answers a
 * week without proof: the fifth alone set 7.7 % of honest answers aside). What came by no page of ours carries no verdict
 * and needs no lower ceiling.
 */
export const openCeiling = (budgetPerHour: number, mostPerHalfHour: number | null = null): number =>
  Math.max(1, Math.floor(budgetPerHour / 5), mostPerHalfHour ?? 0)

/** Counted or set aside: every answer is accepted, and only these signs put one aside (design: never turn a citizen away). */
export function decideStanding(signals: Signals): Standing {
  if (signals.honeypotFilled) return { standing: 'set_aside', reason: 'honeypot' }
  if (signals.ageMs !== null && signals.ageMs < shortestReadingMs) return { standing: 'set_aside', reason: 'too_fast' }
  if (signals.outOfPace) return { standing: 'set_aside', reason: 'too_fast' }
  if (signals.sameDevice) return { standing: 'set_aside', reason: 'same_device' }
  if (signals.outsideHours) return { standing: 'set_aside', reason: 'outside_hours' }
  // The half hour it was given in is over: what that could hold is not what this one can.
  const isOfNow = signals.provenance !== 'ticket' && !signals.keptByTablet
  if (isOfNow && signals.mostPerHalfHour !== null && signals.countedThisHalfHour >= signals.mostPerHalfHour)
    return { standing: 'set_aside', reason: 'over_capacity' }
  const openIsFull =
    signals.provenance === 'open' && signals.openThisHour >= openCeiling(signals.budgetPerHour, signals.mostPerHalfHour)
  if (openIsFull || signals.countedThisHour >= signals.budgetPerHour)
    return { standing: 'set_aside', reason: 'over_budget' }
  return { standing: 'counted', reason: null }
}

/** Whether a moment is at most so long ago; a moment ahead of a clock that was set back says nothing. */
export const happenedWithin = (lengthMs: number, atMs: number, nowMs: number): boolean =>
  atMs <= nowMs && nowMs - atMs <= lengthMs

/** Somebody reads and answers a question in no less than a second: what an enrolled tablet's answers need between them. */
export const kioskPaceMs = (questions: number): number => Math.max(shortestReadingMs, 1000 * questions)

const longestKeptSeconds = 24 * 3600

/** Kept longer than this, an answer was given in another half hour, as a rule. */
export const longKeptMs = 60_000

/** Whole seconds that a tablet tells, never more than `mostMs` and a day; 0 for anything else. In milliseconds. */
export function readSeconds(given: unknown, mostMs: number): number {
  if (typeof given !== 'string' || !/^\d{1,6}$/.test(given)) return 0
  return Math.max(0, Math.min(Number(given) * 1000, longestKeptSeconds * 1000, mostMs))
}

/** A salted hash of a browser's mark: tells nothing without the salt and cannot be compared between places. */
export function hashDevice(salt: string, mark: string, placeId: number): string {
  return createHash('sha256').update(`${salt}|${placeId}|${mark}`).digest('base64url')
}

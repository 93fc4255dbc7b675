import { createHash } from 'node:crypto'
import type { Standing } from '../tallies/contract.ts'
import type { Signals } from './contract.ts'

/** A form sent back sooner than this after its page was made was not read by a person. */
export const shortestReadingMs = 3000

/** Counted or set aside: every answer is accepted, and only these signs put one aside (design: never turn a citizen away). */
export function decideStanding(signals: Signals): Standing {
  if (signals.honeypotFilled) return { standing: 'set_aside', reason: 'honeypot' }
  if (signals.ageMs !== null && signals.ageMs < shortestReadingMs) return { standing: 'set_aside', reason: 'too_fast' }
  if (signals.sameDevice) return { standing: 'set_aside', reason: 'same_device' }
  if (signals.countedThisHour >= signals.budgetPerHour) return { standing: 'set_aside', reason: 'over_budget' }
  return { standing: 'counted', reason: null }
}

/** Whether a moment is at most so long ago; a moment ahead of a clock that was set back says nothing. */
export const happenedWithin = (lengthMs: number, atMs: number, nowMs: number): boolean =>
  atMs <= nowMs && nowMs - atMs <= lengthMs

/**
 * Milliseconds since a page's response id was made, where the id tells (UUIDv7, RFC 9562), else null. A moment ahead
 * (another process's clock, or this one's before it was set back) tells nothing.
 */
export function ageOfResponseId(id: string, nowMs: number): number | null {
  if (id[14] !== '7') return null
  const madeMs = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  return madeMs > nowMs ? null : nowMs - madeMs
}

/** A salted hash of a browser's mark: tells nothing without the salt and cannot be compared between places. */
export function hashDevice(salt: string, mark: string, placeId: number): string {
  return createHash('sha256').update(`${salt}|${placeId}|${mark}`).digest('base64url')
}

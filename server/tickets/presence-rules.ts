import { createHmac } from 'node:crypto'

/** A screen's code changes that often. */
export const stepMs = 30_000
/** A scan opens the page that long after the code has gone from the screen. */
export const scanWithinMs = 5 * 60_000
/** A page is made with the proof that long after the scan: another language, another counter. */
export const visitMs = 60 * 60_000
/** Several servers' clocks may differ by that much. */
export const clocksDifferMs = 30_000
/** An answer kept on a telephone without a network arrives by then, or as open. */
export const longestDelayMs = 30 * 24 * 3_600_000

/** What a screen speaks for: one place, or all places of an agency. */
export type Spot = `p${number}` | `a${number}`

export const stepAt = (ms: number): number => Math.floor(ms / stepMs)

/** Of every HMAC-SHA-256 the first 80 bits: a guess is a request to this server, and 2⁸⁰ of them are none. */
function seal(key: string, purpose: string, ...parts: (string | number)[]): string {
  return createHmac('sha256', key)
    .update(['presence', purpose, ...parts].join('|'))
    .digest('hex')
    .slice(0, 20)
}

/** The code that a screen shows during a step, as its QR carries it. */
export const makeScreenCode = (key: string, spot: Spot, step: number): string =>
  `${step.toString(36)}.${seal(key, 'code', spot, step)}`

/** Whether a screen of this spot showed the code a short while ago, by this server's clock. */
export function isScreenCode(key: string, spot: Spot, code: string, nowMs: number): boolean {
  const step = numberIn(code)
  if (step === null || code !== makeScreenCode(key, spot, step)) return false
  return isBetween(nowMs, step * stepMs, (step + 1) * stepMs + scanWithinMs)
}

/** Keeps in an address that somebody scanned a screen's code for this place. */
export const makeVisit = (key: string, placeId: number, obtainedMs: number): string =>
  `${obtainedMs.toString(36)}.${seal(key, 'visit', placeId, obtainedMs)}`

/** When the code was scanned (ms); null where the address is invented, of another place, or an hour old. */
export function readVisit(key: string, placeId: number, visit: string, nowMs: number): number | null {
  const obtainedMs = numberIn(visit)
  if (obtainedMs === null || visit !== makeVisit(key, placeId, obtainedMs)) return null
  return isBetween(nowMs, obtainedMs, obtainedMs + visitMs) ? obtainedMs : null
}

/** What the form of one page carries: good for the response with that page's id, and for no other. */
export const makePresence = (key: string, placeId: number, pageId: string, obtainedMs: number): string =>
  `${obtainedMs.toString(36)}.${seal(key, 'form', placeId, pageId.toLowerCase(), obtainedMs)}`

/**
 * When the code was scanned whose proof this page carries (ms); null where there is none that holds. Whether the page was
 * made in time was asked when it was made: an answer that waited for a network keeps its proof.
 */
export function readPresence(
  key: string,
  { placeId, pageId }: { placeId: number; pageId: string },
  proof: string,
  nowMs: number,
): number | null {
  const obtainedMs = numberIn(proof)
  if (obtainedMs === null || proof !== makePresence(key, placeId, pageId, obtainedMs)) return null
  return isBetween(nowMs, obtainedMs, obtainedMs + longestDelayMs) ? obtainedMs : null
}

const isBetween = (nowMs: number, from: number, to: number): boolean =>
  nowMs >= from - clocksDifferMs && nowMs <= to + clocksDifferMs

/** The number in front of the dot, in base 36; null where there is none. */
function numberIn(token: string): number | null {
  const [, digits] = /^([1-9a-z][0-9a-z]{0,8})\.[0-9a-f]{20}$/.exec(token) ?? []
  return digits === undefined ? null : Number.parseInt(digits, 36)
}

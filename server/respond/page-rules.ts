import { createHmac } from 'node:crypto'
import type { ResponseId } from '../catalogue/contract.ts'

/** Of the id's 32 hexadecimal digits the last 8 are the seal of the 24 before them. */
const sealedDigits = 24
const sealDigits = 8

/** Bytes of randomness that an id needs; 42 bits of them are used, enough for pages made in one millisecond. */
export const drawnBytesOfPage = 6

/**
 * The id of a page: a UUIDv7 (RFC 9562) whose 74 random bits are 42 random ones and 32 of an HMAC-SHA-256 of the time,
 * those bits and the place. Whoever invents an id, or another time for one he has seen, is right once in 2³² tries, and
 * each try is a response sent to this server.
 */
export function sealPageId(key: string, placeId: number, madeMs: number, random: Buffer): ResponseId {
  const bytes = Buffer.alloc(sealedDigits / 2)
  bytes.writeUIntBE(madeMs, 0, 6)
  random.copy(bytes, 6, 0, drawnBytesOfPage)
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  const sealed = bytes.toString('hex')
  return dashed(sealed + sealOf(key, placeId, sealed)) as ResponseId
}

/** When the page with this id was made for this place (ms); null where this server made no such page. */
export function readPageTime(key: string, placeId: number, id: string): number | null {
  const hex = id.replaceAll('-', '').toLowerCase()
  const sealed = hex.slice(0, sealedDigits)
  if (hex[12] !== '7' || hex.slice(sealedDigits) !== sealOf(key, placeId, sealed)) return null
  return Number.parseInt(hex.slice(0, 12), 16)
}

/**
 * Milliseconds since a page was made; null where that is not known. A time to come is another process's clock or a step
 * back of this one, and tells nothing about the answer.
 */
export function ageOfPage(madeMs: number | null, nowMs: number): number | null {
  return madeMs === null || madeMs > nowMs ? null : nowMs - madeMs
}

/** No form waits longer than its questionnaire is accepted. */
const longestWaitMs = 31 * 24 * 3_600_000

/**
 * When an answer was given: its arrival less what its device says it waited. Only a device's own measure of time, so what
 * would put it before its page or into another month is a clock that was set, and the arrival holds.
 */
export function givenMoment(madeMs: number | null, nowMs: number, waitedMs: number): number {
  const given = nowMs - waitedMs
  const isPossible = waitedMs > 0 && waitedMs <= longestWaitMs && (madeMs === null || madeMs > nowMs || given > madeMs)
  return isPossible ? given : nowMs
}

function sealOf(key: string, placeId: number, sealed: string): string {
  return createHmac('sha256', key).update(`page|${placeId}|${sealed}`).digest('hex').slice(0, sealDigits)
}

const dashed = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')

import { createHash, createHmac } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import { halfOf } from '../days.ts'
import type { Half, LoggedResponse, Notice } from './contract.ts'

/** Four nonces of 16 bytes: without the key, neither a leaf nor a part of it can be guessed and tried. */
export type Nonces = { leaf: Buffer; content: Buffer; arrival: Buffer; comment: Buffer }

/** HMAC-SHA-512 of the index, cut in four. */
export function noncesOf(key: string, position: number): Nonces {
  const digest = createHmac('sha512', key).update(`ledger|${position}`).digest()
  const part = (index: number) => digest.subarray(index * 16, index * 16 + 16)
  return { leaf: part(0), content: part(1), arrival: part(2), comment: part(3) }
}

/** SHA-256(0x00 ‖ nonce ‖ JSON): the leaf hash of RFC 6962 with nonce ‖ JSON as the entry. */
export const hashLeaf = (nonce: Buffer, json: string): Buffer => commit(leafPrefix, nonce, json)

/** SHA-256(0x02 ‖ nonce ‖ JSON): a part that can be opened, or erased, alone. */
export const hashPart = (nonce: Buffer, json: string): Buffer => commit(partPrefix, nonce, json)

const leafPrefix = Buffer.of(0)
const partPrefix = Buffer.of(2)

const commit = (prefix: Buffer, nonce: Buffer, json: string) =>
  createHash('sha256').update(prefix).update(nonce).update(json, 'utf8').digest()

/** What the citizen sent: opened for the browser that sent it. */
export const contentOf = (response: LoggedResponse) => ({
  id: response.id,
  answers: response.answers,
  extras: response.extras,
  field: response.fieldId,
  serviceMode: response.serviceMode,
  respondent: response.respondent,
  language: response.language,
  // Asked later than the first lines were written: what was not said adds nothing to them.
  ...(typeof response.assisted === 'boolean' && { assisted: response.assisted }),
})

/** The minute of an instant: what is kept of it, and what a line says. */
export const minuteOf = (instant: string): string => `${instant.slice(0, 16)}:00.000Z`

/**
 * How it arrived: never opened to the public. The exact time would tell the counter who it was, the standing would
 * tell a stuffer what works. A further property of arrival (such as its provenance) is one more line here and in
 * scripts/verify-ledger.js.
 */
export const arrivalOf = (response: LoggedResponse) => ({
  receivedAt: minuteOf(response.receivedAt),
  standing: response.standing,
  reason: response.reason,
  provenance: response.provenance,
  seconds: response.seconds,
  wave: response.waveId,
  stratum: response.stratumId,
})

/** The line itself: nothing that a shown receipt may not tell. */
export function responseRecord(response: LoggedResponse, parts: { content: Buffer; arrival: Buffer; comment: Buffer }) {
  return canonicalJson({
    type: 'response',
    place: response.placeId,
    version: response.versionId,
    day: response.day,
    half: halfOf(response.receivedAt),
    channel: response.channel,
    content: parts.content.toString('base64'),
    arrival: parts.arrival.toString('base64'),
    comment: parts.comment.toString('base64'),
  })
}

/** A response's leaf, and the hashes of its parts one after another. */
export function composeResponse(response: LoggedResponse, nonces: Nonces): { leaf: Buffer; parts: Buffer } {
  const content = hashPart(nonces.content, canonicalJson(contentOf(response)))
  const arrival = hashPart(nonces.arrival, canonicalJson(arrivalOf(response)))
  const comment = hashPart(nonces.comment, canonicalJson(response.comment))
  const record = responseRecord(response, { content, arrival, comment })
  return { leaf: hashLeaf(nonces.leaf, record), parts: Buffer.concat([content, arrival, comment]) }
}

/** Whether nothing more can come into that half of that day: before, a line's number would tell when it came. */
export function isHalfClosed(day: string, half: Half, nowMs: number): boolean {
  return nowMs >= Date.parse(`${day}T${half === 'morning' ? '12' : '24'}:00:00+07:00`)
}

export const sha256Hex = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex')

/** What is long is logged as the SHA-256 of its canonical JSON. */
export const hashNotice = (notice: Notice): Notice =>
  typeof (notice.body.hash ?? '') === 'string'
    ? notice
    : { ...notice, body: { ...notice.body, hash: sha256Hex(notice.body.hash) } }

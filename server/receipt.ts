import { createHmac } from 'node:crypto'
import type { Receipt } from './catalogue/contract.ts'
import { foldBase32, writeBase32 } from './typed/base32.ts'
import { toPlainDigits } from './typed/digits.ts'

/**
 * The receipt of a response, the same for every replay: 40 bits of an HMAC of place and id, and 10 bits that tell
 * a receipt of this server from an invented or mistyped one. Says nothing about who answered or when.
 */
export function makeReceipt(key: string, placeId: number, id: string): Receipt {
  const body = encodeBits(createHmac('sha256', key).update(`receipt|${placeId}|${id}`).digest(), 8)
  return `${body.slice(0, 5)}-${body.slice(5)}${checkMark(key, body)}` as Receipt
}

/** The receipt as written by makeReceipt, from what a person typed; null where this server never issued it. */
export function readReceipt(key: string, typed: string): Receipt | null {
  const plain = foldBase32(
    toPlainDigits(typed)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, ''),
  )
  const body = plain.slice(0, 8)
  if (plain.length !== 10 || checkMark(key, body) !== plain.slice(8)) return null
  return `${plain.slice(0, 5)}-${plain.slice(5)}` as Receipt
}

function checkMark(key: string, body: string): string {
  return encodeBits(createHmac('sha256', key).update(`check|${body}`).digest(), 2)
}

const encodeBits = (digest: Buffer, characters: number): string => writeBase32(digest.subarray(0, characters))

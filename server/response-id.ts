import { randomBytes } from 'node:crypto'
import type { ResponseId } from './catalogue/contract.ts'

/** A UUIDv7 (RFC 9562) for what no page of ours carried: the time in front, 74 random bits behind. */
export function makeResponseId(nowMs: number): ResponseId {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as ResponseId
}

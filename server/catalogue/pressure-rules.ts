import { createHmac } from 'node:crypto'
import { pressureProbability } from './pressure-contract.ts'

/** Whether the response of this id is asked: HMAC-SHA-256 with the key of the draw, so that nobody can choose. */
export function isAskedPressure(id: string, key: string): boolean {
  const digest = createHmac('sha256', key).update(`pressure|${id}`).digest()
  return digest.readUInt32BE(0) < pressureProbability * 2 ** 32
}

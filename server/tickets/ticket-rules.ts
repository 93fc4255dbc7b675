import { createHash } from 'node:crypto'
import { addDays } from '../days.ts'
import type { TicketUse } from '../score/contract.ts'
import { base32, foldBase32, writeBase32 } from '../typed/base32.ts'
import { leastForRate, type TicketRate } from './contract.ts'

const letters = 18

/** Bytes of randomness that a code needs: 5 bits of each make 90 bits. */
export const bytesOfTicket = letters

/** A code nobody can guess, from as many random bytes. */
export const makeTicketCode = (random: Buffer): string => writeBase32(random.subarray(0, letters))

/** A code as it is meant, however it was typed; null where it cannot be one. */
export function readTicketCode(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > 40) return null
  const typed = foldBase32(given.toUpperCase().replace(/[\s-]/g, ''))
  return new RegExp(`^[${base32}]{${letters}}$`).test(typed) ? typed : null
}

/** What is stored of a code. With 90 random bits a plain SHA-256 cannot be searched backwards. */
export const hashTicket = (code: string): string => createHash('sha256').update(`ticket|${code}`).digest('hex')

/** "AB12CD 34EF56 GH78JK": in the groups a person reads. */
export const spellTicket = (code: string): string => (code.match(/.{6}/g) ?? [code]).join(' ')

const rateDays = 30

/** The closed days over which a place's rate is shown, both included. */
export const rateRange = (today: string) => ({ from: addDays(today, -rateDays), to: addDays(today, -1) })

/** Tickets of several places together. */
export const addUses = (uses: TicketUse[]): TicketUse =>
  uses.reduce((sum, { given, used }) => ({ given: sum.given + given, used: sum.used + used }), { given: 0, used: 0 })

/** Used ÷ given out; null where too few were given out to say, as where none were. */
export const rateOf = ({ given, used }: TicketUse = { given: 0, used: 0 }): TicketRate => ({
  given,
  used,
  rate: given < leastForRate ? null : used / given,
})

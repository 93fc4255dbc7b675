import type { Database } from '../../db/client.ts'
import { type ExactArrival, forgetSeconds, readExactArrivals } from '../../db/ledger/minutes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { daysBefore } from '../days.ts'
import { arrivalOf, hashPart, noncesOf } from './entry-rules.ts'

/** A server that stood still, or a ledger that waited for its key, makes good so many days. */
const lookedBackDays = 35
const mostOfDay = 100_000

/**
 * Once a day is over, only the minute of an arrival is kept: with the second, who saw a citizen at the counter finds the
 * row. A line says the minute as well, so the ledger stays true; what has no line yet waits, and a line from before that
 * says the exact time keeps it.
 */
export async function keepMinutes(database: Database, nonceKey: string, today: string): Promise<void> {
  for (let back = 1; back <= lookedBackDays; back += 1) {
    const day = daysBefore(today, back)
    const exact = await readExactArrivals(database, day, day, mostOfDay)
    const told = exact.filter((arrival) => tellsMinute(arrival, nonceKey))
    if (told.length > 0) await forgetSeconds(database, told)
  }
}

function tellsMinute(arrival: ExactArrival, nonceKey: string): boolean {
  const { arrival: nonce } = noncesOf(nonceKey, arrival.position)
  const said = hashPart(nonce, canonicalJson(arrivalOf({ ...arrival, comment: null })))
  return said.equals(arrival.parts.subarray(32, 64))
}

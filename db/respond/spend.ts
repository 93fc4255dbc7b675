import type { StoredResponse } from '../../server/respond/contract.ts'
import { type Spend, usedTwice } from '../../server/respond/proof-contract.ts'
import type { Queries } from '../client.ts'

/** The tickets that responses (by place and id) use up. Kept out of the responses: nothing stores the two together. */
export type Spends = ReadonlyMap<string, Spend>

/** Of one batch of tickets, from the first number on: a 1 for each that is used up, how many these are, and on which day. */
type BatchMark = { batchId: number; first: number; mask: string; count: number; day: string }

export const spentBy = (keys: string[], spends: Spends): Spend[] =>
  spends.size === 0 ? [] : keys.flatMap((key) => spends.get(key) ?? [])

/** In the order of the batches: two processes lock them in the same order. */
export function marksFor(spent: Spend[]): BatchMark[] {
  const numbers = new Map<number, number[]>()
  for (const { batchId, number } of spent) numbers.set(batchId, [...(numbers.get(batchId) ?? []), number])
  // Answers of one statement came within a moment; at midnight a use may stand on the day before.
  const day = spent[0]?.day ?? ''
  return [...numbers].sort(([a], [b]) => a - b).map(([batchId, own]) => markOf(batchId, own, day))
}

function markOf(batchId: number, numbers: number[], day: string): BatchMark {
  const first = Math.min(...numbers)
  const bits = Array(Math.max(...numbers) - first + 1).fill('0')
  for (const number of numbers) bits[number - first] = '1'
  return { batchId, first, mask: bits.join(''), count: numbers.length, day }
}

/** Nothing of a batch that was revoked, or of whose tickets one is used already. */
const useUp = (parameter: number) => `
  update ticket_batches set
    marks = overlay(marks placing (substring(marks from first + 1 for length(mask)) | mask) from first + 1),
    uses[greatest(given.day - ticket_batches.day, 0) + 1] =
      coalesce(uses[greatest(given.day - ticket_batches.day, 0) + 1], 0) + given.count
  from json_to_recordset($${parameter}::text::json)
    as given("batchId" int4, first int4, mask bit varying, count int4, day date)
  where ticket_batches.id = given."batchId" and revoked_on is null
    and bit_count(substring(marks from first + 1 for length(mask)) & mask) = 0`

/** Parts of the statement that stores a batch: uses tickets up, and holds that none of them was used. Two parameters. */
export const spending = (parameter: number): [spent: string, spentAll: string] => [
  `spent as (${useUp(parameter)} returning 1),`,
  `and all_new((select count(*)::int from spent), $${parameter + 1}::int)`,
]

/** Uses tickets up one by one; a new response whose ticket was used meanwhile changes before anybody has seen or counted it. */
export async function setUsedTwiceAside(
  transaction: Queries,
  fresh: Map<string, StoredResponse>,
  spends: Spends,
): Promise<void> {
  const given = [...fresh].flatMap(([key, response]) => {
    const spend = spends.get(key)
    return spend ? [{ response, spend }] : []
  })
  const { standing, reason, provenance, channel } = usedTwice
  for (const { response, spend } of given.sort((a, b) => a.spend.batchId - b.spend.batchId)) {
    const won = await transaction.unsafe(`${useUp(1)} returning 1`, [JSON.stringify(marksFor([spend]))])
    if (won.length > 0) continue
    Object.assign(response, usedTwice)
    await transaction`
      update responses set standing = ${standing}, reason = ${reason}, provenance = ${provenance}, channel = ${channel}
      where place_id = ${response.placeId} and id = ${response.id}`
  }
}

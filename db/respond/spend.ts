import type { StoredResponse } from '../../server/respond/contract.ts'
import { usedTwice } from '../../server/respond/proof-contract.ts'
import type { Database, Queries } from '../client.ts'

type Spend = { ticketId: number; day: string }

/** The tickets that responses (by place and id) use up. Kept out of the responses: nothing stores the two together. */
export type Spends = ReadonlyMap<string, Spend>

/** In the order of the tickets: two processes lock them in the same order. */
export const spentBy = (keys: string[], spends: Spends): Spend[] =>
  spends.size === 0 ? [] : keys.flatMap((key) => spends.get(key) ?? []).sort((a, b) => a.ticketId - b.ticketId)

const useUp = (parameter: number) => `
  update tickets set used_on = given.day
  from json_to_recordset($${parameter}::text::json) as given("ticketId" int4, day date)
  where tickets.id = given."ticketId" and used_on is null`

/** Parts of the statement that stores a batch: uses tickets up, and holds that none of them was used. Two parameters. */
export const spending = (parameter: number): [spent: string, spentAll: string] => [
  `spent as (${useUp(parameter)} returning 1),`,
  `and all_new((select count(*)::int from spent), $${parameter + 1}::int)`,
]

/** Uses tickets up; a new response whose ticket was used meanwhile changes before anybody has seen or counted it. */
export async function setUsedTwiceAside(
  transaction: Queries,
  fresh: Map<string, StoredResponse>,
  spends: Spends,
): Promise<void> {
  const spent = spentBy([...fresh.keys()], spends)
  if (spent.length === 0) return
  const rows = await transaction.unsafe(`${useUp(1)} returning id`, [JSON.stringify(spent)])
  const won = new Set(rows.map(({ id }) => id as number))
  const { standing, reason, provenance, channel } = usedTwice
  for (const [key, response] of fresh) {
    const spend = spends.get(key)
    if (!spend || won.has(spend.ticketId)) continue
    Object.assign(response, usedTwice)
    await transaction`
      update responses set standing = ${standing}, reason = ${reason}, provenance = ${provenance}, channel = ${channel}
      where place_id = ${response.placeId} and id = ${response.id}`
  }
}

/** Which of these tickets were used before. */
export async function findUsed(database: Database, ids: number[]): Promise<Set<number>> {
  const rows = await database.sql<{ id: number }[]>`
    select id from tickets where id in ${database.sql(ids)} and used_on is not null`
  return new Set(rows.map(({ id }) => id))
}

import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { SourceDay } from '../../server/today/contract.ts'
import type { Database } from '../client.ts'
import { holdClosed } from '../tallies/held.ts'
import { countedSums, sourceColumn } from '../tallies/slices.ts'

/** What was counted per place, day and source, both days included; closed days once (held.ts). */
export async function tallySourceDays(
  database: Database,
  placeIds: PlaceId[],
  { from, to }: { from: string; to: string },
): Promise<SourceDay[]> {
  const { sql } = database
  const question = `tallySourceDays ${placeIds}`
  return holdClosed(database, { question, from, to }, async () => {
    const rows = await sql<SourceDay[]>`
      select place_id as "placeId", day::text as day, ${sql.unsafe(sourceColumn)} as source, ${countedSums(sql)} as sums
      from cells
      where day between ${from} and ${to} and standing = 'counted' and place_id = any(${placeIds}::int2[])
      group by 1, 2, 3`
    return [...rows]
  })
}

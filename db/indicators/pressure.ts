import type { AgencyId, PlaceId } from '../../server/catalogue/contract.ts'
import { pressureCode } from '../../server/catalogue/pressure-contract.ts'
import type { Database } from '../client.ts'

/** `quarter` is its first day. */
export type PressureCount = { agencyId: AgencyId; quarter: string; answered: number; yes: number }

/** What counted responses said about pressure, per agency and quarter of these days, both included. */
export async function countPressure(
  database: Database,
  placeIds: PlaceId[],
  from: string,
  to: string,
): Promise<PressureCount[]> {
  const { sql } = database
  // The condition is the index's own, word for word.
  return sql<PressureCount[]>`
    select agency_id as "agencyId", date_trunc('quarter', day)::date::text as quarter, count(*)::int as answered,
      count(*) filter (where extras->>${pressureCode} = 'yes')::int as yes
    from responses join places on places.id = place_id
    where extras ? ${sql.unsafe(`'${pressureCode}'`)} and standing = 'counted' and day between ${from} and ${to}
      and place_id = any(${placeIds}::int2[])
    group by 1, 2 order by 1, 2`
}

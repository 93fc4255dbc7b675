import { between } from 'drizzle-orm'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { holidays } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'

export type PlaceOpenings = { placeId: PlaceId; opened: number; sent: number }

/** Openings of a place's page and what was sent in the same channels on the same days; places without openings are left out. */
export async function tallyOpenings(
  database: Database,
  from: string,
  to: string,
  placeIds: PlaceId[],
): Promise<PlaceOpenings[]> {
  return database.sql<PlaceOpenings[]>`
    select place_id as "placeId", sum(opened)::int as opened, sum(sent)::int as sent
    from (
      select place_id, count as opened,
        coalesce((select sum(received) from cells
          where cells.place_id = openings.place_id and cells.day = openings.day and cells.channel = openings.channel), 0) as sent
      from openings where day between ${from} and ${to} and place_id = any(${placeIds}::int2[])) as counted
    group by place_id`
}

/** Holidays (false) and weekend days worked instead (true) within the range. */
export async function readSpecialDays(database: Database, from: string, to: string): Promise<Map<string, boolean>> {
  const rows = await database.query
    .select({ day: holidays.day, works: holidays.works })
    .from(holidays)
    .where(between(holidays.day, from, to))
  return new Map(rows.map(({ day, works }) => [day, works]))
}

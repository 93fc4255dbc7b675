import { between } from 'drizzle-orm'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Reason } from '../../server/tallies/contract.ts'
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

/**
 * The last day before another with something to show: at least so many counted at the places together within two months,
 * else whatever came in last. Null where nothing ever did.
 */
export async function findLastHeardDay(
  database: Database,
  { before, placeIds, least }: { before: string; placeIds: PlaceId[]; least: number },
): Promise<string | null> {
  const { sql } = database
  const ofPlaces = sql`day < ${before} and place_id = any(${placeIds}::int2[])`
  const [enough] = await sql<{ day: string }[]>`
    select day::text as day from cells where ${ofPlaces} and day >= ${before}::date - 60 and standing = 'counted'
    group by cells.day having sum(moments[1]) >= ${least} order by cells.day desc limit 1`
  if (enough) return enough.day
  const [any] = await sql<{ day: string }[]>`
    select day::text as day from cells where ${ofPlaces} order by cells.day desc limit 1`
  return any?.day ?? null
}

/** Why responses of closed days of a place do not count, the most frequent reason first. */
export async function countReasons(
  database: Database,
  placeId: PlaceId,
  { from, to }: { from: string; to: string },
): Promise<{ reason: Reason; count: number }[]> {
  return database.sql<{ reason: Reason; count: number }[]>`
    select reason, count(*)::int as count from responses
    where standing = 'set_aside' and day between ${from} and ${to} and place_id = ${placeId}
    group by reason order by count desc, reason`
}

/** Holidays (false) and weekend days worked instead (true) within the range. */
export async function readSpecialDays(database: Database, from: string, to: string): Promise<Map<string, boolean>> {
  const rows = await database.query
    .select({ day: holidays.day, works: holidays.works })
    .from(holidays)
    .where(between(holidays.day, from, to))
  return new Map(rows.map(({ day, works }) => [day, works]))
}

import { between } from 'drizzle-orm'
import type { Channel, FieldId, PlaceId, VersionId } from '../../server/catalogue/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import { holidays } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { inText } from '../tallies/tallies.ts'

/** Counted answers per criterion, in the shape of `cells.counts`. */
export type HeldCounts = { placeId: PlaceId; versionId: VersionId; channel: Channel; counts: number[] }

/** What moveHeldSums last let through of the running day, per version and channel. */
export async function readHeldCounts(database: Database, day: string, placeIds: PlaceId[]): Promise<HeldCounts[]> {
  return database.sql<HeldCounts[]>`
    select place_id as "placeId", split_part(scope, ':', 2)::int as "versionId", split_part(scope, ':', 3) as channel,
      moments as counts
    from held_scores where day = ${day} and place_id = any(${placeIds}::int2[]) and scope like 'counts:%'`
}

export type HeldField = { placeId: PlaceId; fieldId: FieldId; sums: Sums }

/** Per place and field, the sums of the running day, held like moveHeldSums. Moves those that may move. */
export async function moveHeldFields(
  database: Database,
  day: string,
  step: number,
  placeIds: PlaceId[],
): Promise<HeldField[]> {
  const { sql } = database
  const sums = sql.unsafe(`array[${[1, 2, 3, 4, 5, 6, 7].map((index) => `sum(moments[${index}])`)}]`)
  return sql<HeldField[]>`
    with current as materialized (
      select 'field:' || field_id as scope, place_id, ${sums} as moments from cells
      where day = ${day} and standing = 'counted' and field_id <> 0
      group by place_id, field_id having sum(moments[1]) >= ${step}),
    moved as (
      insert into held_scores (scope, place_id, day, moments)
      select scope, place_id, ${day}, moments from current order by place_id, scope
      on conflict (scope, place_id, day) do update set moments = excluded.moments
        where excluded.moments[1] - held_scores.moments[1] >= ${inText(sql, step)}
      returning scope, place_id, moments),
    held as (
      select scope, place_id, moments from moved
      union all
      select scope, place_id, moments from held_scores
      where day = ${day} and scope like 'field:%' and (scope, place_id) not in (select scope, place_id from moved))
    select place_id as "placeId", split_part(scope, ':', 2)::int as "fieldId", moments as sums
    from held where place_id = any(${placeIds}::int2[])`
}

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

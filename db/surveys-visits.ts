import { asc, between } from 'drizzle-orm'
import type { StoredVisits, StratumResponses, VisitChange } from '../server/surveys/visits-contract.ts'
import type { Database } from './client.ts'
import { visits } from './schema.ts'

/** Counts of the range, days and months alike, and of the eleven months before it: pupils are counted once a year. */
export async function readVisits(database: Database, from: string, to: string): Promise<StoredVisits[]> {
  const { placeId, fieldId, period, day, count, source, changedBy, changedAt } = visits
  const earliest = new Date(Date.UTC(Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 12, 1))
  return database.query
    .select({ placeId, fieldId, period, day, count, source, changedBy, changedAt })
    .from(visits)
    .where(between(day, earliest.toISOString().slice(0, 10), to))
    .orderBy(asc(day), asc(placeId), asc(fieldId))
}

/**
 * Stores what differs from what is there and takes back what is null, all or nothing. Returns how many counts changed:
 * the same changes a second time change none.
 */
export async function saveVisits(
  database: Database,
  changes: VisitChange[],
  by: string,
  source: string,
): Promise<number> {
  // Days go as text: Drizzle takes the driver's writing of date[] away.
  const rows = (some: VisitChange[]) => ({
    places: some.map(({ placeId }) => placeId ?? 0),
    fields: some.map(({ fieldId }) => fieldId),
    periods: some.map(({ period }) => period),
    days: some.map(({ day }) => day),
  })
  return database.sql.begin(async (sql) => {
    const gone = rows(changes.filter(({ count }) => count === null))
    const kept = changes.filter((change): change is VisitChange & { count: number } => change.count !== null)
    const { places, fields, periods, days } = rows(kept)
    const deleted = await sql`
      delete from visits using unnest(${gone.places}::int2[], ${gone.fields}::int2[], ${gone.periods}::text[],
        ${gone.days}::text[]::date[]) as gone (place_id, field_id, period, day)
      where coalesce(visits.place_id, 0) = gone.place_id and visits.field_id = gone.field_id
        and visits.period = gone.period and visits.day = gone.day`
    // In key order, so that two clerks who save at once wait for each other instead of stopping each other.
    const stored = await sql`
      insert into visits (place_id, field_id, period, day, count, source, changed_by)
      select nullif(place_id, 0), field_id, period, day, count, ${source}, ${by}
      from unnest(${places}::int2[], ${fields}::int2[], ${periods}::text[], ${days}::text[]::date[],
        ${kept.map(({ count }) => count)}::int4[]) as given (place_id, field_id, period, day, count)
      order by 1, 2, 3, 4
      on conflict on constraint visits_once do update set count = excluded.count, source = excluded.source,
        changed_by = excluded.changed_by, changed_at = now()
      where visits.count <> excluded.count`
    return deleted.count + stored.count
  })
}

/** Counted responses with an answer from 1 to 5, per day and place or field, both days included. */
export async function countResponses(
  database: Database,
  by: 'place' | 'field',
  from: string,
  to: string,
): Promise<StratumResponses[]> {
  const { sql } = database
  const id = by === 'place' ? sql`place_id` : sql`field_id`
  return sql<StratumResponses[]>`
    select ${id} as id, 'day' as period, day::text as day, sum(moments[1])::int as count
    from cells where day between ${from} and ${to} and standing = 'counted'
      ${by === 'field' ? sql`and field_id <> 0` : sql``}
    group by 1, day`
}

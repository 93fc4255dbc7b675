import { asc, between, sql } from 'drizzle-orm'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import type { AuditEntry } from '../../server/staff/contract.ts'
import type { StoredVisits, StratumResponses, VisitChange } from '../../server/visits/contract.ts'
import type { Database, Queries } from '../client.ts'
import { recordAuditBy } from '../staff/audit.ts'
import { hold, holdClosed } from '../tallies/held.ts'
import { visits } from './tables.ts'

/**
 * Counts of the range, days and months alike, and of the eleven months before it: pupils are counted once a year. A page
 * asks several times; a count that is added, changed or taken back changes how many there are or their times together.
 */
export async function readVisits(database: Database, from: string, to: string): Promise<StoredVisits[]> {
  const [row] = await database.query
    .select({ stamp: sql<string>`count(*) || ' ' || coalesce(sum(extract(epoch from ${visits.changedAt})), 0)` })
    .from(visits)
  const read = () => readStored(database, from, to)
  return hold(database, { key: `readVisits ${from} ${to}`, stamp: row?.stamp ?? '' }, read)
}

function readStored(database: Database, from: string, to: string): Promise<StoredVisits[]> {
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
    // What the log says stood there before must be what stood there.
    await sql`lock table visits in share row exclusive mode`
    const all = rows(changes)
    const before = await sql<Figure[]>`
      select visits.place_id as "placeId", visits.field_id as "fieldId", visits.period, visits.day::text as day, count
      from visits, unnest(${all.places}::int2[], ${all.fields}::int2[], ${all.periods}::text[],
        ${all.days}::text[]::date[]) as given (place_id, field_id, period, day)
      where coalesce(visits.place_id, 0) = given.place_id and visits.field_id = given.field_id
        and visits.period = given.period and visits.day = given.day`
    const gone = rows(changes.filter(({ count }) => count === null))
    const kept = changes.filter((change): change is VisitChange & { count: number } => change.count !== null)
    const { places, fields, periods, days } = rows(kept)
    const deleted = await sql`
      delete from visits using unnest(${gone.places}::int2[], ${gone.fields}::int2[], ${gone.periods}::text[],
        ${gone.days}::text[]::date[]) as gone (place_id, field_id, period, day)
      where coalesce(visits.place_id, 0) = gone.place_id and visits.field_id = gone.field_id
        and visits.period = gone.period and visits.day = gone.day`
    const stored = await sql`
      insert into visits (place_id, field_id, period, day, count, source, changed_by)
      select nullif(place_id, 0), field_id, period, day, count, ${source}, ${by}
      from unnest(${places}::int2[], ${fields}::int2[], ${periods}::text[], ${days}::text[]::date[],
        ${kept.map(({ count }) => count)}::int4[]) as given (place_id, field_id, period, day, count)
      on conflict on constraint visits_once do update set count = excluded.count, source = excluded.source,
        changed_by = excluded.changed_by, changed_at = excluded.changed_at
      where visits.count <> excluded.count`
    await recordAuditBy(sql, ...(await describeVisits(sql, before, changes, { by, source })))
    return deleted.count + stored.count
  })
}

type Figure = Omit<VisitChange, 'count'> & { count: number }

/** So many figures of one month are named one by one; more of them only added up. */
const mostNamed = 40

/** One line for each agency (or all fields) and month: what its figures were and are. */
async function describeVisits(
  sql: Queries,
  before: Figure[],
  changes: VisitChange[],
  { by, source }: { by: string; source: string },
) {
  const names = await sql<{ key: string; name: string; agencyId: AgencyId | null }[]>`
    select id || '|0' as key, code as name, agency_id as "agencyId" from places
    union all select '0|' || id, code, null from fields`
  const named = new Map(names.map((one) => [one.key, one]))
  const was = new Map(before.map((one) => [keyOf(one), one.count]))
  const groups = new Map<string, { agencyId: AgencyId | null; changed: Changed[] }>()
  for (const change of changes) {
    const count = was.get(keyOf(change)) ?? null
    if (count === change.count) continue
    const { name = '', agencyId = null } = named.get(`${change.placeId ?? 0}|${change.fieldId}`) ?? {}
    const key = `${agencyId ?? ''} ${change.day.slice(0, 7)}`
    const group = groups.get(key) ?? { agencyId, changed: [] }
    const what = change.period === 'day' ? `${name} ${change.day}` : name
    group.changed.push({ what, before: count, after: change.count })
    groups.set(key, group)
  }
  const file = source === 'form' ? {} : { file: source }
  return [...groups].map(([key, { agencyId, changed }]): AuditEntry => {
    const action = source === 'form' ? 'visits.type' : 'visits.import'
    const { before, after } = changed.length > mostNamed ? sumUp(changed) : nameAll(changed)
    return { actor: by, action, subject: key.slice(-7), agencyId, before, after: { ...file, ...after } }
  })
}

type Changed = { what: string; before: number | null; after: number | null }

const keyOf = ({ placeId, fieldId, period, day }: Omit<VisitChange, 'count'>) =>
  `${placeId ?? 0}|${fieldId}|${period}|${day}`

const nameAll = (changed: Changed[]) => ({
  before: Object.fromEntries(changed.map(({ what, before }) => [what, before])),
  after: Object.fromEntries(changed.map(({ what, after }) => [what, after])),
})

function sumUp(changed: Changed[]) {
  const add = (counts: (number | null)[]) => {
    const known = counts.filter((count) => count !== null)
    return { figures: known.length, visits: known.reduce((sum, count) => sum + count, 0) }
  }
  return { before: add(changed.map(({ before }) => before)), after: add(changed.map(({ after }) => after)) }
}

/** Counted responses with an answer from 1 to 5, per day and place or field, both days included. */
export async function countResponses(
  database: Database,
  by: 'place' | 'field',
  from: string,
  to: string,
): Promise<StratumResponses[]> {
  const question = `countResponses ${by}`
  return holdClosed(database, { question, from, to }, () => readCounts(database, by, from, to))
}

async function readCounts(database: Database, by: 'place' | 'field', from: string, to: string) {
  const { sql } = database
  const id = by === 'place' ? sql`place_id` : sql`field_id`
  return sql<StratumResponses[]>`
    select ${id} as id, 'day' as period, day::text as day, sum(moments[1])::int as count
    from cells where day between ${from} and ${to} and standing = 'counted'
      ${by === 'field' ? sql`and field_id <> 0` : sql``}
    group by 1, day`
}

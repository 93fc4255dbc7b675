import { and, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import type { ClosedTally, Group, Membership, StandingHistory } from '../../server/publication/contract.ts'
import type { Database, Queries } from '../client.ts'
import { lockKey } from '../connection/schema.ts'
import { reports } from '../reports/tables.ts'

/** What one run of publishing reads and decides by: asked inside its transaction. */
export type PublishingRun = {
  /** Epoch seconds of the transaction. */
  at: number
  groups: Group[]
  /** Per day, the definitions by which its responses were first told apart. */
  definitions: Map<string, Membership[]>
  tallies: ClosedTally[]
  readHistories(group: Group): Promise<StandingHistory[]>
}

export type Decided = { groups: Group[]; definitions: Map<string, Membership[]> }

const publishingLock = 7305105

/**
 * Publishes the days up to `closed`, once per closed day and by one process; days before `from` stay as they are.
 * False when that was done before.
 */
export async function publishOnce(
  database: Database,
  from: string,
  closed: string,
  decide: (run: PublishingRun) => Promise<Decided>,
): Promise<boolean> {
  return database.sql.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(${lockKey(database.schema, publishingLock)}::bigint)`
    const [done] = await sql`select from publications where scope = 'run' and period = 'day' and day >= ${closed}`
    if (done) return false
    const [clock] = await sql<{ at: number }[]>`select extract(epoch from now())::float8 as at`
    const decided = await decide({
      at: clock?.at ?? 0,
      groups: await readGroups(sql, from),
      definitions: await readDefinitions(sql, from),
      tallies: await readClosedTallies(sql, from, closed),
      readHistories: (group) => readHistories(sql, group),
    })
    await saveRun(sql, closed, decided)
    return true
  })
}

/** Changes whenever something was published: the last closed day, and when. Null before the first time. */
export async function findLastRun(database: Database): Promise<{ closed: string; at: string } | null> {
  const [run] = await database.sql<{ closed: string; at: string }[]>`
    select day::text as closed, to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from publications where scope = 'run' order by day desc limit 1`
  return run ?? null
}

export async function readAllGroups(database: Database): Promise<Group[]> {
  return readGroups(database.sql, '0001-01-01')
}

async function readGroups(sql: Queries, from: string): Promise<Group[]> {
  const rows = await sql<
    (Pick<Group, 'scope' | 'period' | 'day'> & { figures: Omit<Group, 'scope' | 'period' | 'day'> })[]
  >`
    select scope, period, day::text as day, figures from publications
    where scope not in ('run', 'definitions') and day >= ${from} order by day, scope`
  return rows.map(({ figures, ...key }) => ({ ...key, ...figures }))
}

async function readDefinitions(sql: Queries, from: string): Promise<Map<string, Membership[]>> {
  const rows = await sql<{ day: string; figures: { memberships: Membership[] } }[]>`
    select day::text as day, figures from publications where scope = 'definitions' and day >= ${from}`
  return new Map(rows.map(({ day, figures }) => [day, figures.memberships]))
}

/** Counted responses by everything that decides where they are published. */
const readClosedTallies = (sql: Queries, from: string, to: string) => sql<ClosedTally[]>`
  select cells.place_id as "placeId", places.agency_id as "agencyId", cells.day::text as day, cells.channel,
    cells.service_mode as "serviceMode", versions.definition->>'sector' as sector, versions.code as questionnaire,
    fields.code as field, extract(epoch from max(cells.last_received_at))::float8 as until,
    array[sum(moments[1]), sum(moments[2]), sum(moments[3]), sum(moments[4]), sum(moments[5]), sum(moments[6]),
      sum(moments[7])] as sums
  from cells join places on places.id = cells.place_id join questionnaire_versions versions on versions.id = version_id
    left join fields on fields.id = cells.field_id
  where cells.day between ${from} and ${to} and cells.standing = 'counted'
  group by cells.place_id, places.agency_id, cells.day, cells.channel, cells.service_mode, 6, 7, 8
  order by cells.day, cells.place_id, cells.channel, cells.service_mode, 6, 7, 8`

/** Every response with an answer from 1 to 5 in the places and days of a group, whatever else it is. */
const readHistories = (sql: Queries, { cells }: Group) => sql<StandingHistory[]>`
  select r.place_id as "placeId", r.day::text as day, r.channel, r.service_mode as "serviceMode",
    versions.definition->>'sector' as sector, versions.code as questionnaire, fields.code as field,
    extract(epoch from date_trunc('minute', r.received_at))::float8 as at, r.standing = 'counted' as counted,
    coalesce((
      select json_agg(json_build_object('at', extract(epoch from c.changed_at)::float8,
        'countedBefore', c.from_reason is null) order by c.id)
      from standing_changes c where c.place_id = r.place_id and c.response_id = r.id), '[]') as changes
  from unnest(${cells.map(([placeId]) => placeId)}::int2[], ${cells.map(([, day]) => day)}::text[]::date[]) as cell (place_id, day)
    join responses r on r.place_id = cell.place_id and r.day = cell.day
    join questionnaire_versions versions on versions.id = r.version_id left join fields on fields.id = r.field_id
  where r.answers ~ '[1-5]'`

async function saveRun(sql: Queries, closed: string, { groups, definitions }: Decided): Promise<void> {
  const rows = [
    ...groups.map(({ scope, period, day, ...figures }) => ({ scope, period, day, figures })),
    ...[...definitions].map(([day, memberships]) => ({
      scope: 'definitions',
      period: 'day',
      day,
      figures: { memberships },
    })),
    { scope: 'run', period: 'day', day: closed, figures: {} },
  ]
  await sql`
    insert into publications (scope, period, day, figures)
    select scope, period, day, figures from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as given (scope text, period text, day date, figures jsonb)
    on conflict (scope, period, day) do update set figures = excluded.figures, published_at = excluded.published_at`
}

const approvedStates = ['approved', 'published'] as const

/** Approved reports that cover the whole range, the newest version first. */
export async function readCoveringReports(database: Database, from: string, to: string) {
  const { kind, sector, agencyId, hash, version } = reports
  return database.query
    .select({ kind, sector, agencyId, hash, version })
    .from(reports)
    .where(and(inArray(reports.state, approvedStates), lte(reports.from, from), gte(reports.to, to)))
    .orderBy(desc(version))
}

const listed = {
  id: reports.id,
  kind: reports.kind,
  agencyId: reports.agencyId,
  from: reports.from,
  to: reports.to,
  version: reports.version,
  hash: reports.hash,
  document: reports.document,
  publishedAt: reports.publishedAt,
}

/** Published reports, the newest first; of each only its newest published version. */
export async function readPublicReports(database: Database) {
  const rows = await database.query
    .select(listed)
    .from(reports)
    .where(eq(reports.state, 'published'))
    .orderBy(desc(reports.to), desc(reports.version), desc(reports.id))
  const seen = new Set<string>()
  return rows.filter(({ document, agencyId, from, to, kind }) => {
    const key = [document.subject, agencyId, from, to, kind].join(' ')
    return !seen.has(key) && seen.add(key)
  })
}

/** A published report; undefined where there is none, or it is not published. */
export async function findPublicReport(database: Database, id: number) {
  const [report] = await database.query
    .select(listed)
    .from(reports)
    .where(and(eq(reports.id, id), eq(reports.state, 'published')))
  return report
}

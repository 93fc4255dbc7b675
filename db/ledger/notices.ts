import type { Notice } from '../../server/ledger/contract.ts'
import type { EventBody } from '../../server/staff/contract.ts'
import type { Queries } from '../client.ts'

type Row = { source: string; body: Record<string, unknown>; hashed?: unknown }

/** What happened since and has no line yet, oldest first. What is long stands in `hash`, for the caller to hash. */
export async function readNotices(transaction: Queries): Promise<Notice[]> {
  const kinds = [
    ['questionnaire', await readQuestionnaires(transaction)],
    ['indicator', await readIndicators(transaction)],
    ['wave', await readWaves(transaction)],
    ['standing', await readStandings(transaction)],
    ['report', await readReports(transaction)],
    ['event', await readEvents(transaction)],
  ] as const
  return kinds.flatMap(([kind, rows]) =>
    rows.map(({ source, body, hashed }) => {
      const named = kind === 'event' ? (body as EventBody).type : kind
      const hash = hashed === undefined ? {} : { hash: hashed }
      return { kind: named, source, body: { type: named, ...body, ...hash } }
    }),
  )
}

const unlogged = (transaction: Queries) =>
  transaction`not exists (select from ledger_entries e where e.source = n.source)`

const readQuestionnaires = (transaction: Queries) => transaction<Row[]>`
  select source, body, hashed from (
    select 'questionnaire:' || id as source, published_at as at, definition as hashed,
      jsonb_build_object('id', id, 'code', code, 'version', version, 'reason', reason) as body
    from questionnaire_versions where published_at is not null) n
  where ${unlogged(transaction)} order by at, source`

const readIndicators = (transaction: Queries) => transaction<Row[]>`
  select source, body, hashed from (
    select 'indicator:' || code || ':' || version as source, changed_at as at,
      jsonb_build_object('code', code, 'version', version, 'reason', reason) as body,
      jsonb_build_object('title', title, 'target', target, 'period', period, 'owner', owner_agency_id,
        'definition', definition) as hashed
    from indicators) n
  where ${unlogged(transaction)} order by at, source`

const readWaves = (transaction: Queries) => transaction<Row[]>`
  select source, body, hashed from (
    select 'wave:' || id as source, closed_at as at, snapshot as hashed,
      jsonb_build_object('id', id, 'name', name, 'opensOn', opens_on, 'closesOn', closes_on) as body
    from waves where closed_at is not null and snapshot is not null) n
  where ${unlogged(transaction)} order by at, source`

/** After the response's own line, so that a reader meets the arrival first. */
const readStandings = (transaction: Queries) => transaction<Row[]>`
  select source, body from (
    select 'standing:' || s.id as source, s.id,
      jsonb_build_object('place', s.place_id, 'response', s.response_id, 'from', s.from_reason, 'to', s.to_reason,
        'why', s.why, 'decision', s.decision) as body
    from standing_changes s join ledger_entries r
      on r.kind = 'response' and r.place_id = s.place_id and r.response_id = s.response_id) n
  where ${unlogged(transaction)} order by id`

const readReports = (transaction: Queries) => transaction<Row[]>`
  select source, body from (
    select 'report:' || id || ':' || step as source, at,
      jsonb_build_object('id', id, 'step', step, 'kind', kind, 'sector', sector, 'from', from_day, 'to', to_day,
        'version', version, 'hash', hash) as body
    from reports, lateral (values ('approved', approved_at), ('published', published_at)) as steps(step, at)
    where at is not null) n
  where ${unlogged(transaction)} order by at, source`

const readEvents = (transaction: Queries) => transaction<Row[]>`
  select source, body from (select 'event:' || id as source, id, body from ledger_events) n
  where ${unlogged(transaction)} order by id`

/** Per day up to `through`: what each place received, and how much of it counts at the time of writing. */
export async function readDays(transaction: Queries, through: string): Promise<Notice[]> {
  const rows = await transaction<{ day: string; places: unknown[] }[]>`
    with missing as (
      select distinct day from cells where day <= ${through}
        and not exists (select from ledger_entries e where e.source = 'day:' || cells.day))
    select day::text as day, jsonb_agg(jsonb_build_object('place', place_id, 'received', received,
      'counted', counted, 'setAside', received - counted) order by place_id) as places
    from (select r.day, r.place_id, count(*) as received, count(*) filter (where standing = 'counted') as counted
      from responses r join missing using (day) group by 1, 2) as totals
    group by 1 order by 1`
  return rows.map(({ day, places }) => ({ kind: 'day', source: `day:${day}`, body: { type: 'day', day, places } }))
}

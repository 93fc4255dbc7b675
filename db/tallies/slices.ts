import type { Channel, PlaceId, ServiceMode } from '../../server/catalogue/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import type { Database, Queries } from '../client.ts'

/** Which responses: the versions of a sector or questionnaire, and optionally some fields, modes, channels, places, a wave. */
export type Selection = {
  versionIds: number[]
  fieldIds?: number[] | undefined
  serviceModes?: ServiceMode[] | undefined
  channels?: Channel[] | undefined
  placeIds?: PlaceId[] | undefined
  waveId?: number | undefined
  /** Only what may carry a verdict: not what came by no page of ours. */
  carrying?: boolean | undefined
}

/** What a breakdown goes by; `total` is one slice of everything. */
export type Dimension =
  | 'total'
  | 'place'
  | 'field'
  | 'channel'
  | 'source'
  | 'serviceMode'
  | 'respondent'
  | 'version'
  | 'stratum'
  | 'month'
  | 'day'

export type Slice = {
  /** Id, code or first day of what the slice is about. */
  key: string
  received: number
  setAside: number
  /** Counted responses; null without any. */
  sums: Sums | null
}

const columnOf: Record<Dimension, string> = {
  total: "'all'",
  place: 'place_id',
  field: 'field_id',
  channel: 'channel',
  // What a source is to a verdict (belief-rules: SourceKind).
  source: `case when channel = 'interview' or provenance in ('ticket', 'presence') then 'proven'
    when provenance in ('open', 'unminted') then provenance::text else 'other' end`,
  serviceMode: 'service_mode',
  respondent: 'respondent',
  version: 'version_id',
  stratum: 'stratum_id',
  month: "date_trunc('month', day)::date",
  day: 'day',
}

/** Sums over all criteria per slice, over a range of days, both included. Reads whole months added up, the rest from the cells. */
export async function tallyBy(
  database: Database,
  by: Dimension,
  selection: Selection,
  { from, to }: { from: string; to: string },
): Promise<Slice[]> {
  return readAtOnce(database, async (sql) => {
    const rolled = by === 'day' ? [] : await findRolledMonths(sql, from, to)
    return sql<Slice[]>`
    select ${sql.unsafe(columnOf[by])}::text as key, sum(received)::int as received,
      coalesce(sum(received) filter (where standing = 'set_aside'), 0)::int as "setAside",
      case when bool_or(standing = 'counted') then ${countedSums(sql)} end as sums
    from ${cellsBetween(sql, selection, { from, to }, rolled)}
    group by 1 order by 1`
  })
}

/** Both questions of a tally on one snapshot: which months are added up, and the sums. */
function readAtOnce<T>(database: Database, work: (sql: Queries) => Promise<T>): Promise<T> {
  return database.sql.begin('isolation level repeatable read read only', work) as Promise<T>
}

/** Counted responses of one version, all arrays added up, in the order of the schema. */
export type VersionTally = {
  versionId: number
  channel: Channel
  moments: number[]
  counts: number[]
  extraSums: number[]
  durations: number[]
}

export type VersionShape = { versionId: number; factors: number; criteria: number; extras: number }

/** Per version and channel, everything that was counted: factors, criteria, extra questions, answering times. */
export async function tallyVersions(
  database: Database,
  shapes: VersionShape[],
  selection: Selection,
  { from, to }: { from: string; to: string },
): Promise<VersionTally[]> {
  return readAtOnce(database, async (sql) => {
    const rolled = await findRolledMonths(sql, from, to)
    const tallies = shapes.map(({ versionId, factors, criteria, extras }) => {
      const only = { ...selection, versionIds: selection.versionIds.filter((id) => id === versionId) }
      return sql<VersionTally[]>`
      select ${versionId}::int as "versionId", channel, ${addUp(sql, 'moments', 7 * (factors + 1))} as moments,
        ${addUp(sql, 'counts', 6 * criteria)} as counts, ${addUp(sql, 'extra_sums', 2 * extras)} as "extraSums",
        ${addUp(sql, 'durations', 8)} as durations
      from ${cellsBetween(sql, only, { from, to }, rolled)} where standing = 'counted' group by channel order by channel`
    })
    return (await Promise.all(tallies)).flat()
  })
}

/** Explicit sums per element: unnest costs several times as much (measured). Never used for user input. */
function addUp(sql: Queries, column: string, length: number) {
  const sums = Array.from({ length }, (_, index) => `sum(${column}[${index + 1}])`)
  return sql.unsafe(`array[${sums}]::float8[]`)
}

const countedSums = (sql: Queries) =>
  sql.unsafe(
    `array[${Array.from({ length: 7 }, (_, index) => `sum(moments[${index + 1}]) filter (where standing = 'counted')`)}]`,
  )

/** Months added up that lie whole within the range. */
async function findRolledMonths(sql: Queries, from: string, to: string): Promise<string[]> {
  const rows = await sql<{ month: string }[]>`
    select month::text as month from rolled_months
    where month >= ${from} and (month + interval '1 month' - interval '1 day')::date <= ${to}`
  return rows.map(({ month }) => month)
}

/** Cells of the range as one source of rows; the months given are taken added up. */
// An array of dates goes as text: Drizzle takes the driver's own way of writing dates away.
function cellsBetween(
  sql: Queries,
  selection: Selection,
  { from, to }: { from: string; to: string },
  rolled: string[],
) {
  const columns = sql`place_id, version_id, field_id, service_mode, channel, provenance, respondent, standing, wave_id,
    stratum_id, received, moments, counts, extra_sums, durations`
  return sql`(
    select day, ${columns} from cells
    where ${dayRanges(sql, from, to, rolled)} and ${matches(sql, selection)}
    union all
    select month as day, ${columns} from months
    where month = any(${`{${rolled}}`}::text::date[]) and ${matches(sql, selection)}) as cells`
}

/** The days of the range outside the months that are taken added up, as ranges an index can serve. */
function dayRanges(sql: Queries, from: string, to: string, rolled: string[]) {
  if (rolled.length === 0) return sql`day between ${from} and ${to}`
  const parts: { from: string; to: string }[] = []
  let start = from
  for (const month of [...rolled].sort()) {
    if (start < month) parts.push({ from: start, to: addDays(month, -1) })
    start = firstOfNextMonth(month)
  }
  if (start <= to) parts.push({ from: start, to })
  const none = sql`false`
  return sql`(${parts.reduce((ranges, part) => sql`${ranges} or day between ${part.from} and ${part.to}`, none)})`
}

const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

function firstOfNextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10)
}

export const matches = (
  sql: Queries,
  { versionIds, fieldIds, serviceModes, channels, placeIds, waveId, carrying }: Selection,
) => sql`
  version_id = any(${versionIds}::int2[])
  ${fieldIds ? sql`and field_id = any(${fieldIds}::int2[])` : sql``}
  ${serviceModes ? sql`and service_mode = any(${serviceModes}::service_mode[])` : sql``}
  ${channels ? sql`and channel = any(${channels}::channel[])` : sql``}
  ${placeIds ? sql`and place_id = any(${placeIds}::int2[])` : sql``}
  ${carrying ? sql`and provenance <> 'unminted'` : sql``}
  ${waveId === undefined ? sql`` : sql`and wave_id = ${waveId}`}`

/**
 * Adds up the cells of every month before the given one that is not yet added up. Off the hot path: at the start and
 * hourly. A month's last answers have long been committed by then (the given month is the current one, a few minutes old).
 */
export async function rollMonths(database: Database, shapes: VersionShape[], current: string): Promise<string[]> {
  const due = await database.sql<{ month: string }[]>`
    select distinct date_trunc('month', day)::date::text as month from cells
    where day < ${current} and date_trunc('month', day)::date not in (select month from rolled_months) order by 1`
  for (const { month } of due) {
    await database.sql.begin(async (transaction) => {
      const [isOurs] =
        await transaction`insert into rolled_months values (${month}) on conflict do nothing returning month`
      if (!isOurs) return
      for (const shape of shapes) await rollVersion(transaction, shape, month)
    })
  }
  return due.map(({ month }) => month)
}

async function rollVersion(
  transaction: Queries,
  { versionId, factors, criteria, extras }: VersionShape,
  month: string,
): Promise<void> {
  const key = transaction`place_id, version_id, field_id, service_mode, channel, provenance, respondent, standing, wave_id,
    stratum_id`
  const sums = transaction`received, last_received_at, moments, counts, extra_sums, durations`
  await transaction`
    with whole as materialized (
      select ${key}, sum(received)::int4 as received, max(last_received_at) as last_received_at,
        ${addUp(transaction, 'moments', 7 * (factors + 1))} as moments, ${addUp(transaction, 'counts', 6 * criteria)}::int4[] as counts,
        ${addUp(transaction, 'extra_sums', 2 * extras)} as extra_sums, ${addUp(transaction, 'durations', 8)}::int4[] as durations
      from cells where version_id = ${versionId} and day >= ${month} and day < (${month}::date + interval '1 month')::date
      group by ${key})
    insert into months (month, ${key}, ${sums}) select ${month}::date, ${key}, ${sums} from whole`
}

/** Forgets the added-up months, so that the next rollMonths makes them from the cells again. */
export async function forgetRolledMonths(queries: Queries): Promise<void> {
  await queries`delete from months`
  await queries`delete from rolled_months`
}

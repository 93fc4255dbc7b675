import type { Channel, PlaceId, ServiceMode } from '../../server/catalogue/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import type { Database, Queries } from '../client.ts'
import { addDays, findClosedTo, holdClosed } from './held.ts'
import { addUp, findRolledMonths, type RolledMonth, type VersionShape } from './months.ts'

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
  /** Days of places that are left out. */
  without?: { placeId: PlaceId; day: string }[] | undefined
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

/** What a source is to a verdict (SourceKind of server/indicators/belief/rules.ts). */
export const sourceColumn = `case when channel = 'interview' or provenance in ('ticket', 'presence') then 'proven'
    when provenance in ('open', 'unminted') then provenance::text else 'other' end`

const columnOf: Record<Dimension, string> = {
  total: "'all'",
  place: 'place_id',
  field: 'field_id',
  channel: 'channel',
  source: sourceColumn,
  serviceMode: 'service_mode',
  respondent: 'respondent',
  version: 'version_id',
  stratum: 'stratum_id',
  month: "date_trunc('month', day)::date",
  day: 'day',
}

/** Sums over all criteria per slice, over a range of days, both included. Reads what is added up by month, the rest from the cells; closed days once (held.ts). */
export async function tallyBy(
  database: Database,
  by: Dimension,
  selection: Selection,
  { from, to }: { from: string; to: string },
): Promise<Slice[]> {
  const closedTo = await findClosedTo(database, from, to)
  const question = `tallyBy ${by} ${JSON.stringify(selection)}`
  const read = (range: { from: string; to: string }) => readSlices(database, by, selection, range)
  if (closedTo === null) return read({ from, to })
  const closed = { question, from, to: closedTo }
  const [held, open] = await Promise.all([
    holdClosed(database, closed, () => read(closed)),
    closedTo < to ? read({ from: addDays(closedTo, 1), to }) : [],
  ])
  return open.length === 0 ? held : mergeSlices(held, open)
}

function mergeSlices(some: Slice[], others: Slice[]): Slice[] {
  const merged = new Map(some.map((slice) => [slice.key, slice]))
  for (const slice of others) {
    const known = merged.get(slice.key)
    merged.set(slice.key, known ? addSlices(known, slice) : slice)
  }
  return [...merged.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

const addSlices = (a: Slice, b: Slice): Slice => ({
  key: a.key,
  received: a.received + b.received,
  setAside: a.setAside + b.setAside,
  sums:
    a.sums && b.sums
      ? (a.sums.map((sum, index) => sum + (b.sums?.[index] ?? 0)) as unknown as Sums)
      : (a.sums ?? b.sums),
})

async function readSlices(
  database: Database,
  by: Dimension,
  selection: Selection,
  { from, to }: { from: string; to: string },
): Promise<Slice[]> {
  return readAtOnce(database, async (sql) => {
    const rolled = by === 'day' ? [] : await findWholeMonths(sql, selection, { from, to })
    return sql<Slice[]>`
    select ${sql.unsafe(columnOf[by])}::text as key, sum(received)::int as received,
      coalesce(sum(received) filter (where standing = 'set_aside'), 0)::int as "setAside",
      case when bool_or(standing = 'counted') then ${countedSums(sql)} end as sums
    from ${cellsBetween(sql, selection, { from, to }, rolled)}
    group by 1 order by 1`
  })
}

/** Every response that was ever taken in, counted or not. */
export async function countReceived(database: Database): Promise<number> {
  const [from, to] = ['0001-01-01', '9999-12-31']
  return readAtOnce(database, async (sql) => {
    const rolled = await findRolledMonths(sql, from, to)
    const [row] = await sql<{ received: number }[]>`
      select coalesce(sum(received), 0)::float8 as received from (
        select received from cells where ${dayRanges(sql, from, to, rolled)}
        union all select received from months where ${isRolled(sql, rolled)}) as all_cells`
    return row?.received ?? 0
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

/** Per version and channel, everything that was counted: factors, criteria, extra questions, answering times. */
export async function tallyVersions(
  database: Database,
  shapes: VersionShape[],
  selection: Selection,
  { from, to }: { from: string; to: string },
): Promise<VersionTally[]> {
  const question = `tallyVersions ${JSON.stringify([shapes, selection])}`
  return holdClosed(database, { question, from, to }, () => readVersions(database, shapes, selection, { from, to }))
}

async function readVersions(
  database: Database,
  shapes: VersionShape[],
  selection: Selection,
  { from, to }: { from: string; to: string },
): Promise<VersionTally[]> {
  return readAtOnce(database, async (sql) => {
    const rolled = await findWholeMonths(sql, selection, { from, to })
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

/** What is added up of the range, but for months of which some days are left out. */
async function findWholeMonths(
  sql: Queries,
  { without = [] }: Selection,
  { from, to }: { from: string; to: string },
): Promise<RolledMonth[]> {
  const broken = new Set(without.map(({ day }) => day.slice(0, 7)))
  return (await findRolledMonths(sql, from, to)).filter(({ month }) => !broken.has(month.slice(0, 7)))
}

export const countedSums = (sql: Queries) =>
  sql.unsafe(
    `array[${Array.from({ length: 7 }, (_, index) => `sum(moments[${index + 1}]) filter (where standing = 'counted')`)}]`,
  )

/** Cells of the range as one source of rows; what is given of months is taken added up. */
function cellsBetween(
  sql: Queries,
  selection: Selection,
  { from, to }: { from: string; to: string },
  rolled: RolledMonth[],
) {
  const columns = sql`place_id, version_id, field_id, service_mode, channel, provenance, respondent, standing, wave_id,
    stratum_id, received, moments, counts, extra_sums, durations`
  return sql`(
    select day, ${columns} from cells
    where ${dayRanges(sql, from, to, rolled)} and ${matches(sql, selection)} ${leaveOut(sql, selection)}
    union all
    select month as day, ${columns} from months
    where ${isRolled(sql, rolled)} and ${matches(sql, selection)}) as cells`
}

const leaveOut = (sql: Queries, { without = [] }: Selection) =>
  without.length === 0
    ? sql``
    : sql`and not exists (
        select from unnest(${without.map(({ placeId }) => placeId)}::int2[],
          ${`{${without.map(({ day }) => day)}}`}::text::date[]) as left_out (place_id, day)
        where left_out.place_id = cells.place_id and left_out.day = cells.day)`

// An array of dates goes as text: Drizzle takes the driver's own way of writing dates away. Read from a select, once: a
// cast of the text stands in the plan, and would be done for every row (38 ms of a year's 4 700).
const isRolled = (sql: Queries, rolled: RolledMonth[]) =>
  sql`month = any((select ${`{${rolled.map(({ month }) => month)}}`}::text::date[])::date[])`

/** The days of the range outside what is taken added up, oldest month first, as ranges an index can serve. */
function dayRanges(sql: Queries, from: string, to: string, rolled: RolledMonth[]) {
  if (rolled.length === 0) return sql`day between ${from} and ${to}`
  const parts: { from: string; to: string }[] = []
  let start = from
  for (const { month, through } of rolled) {
    if (start < month) parts.push({ from: start, to: addDays(month, -1) })
    start = addDays(through, 1)
  }
  if (start <= to) parts.push({ from: start, to })
  const none = sql`false`
  return sql`(${parts.reduce((ranges, part) => sql`${ranges} or day between ${part.from} and ${part.to}`, none)})`
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

import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { StoredResponse } from '../../server/respond/contract.ts'
import type { CellKey, CellSums } from '../../server/tallies/contract.ts'
import type { Database, Sql } from '../client.ts'
import { channelOf } from '../connection/schema.ts'
import { addCells, cellsToJson, groupByShape, shapeOf } from '../tallies/cells.ts'
import { caseKey, casesOf, openCases, stands } from './opened-cases.ts'
import { marksFor, type Spends, setUsedTwiceAside, spending, spentBy } from './spend.ts'

type SumCells = (responses: StoredResponse[]) => (CellKey & CellSums)[]

/**
 * Stores responses, the cases they open and their tallies in one statement, durably; returns which were new (by place and id, see keyOf).
 * All must be distinct. A replay, or a ticket that another process has used meanwhile, rolls the fast statement back, and
 * the batch is stored again by insert, look, add up; whose ticket was used is then set aside.
 */
export async function recordResponses(
  writer: Sql,
  responses: StoredResponse[],
  sumCells: SumCells,
  spends: Spends = new Map(),
) {
  const groups = groupByShape(sumCells(responses))
  const spent = marksFor(spentBy(responses.map(keyOf), spends))
  try {
    await writer.unsafe(
      fastStatement(
        groups.map(([first]) => first as CellSums),
        spent.length > 0,
      ),
      [
        toJson(responses),
        toJson(commentsOf(responses)),
        toJson(marksOf(responses)),
        responses.length,
        toJson(casesOf(responses)),
        ...groups.map(cellsToJson),
        ...(spent.length > 0 ? [toJson(spent), spent.length] : []),
      ],
      { prepare: true },
    )
    return new Set(responses.map(keyOf))
  } catch (error) {
    if ((error as { code?: string }).code !== 'P0001') throw error
    return recordAmongReplays(writer, responses, sumCells, spends)
  }
}

export const keyOf = (response: { placeId: number; id: string }): string => `${response.placeId}|${response.id}`

async function recordAmongReplays(writer: Sql, responses: StoredResponse[], sumCells: SumCells, spends: Spends) {
  const stored = await writer.begin(async (transaction) => {
    const rows = await transaction.unsafe(
      `${insertResponses} returning place_id as "placeId", id`,
      [toJson(responses)],
      { prepare: true },
    )
    const newKeys = new Set(rows.map((row) => keyOf(row as unknown as StoredResponse)))
    const fresh = responses.filter((response) => newKeys.has(keyOf(response)))
    if (fresh.length === 0) return newKeys
    await setUsedTwiceAside(transaction, new Map(fresh.map((response) => [keyOf(response), response])), spends)
    await transaction.unsafe(insertComments, [toJson(commentsOf(fresh))])
    await transaction.unsafe(`with ${stands}, ${caseKey} ${openCases(1)}`, [toJson(casesOf(fresh))])
    await transaction.unsafe(insertMarks, [toJson(marksOf(fresh))])
    for (const cells of groupByShape(sumCells(fresh))) {
      await transaction.unsafe(addCells(cells[0] as CellSums, 1), [cellsToJson(cells)])
    }
    return newKeys
  })
  return stored
}

/** A comment is as restricted as its case. */
const commentsOf = (responses: StoredResponse[]) =>
  responses.flatMap(({ placeId, id, day, comment, openedCase }) =>
    comment === null ? [] : [{ placeId, id, day, comment, restricted: openedCase?.restricted ?? false }],
  )

/** To the minute, so that the time of a mark does not name its response; an enrolled tablet's pace takes the second. */
const marksOf = (responses: StoredResponse[]) =>
  responses
    .filter((response) => response.deviceHash !== null)
    .map(({ deviceHash, receivedAt, givenAt, provenance, household }) => ({
      deviceHash,
      household,
      minute: provenance === 'kiosk' ? (givenAt ?? receivedAt) : `${receivedAt.slice(0, 16)}:00Z`,
    }))

const toJson = (rows: unknown[]): string => JSON.stringify(rows)

const insertResponses = `
  insert into responses (place_id, id, version_id, day, received_at, field_id, service_mode, channel, provenance,
    respondent, language, assisted, standing, reason, answers, extras, wave_id, stratum_id, seconds, given_at)
  select "placeId", id, "versionId", day, "receivedAt", "fieldId", "serviceMode", channel, provenance,
    respondent, language, assisted, standing, reason, answers, extras, "waveId", "stratumId", seconds, "givenAt"
  from json_to_recordset($1::text::json) as r("placeId" int2, id uuid, "versionId" int2, day date,
    "receivedAt" timestamptz, "fieldId" int2, "serviceMode" service_mode, channel channel, provenance provenance,
    respondent respondent, language text, assisted boolean, standing standing, reason text, answers text, extras jsonb,
    "waveId" int2, "stratumId" int2, seconds int4, "givenAt" timestamptz)
  order by "placeId", id
  on conflict (place_id, id) do nothing`

const commentsFrom = (parameter: number) => `
  json_to_recordset($${parameter}::text::json) as r("placeId" int2, id uuid, day date, comment text,
    restricted boolean)`

/**
 * Under the agency that the place belongs to just now. There is none yet, as the response is new; without ON CONFLICT
 * Citus would COPY, which tables with policies refuse, and RETURNING would need the right to read.
 */
const addComments = (parameter: number, from = '', where = '') => `
  insert into comments (place_id, response_id, agency_id, restricted, day, body)
  select "placeId", r.id, stands.agency_id, restricted, day, comment
  from ${from} ${commentsFrom(parameter)} join stands on stands.id = "placeId" ${where}
  on conflict do nothing`

const insertComments = `with ${stands} ${addComments(1)}`

const marksFrom = (parameter: number) => `
  json_to_recordset($${parameter}::text::json) as r("deviceHash" text, minute timestamptz, household boolean)`

/** After an hour without an answer the next one begins a visit of its own. */
const onKnownMark = `on conflict (hash) do update set minute = greatest(device_marks.minute, excluded.minute),
    household = excluded.household or
      (device_marks.household and excluded.minute - device_marks.minute < interval '1 hour')`

const insertMarks = `
  insert into device_marks (hash, minute, household) select "deviceHash", max(minute), bool_or(household)
  from ${marksFrom(1)} group by 1 ${onKnownMark}`

const fastStatements = new Map<string, string>()

function fastStatement(shapes: CellSums[], withTickets: boolean): string {
  const key = `${shapes.map(shapeOf).join(' ')} ${withTickets}`
  let text = fastStatements.get(key)
  if (!text) {
    const last = shapes.length - 1
    const after = (index: number) =>
      index === 0 ? 'whole,' : `whole, (select count(*) from added_${index - 1}) as before,`
    const [spent, spentAll] = withTickets ? spending(6 + shapes.length) : ['', '']
    text = `
with inserted as (${insertResponses} returning 1), ${spent}
  whole as materialized (select all_new(count(*)::int, $4::int) ${spentAll} as ok from inserted),
  ${stands}, ${caseKey},
  commented as (${addComments(2, 'whole,', 'where ok')}),
  marked as (insert into device_marks (hash, minute, household)
    select "deviceHash", max(minute), bool_or(household) from whole, ${marksFrom(3)} where ok group by 1 ${onKnownMark}),
  opened as (${openCases(5, 'whole,', 'where ok')})
  ${shapes
    .slice(0, last)
    .map((shape, index) => `, added_${index} as (${addCells(shape, 6 + index, after(index))} returning 1)`)
    .join('')}
${addCells(shapes[last] as CellSums, 6 + last, after(last))}`
    fastStatements.set(key, text)
  }
  return text
}

/** When a device last answered at the place (ms), and whether a second person of its household did. */
export type DeviceMark = { atMs: number; household: boolean }

/** What these devices sent after the given moment, by their hash. */
export async function findRecentMarks(
  database: Database,
  hashes: string[],
  since: string,
): Promise<Map<string, DeviceMark>> {
  const rows = await database.sql<({ hash: string } & DeviceMark)[]>`
    select hash, household, (extract(epoch from minute) * 1000)::float8 as "atMs" from device_marks
    where hash in ${database.sql(hashes)} and minute > ${since}`
  return new Map(rows.map(({ hash, atMs, household }) => [hash, { atMs, household }]))
}

/** What a place has counted of its budget in the last hour, how much of it without proof, and in the last half hour. */
export type Taken = { counted: number; open: number; recent: number }

/**
 * Adds counted responses to the places' minutes, tells every process which places changed, and returns each place's
 * counted responses of the last sixty minutes.
 */
export async function announceResponses(
  database: Database,
  changes: ({ placeId: PlaceId } & Taken)[],
  minute: string,
  since: string,
): Promise<Map<PlaceId, Taken>> {
  const ids = changes.map((change) => change.placeId)
  await database.sql`
    with added as (
      insert into place_minutes (place_id, minute, counted, open)
      select "placeId", ${minute}::timestamptz, counted, open
      from json_to_recordset(${JSON.stringify(changes)}::text::json) as r("placeId" int2, counted int4, open int4)
      where counted > 0 order by 1
      on conflict (place_id, minute) do update set counted = place_minutes.counted + excluded.counted,
        open = place_minutes.open + excluded.open)
    select pg_notify(${channelOf(database.schema, 'tallies')}, ${ids.join(',')})`
  return countCountedSince(database, ids, since)
}

export async function countCountedSince(
  database: Database,
  ids: PlaceId[],
  since: string,
): Promise<Map<PlaceId, Taken>> {
  const rows = await database.sql<({ placeId: PlaceId } & Taken)[]>`
    select place_id as "placeId", sum(counted)::int as counted, sum(open)::int as open,
      coalesce(sum(counted) filter (where minute > ${since}::timestamptz + interval '30 minutes'), 0)::int as recent
    from place_minutes where place_id in ${database.sql(ids)} and minute > ${since} group by 1`
  const found = new Map(rows.map(({ placeId, ...taken }) => [placeId, taken]))
  return new Map(ids.map((id) => [id, found.get(id) ?? { counted: 0, open: 0, recent: 0 }]))
}

/** Forgets device marks after two days and the budget's minutes after two hours. */
export async function forgetPassing(database: Database, now: Date): Promise<void> {
  const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
  await database.sql`delete from device_marks where minute < ${before(48)}`
  await database.sql`delete from place_minutes where minute < ${before(2)}`
}

import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { PlaceId, ResponseId } from '../../server/catalogue/contract.ts'
import {
  type DecisionLine,
  leastSameAnswers,
  leastSameHour,
  type Pattern,
  type PatternGroup,
  veryFastSeconds,
} from '../../server/review/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import type { CountableResponse, Reason } from '../../server/tallies/contract.ts'
import type { Database } from '../client.ts'
import { responses } from '../respond/tables.ts'
import { matches, type Selection } from '../tallies/slices.ts'

/** Names a run without spelling its answers or its hour out. */
const answersMark = "left(md5(version_id || '|' || answers), 16)"
const hourMark = "left(md5(version_id || '|' || answers || '|' || date_trunc('hour', received_at)::text), 16)"

const mostGroups = 300

type Question = { from: string; to: string; placeIds: PlaceId[] }

/** What was set aside, by place, day, reason and channel, and runs of identical answers in it. Newest day first. */
export async function groupSetAside(database: Database, { from, to, placeIds }: Question): Promise<PatternGroup[]> {
  const { sql } = database
  return sql<PatternGroup[]>`
    with found as (
      select *, ${sql.unsafe(answersMark)} as mark from responses
      where standing = 'set_aside' and day between ${from} and ${to} and place_id = any(${placeIds}::int2[]))
    select place_id as "placeId", day::text as day, reason as sign, channel::text as channel, wave_id <> 0 as "inWave",
      null as mark, count(*)::int as count, array[channel::text] as channels
    from found group by place_id, day, reason, channel, wave_id <> 0
    union all
    select place_id, day::text, 'same_answers', null, wave_id <> 0, mark, count(*)::int, array_agg(distinct channel::text)
    from found group by place_id, day, mark, wave_id <> 0 having count(*) >= ${leastSameAnswers}
    order by day desc, "placeId", count desc, sign, mark limit ${mostGroups}`
}

/** Counted responses that share something unusual: runs of identical full answers within an hour, very fast ones. */
export async function groupSuspicious(database: Database, { from, to, placeIds }: Question): Promise<PatternGroup[]> {
  const { sql } = database
  return sql<PatternGroup[]>`
    with found as (
      select *, ${sql.unsafe(hourMark)} as mark from responses
      where standing = 'counted' and day between ${from} and ${to} and place_id = any(${placeIds}::int2[]))
    select place_id as "placeId", day::text as day, 'same_hour' as sign, null as channel, wave_id <> 0 as "inWave",
      mark, count(*)::int as count, array_agg(distinct channel::text) as channels
    from found where answers !~ '-' group by place_id, day, mark, wave_id <> 0 having count(*) >= ${leastSameHour}
    union all
    select place_id, day::text, 'very_fast', channel::text, wave_id <> 0, null, count(*)::int, array[channel::text]
    from found where seconds <= ${veryFastSeconds} group by place_id, day, channel, wave_id <> 0
    order by day desc, "placeId", count desc, sign, mark limit ${mostGroups}`
}

export type PatternResponse = CountableResponse & { id: ResponseId; reason: Reason | null; morning: boolean }

/** The responses of a pattern; inside a transaction, locked so that nobody else decides about them meanwhile. */
export async function readPattern(query: PostgresJsDatabase, pattern: Pattern): Promise<PatternResponse[]> {
  return query.select(responseColumns).from(responses).where(matchesPattern(pattern))
}

/** An ISO time, as the writer hands it to the tallies. */
const isoTime = sql<string>`to_char(${responses.receivedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

export const responseColumns = {
  placeId: responses.placeId,
  id: sql<ResponseId>`${responses.id}`,
  day: responses.day,
  versionId: responses.versionId,
  fieldId: responses.fieldId,
  serviceMode: responses.serviceMode,
  channel: responses.channel,
  provenance: responses.provenance,
  respondent: responses.respondent,
  standing: responses.standing,
  waveId: responses.waveId,
  stratumId: responses.stratumId,
  answers: responses.answers,
  extras: responses.extras,
  seconds: responses.seconds,
  receivedAt: isoTime,
  reason: responses.reason,
  morning: sql<boolean>`extract(hour from ${responses.receivedAt} at time zone 'Asia/Ho_Chi_Minh') < 12`,
}

export function matchesPattern({ placeId, day, sign, channel, inWave, mark }: Pattern): SQL | undefined {
  const wave = sql`(${responses.waveId} <> 0) = ${inWave}`
  const here = and(eq(responses.placeId, placeId), eq(responses.day, day), wave)
  const standing = (value: 'counted' | 'set_aside') => eq(responses.standing, value)
  if (sign === 'same_answers') return and(here, standing('set_aside'), sql`${sql.raw(answersMark)} = ${mark}`)
  if (sign === 'same_hour')
    return and(here, standing('counted'), sql`${sql.raw(hourMark)} = ${mark}`, sql`${responses.answers} !~ '-'`)
  const through = channel ? eq(responses.channel, channel) : sql`false`
  if (sign === 'very_fast') return and(here, through, standing('counted'), lte(responses.seconds, veryFastSeconds))
  return and(here, through, standing('set_aside'), eq(responses.reason, sign))
}

export type StandingSums = { key: string; standing: 'counted' | 'set_aside'; received: number; sums: Sums }

/** Per place or field and standing, both days included. Set-aside responses have their tallies like counted ones. */
export async function tallyByStanding(
  database: Database,
  by: 'place' | 'field',
  selection: Selection,
  { from, to }: { from: string; to: string },
): Promise<StandingSums[]> {
  const { sql } = database
  const sums = sql.unsafe(`array[${[1, 2, 3, 4, 5, 6, 7].map((index) => `sum(moments[${index}])`)}]`)
  return sql<StandingSums[]>`
    select ${sql.unsafe(by === 'place' ? 'place_id' : 'field_id')}::text as key, standing,
      sum(received)::int as received, ${sums} as sums
    from cells where day between ${from} and ${to} and ${matches(sql, selection)} group by 1, 2 order by 1, 2`
}

/** How many responses of a day were set aside: all that is said about a day that is not over. */
export async function countSetAside(database: Database, day: string, placeIds: PlaceId[]): Promise<number> {
  const [row] = await database.sql<{ count: number }[]>`
    select coalesce(sum(received), 0)::int as count from cells
    where day = ${day} and standing = 'set_aside' and place_id = any(${placeIds}::int2[])`
  return row?.count ?? 0
}

/** The newest decisions about these places; without a place's code, which the caller knows. */
export async function readDecisions(database: Database, placeIds: PlaceId[], most: number) {
  return database.sql<(Omit<DecisionLine, 'place'> & { placeId: PlaceId })[]>`
    select decision::text as decision, standing_changes.place_id as "placeId", day::text as day, count(*)::int as count,
      bool_and(to_reason is null) as restored, min(changed_by) as by, min(changed_at)::text as at, min(why) as why
    from standing_changes join responses on responses.place_id = standing_changes.place_id and responses.id = response_id
    where standing_changes.place_id = any(${placeIds}::int2[])
    group by decision, standing_changes.place_id, day order by min(standing_changes.id) desc limit ${most}`
}

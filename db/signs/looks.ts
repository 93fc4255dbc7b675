import { and, between, eq, isNull, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Found, Seen } from '../../server/signs/contract.ts'
import { places } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { seeEverything } from '../connection/settings.ts'
import { comments, responses } from '../respond/tables.ts'
import { visits } from '../visits/tables.ts'
import { signDays, signMembers, signPatterns } from './tables.ts'

/** A response with its answers as stored; its levels are the rules' reading of them. */
export type SeenRow = Omit<Required<Seen>, 'levels'> & { answers: string }

/** A page's id is a UUIDv7 whose time is believed where it gave the answering time; a capped one says nothing. */
const given = sql`(to_timestamp((('x' || left(replace(${responses.id}::text, '-', ''), 12))::bit(48)::bigint) / 1000.0)
  + ${responses.seconds} * interval '1 second')`
const isGivenThatDay = sql`${responses.seconds} < 3600 and (${given} at time zone 'Asia/Ho_Chi_Minh')::date = ${responses.day}`
/** A tablet's page is made ahead of its person: when it was given is kept with what came late, on its own day. */
const ofTablet = sql`case when (${responses.givenAt} at time zone 'Asia/Ho_Chi_Minh')::date = ${responses.day}
  then ${responses.givenAt} else ${responses.receivedAt} end`
const local = sql`(case when ${responses.provenance} = 'kiosk' then ${ofTablet}
  when ${isGivenThatDay} then ${given} else ${responses.receivedAt} end) at time zone 'Asia/Ho_Chi_Minh'`
/** Minute of the day, 0-1439, in which it was given: a tablet's outbox may send an hour's answers at once. */
const localMinute = sql<number>`(extract(hour from ${local}) * 60 + extract(minute from ${local}))::int`.as('minute')

const rowsAtOnce = 2000

/**
 * A place's counted answers of some closed days that no pattern holds, or one that was kept, waves apart. Both days
 * included. Were the kept left out, an office that closes later would be proposed anew every night. A busy place has
 * hundreds of thousands in a quarter: they are taken as they come, and what many of them share is kept once.
 */
export async function readSeen(database: Database, placeId: PlaceId, from: string, to: string): Promise<SeenRow[]> {
  const { sql: text, params } = selectSeen(database, placeId, from, to).toSQL()
  return database.sql.begin(async (transaction) => {
    // Comments are guarded by row; the signs read those of every agency and show none.
    await transaction.unsafe(seeEverything)
    const [seen, shared] = [[] as SeenRow[], new Map<string, string>()]
    const rows = transaction.unsafe<StoredRow[]>(text, params as string[])
    for await (const some of rows.cursor(rowsAtOnce)) for (const row of some) seen.push(keepRow(row, shared))
    return seen
  })
}

type StoredRow = Omit<SeenRow, 'comment'> & { body: string | null }

function keepRow({ day, provenance, answers, body, ...row }: StoredRow, shared: Map<string, string>): SeenRow {
  const once = <T extends string>(value: T): T => {
    const known = shared.get(value)
    if (known === undefined) shared.set(value, value)
    return (known ?? value) as T
  }
  return { ...row, day: once(day), provenance: once(provenance), answers: once(answers), comment: body }
}

const selectSeen = ({ query }: Database, placeId: PlaceId, from: string, to: string) =>
  query
    .select({
      id: responses.id,
      day: responses.day,
      provenance: responses.provenance,
      answers: responses.answers,
      minute: localMinute,
      seconds: responses.seconds,
      body: comments.body,
      settled: sql<boolean>`${signMembers.patternId} is not null`.as('settled'),
    })
    .from(responses)
    .leftJoin(comments, and(eq(comments.placeId, responses.placeId), eq(comments.responseId, responses.id)))
    .leftJoin(signMembers, and(eq(signMembers.placeId, responses.placeId), eq(signMembers.responseId, responses.id)))
    .leftJoin(signPatterns, eq(signPatterns.id, signMembers.patternId))
    .where(
      and(
        ...[eq(responses.placeId, placeId), between(responses.day, from, to), eq(responses.standing, 'counted')],
        ...[eq(responses.waveId, 0), or(isNull(signMembers.patternId), eq(signPatterns.state, 'kept'))],
      ),
    )

export type AroundRow = Omit<SeenRow, 'comment' | 'id' | 'settled'> & { patternId: number | null }

/** What stands around a pattern: its own responses, however they stand by now, and all counted ones of those days. */
export async function readAround(
  database: Database,
  { id, placeId, from, to }: { id: number; placeId: PlaceId; from: string; to: string },
): Promise<AroundRow[]> {
  const isCounted = eq(responses.standing, 'counted')
  return database.query
    .select({
      day: responses.day,
      provenance: responses.provenance,
      answers: responses.answers,
      minute: localMinute,
      seconds: responses.seconds,
      patternId: signMembers.patternId,
    })
    .from(responses)
    .leftJoin(signMembers, and(eq(signMembers.placeId, responses.placeId), eq(signMembers.responseId, responses.id)))
    .where(
      and(
        ...[eq(responses.placeId, placeId), between(responses.day, from, to), eq(responses.waveId, 0)],
        or(isCounted, eq(signMembers.patternId, id)),
      ),
    )
}

/** Visits of a place by day, where its days are counted. */
export async function readDailyVisits(database: Database, placeId: PlaceId, from: string, to: string) {
  const rows = await database.query
    .select({ day: visits.day, count: sql<number>`sum(${visits.count})::int` })
    .from(visits)
    .where(and(eq(visits.placeId, placeId), eq(visits.period, 'day'), between(visits.day, from, to)))
    .groupBy(visits.day)
  return new Map(rows.map(({ day, count }) => [day, count]))
}

/** The newest day that was looked at; null before the first. */
export async function findLastSignDay(database: Database): Promise<string | null> {
  const [row] = await database.query.select({ day: sql<string | null>`max(${signDays.day})::text` }).from(signDays)
  return row?.day ?? null
}

export type PlaceFindings = { placeId: PlaceId; findings: Found[]; capacity: number | null }

/** What a day's look found, all at once. False, and nothing changed, where another process has looked at it already. */
export async function recordSigns(database: Database, day: string, found: PlaceFindings[]): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [first] = await transaction.insert(signDays).values({ day }).onConflictDoNothing().returning()
    if (!first) return false
    for (const { placeId, findings, capacity } of found) {
      await transaction.update(places).set({ mostPerHalfHour: capacity }).where(eq(places.id, placeId))
      await addPatterns(transaction, placeId, findings)
    }
    return true
  })
}

/**
 * Adds the patterns of a place and gives how many are new: one that shares a response with a pattern which another look
 * has added meanwhile is left out.
 */
async function addPatterns(transaction: PostgresJsDatabase, placeId: PlaceId, findings: Found[]) {
  if (findings.length === 0) return 0
  await transaction.execute(sql`lock table sign_members in share row exclusive mode`)
  const taken = await readTaken(transaction, placeId, findings)
  const fresh = findings.filter(({ members }) => !members.some((id) => taken.has(id)))
  for (const { members, ...finding } of fresh) {
    const [pattern] = await transaction
      .insert(signPatterns)
      .values({ ...finding, placeId })
      .returning({ id: signPatterns.id })
    const patternId = (pattern as { id: number }).id
    await transaction.insert(signMembers).values(members.map((responseId) => ({ patternId, placeId, responseId })))
  }
  return fresh.length
}

/** What a look that somebody asked for found at one place. */
export const addFound = (database: Database, placeId: PlaceId, findings: Found[]): Promise<number> =>
  database.query.transaction((transaction) => addPatterns(transaction, placeId, findings))

async function readTaken(transaction: PostgresJsDatabase, placeId: PlaceId, findings: Found[]): Promise<Set<string>> {
  const ids = findings.flatMap(({ members }) => members)
  const rows = await transaction
    .select({ id: signMembers.responseId })
    .from(signMembers)
    .where(and(eq(signMembers.placeId, placeId), sql`${signMembers.responseId} = any(${`{${ids}}`}::uuid[])`))
  return new Set(rows.map(({ id }) => id))
}

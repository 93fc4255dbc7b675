import { and, between, eq, inArray, sql } from 'drizzle-orm'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Finding, Seen } from '../../server/review/signs/contract.ts'
import { places } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { comments, responses } from '../respond/tables.ts'
import { withinScope } from '../staff/scope.ts'
import { visits } from '../visits/tables.ts'
import { signDays, signMembers, signPatterns } from './tables.ts'

/** A response with its answers as stored; its levels are the rules' reading of them. */
export type SeenRow = Omit<Seen, 'levels'> & { answers: string }

/** A place's counted answers of some closed days that no pattern holds, waves apart. Both days included. */
export async function readSeen(database: Database, placeId: PlaceId, from: string, to: string): Promise<SeenRow[]> {
  const local = sql`${responses.receivedAt} at time zone 'Asia/Ho_Chi_Minh'`
  // Comments are guarded by row; the signs read those of every agency and show none.
  return withinScope(database, 'all', (transaction) =>
    transaction
      .select({
        id: responses.id,
        day: responses.day,
        provenance: responses.provenance,
        answers: responses.answers,
        minute: sql<number>`(extract(hour from ${local}) * 60 + extract(minute from ${local}))::int`,
        seconds: responses.seconds,
        comment: comments.body,
      })
      .from(responses)
      .leftJoin(comments, and(eq(comments.placeId, responses.placeId), eq(comments.responseId, responses.id)))
      .leftJoin(signMembers, and(eq(signMembers.placeId, responses.placeId), eq(signMembers.responseId, responses.id)))
      .where(
        and(
          ...[eq(responses.placeId, placeId), between(responses.day, from, to), eq(responses.standing, 'counted')],
          ...[eq(responses.waveId, 0), sql`${signMembers.patternId} is null`],
        ),
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

export type PlaceFindings = { placeId: PlaceId; findings: Finding[]; capacity: number | null }

/** What a day's look found, all at once. False, and nothing changed, where another process has looked at it already. */
export async function recordSigns(database: Database, day: string, found: PlaceFindings[]): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [first] = await transaction.insert(signDays).values({ day }).onConflictDoNothing().returning()
    if (!first) return false
    for (const { placeId, findings, capacity } of found) {
      await transaction.update(places).set({ mostPerHalfHour: capacity }).where(eq(places.id, placeId))
      for (const { members, ...finding } of findings) {
        const [pattern] = await transaction
          .insert(signPatterns)
          .values({ ...finding, placeId })
          .returning({ id: signPatterns.id })
        const patternId = (pattern as { id: number }).id
        await transaction.insert(signMembers).values(members.map((responseId) => ({ patternId, placeId, responseId })))
      }
    }
    return true
  })
}

/** How many patterns of these places wait to be decided: until then their indicators say so. */
export async function countPendingSigns(database: Database, placeIds: PlaceId[], from: string, to: string) {
  if (placeIds.length === 0) return 0
  const [row] = await database.query
    .select({ count: sql<number>`count(*)::int` })
    .from(signPatterns)
    .where(
      and(
        ...[inArray(signPatterns.placeId, placeIds), eq(signPatterns.state, 'pending')],
        sql`${signPatterns.from} <= ${to} and ${signPatterns.to} >= ${from}`,
      ),
    )
  return row?.count ?? 0
}

import { and, desc, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Pattern } from '../../server/review/contract.ts'
import type { AuditEntry } from '../../server/staff/contract.ts'
import type { Reason } from '../../server/tallies/contract.ts'
import type { Database } from '../client.ts'
import { responses } from '../respond/tables.ts'
import { signPatterns } from '../signs/tables.ts'
import { recordAudit } from '../staff/audit.ts'
import { moveResponses, type NewDecision, type ReviewCounting, waitForMonths } from './move.ts'
import { matchesPattern, type PatternResponse, responseColumns } from './review.ts'
import { standingChanges } from './tables.ts'

export type PatternDecision = {
  pattern: Pattern
  toReason: Reason | null
  choose: (found: PatternResponse[]) => PatternResponse[]
  isAsPreviewed: (chosen: PatternResponse[]) => boolean
  counting: ReviewCounting
  decision: NewDecision
  describe: (count: number) => AuditEntry
}

/**
 * Gives the chosen responses of a pattern another standing, all at once: responses, their history, both tallies, the
 * months made of them, the audit log. False, and nothing changed, when `isAsPreviewed` refuses what
 * the lock found.
 */
export async function decidePattern(
  database: Database,
  { pattern, toReason, choose, isAsPreviewed, counting, decision, describe }: PatternDecision,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    await waitForMonths(transaction)
    const found = await transaction
      .select(responseColumns)
      .from(responses)
      .where(matchesPattern(pattern))
      .for('no key update')
    const chosen = choose(found)
    if (chosen.length === 0 || !isAsPreviewed(chosen)) return false
    await moveResponses(
      transaction,
      chosen.map((response) => ({ ...response, toReason })),
      counting,
      decision,
    )
    await recordAudit(transaction, describe(chosen.length))
    return true
  })
}

export type DecisionUndone = {
  undone: string
  counting: ReviewCounting
  decision: NewDecision
  describe: (count: number) => AuditEntry
}

/** Gives every response of a decision back what it had. False when one of them was decided about again since. */
export async function undoDecision(
  database: Database,
  { undone, counting, decision, describe }: DecisionUndone,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    await waitForMonths(transaction)
    const found = await transaction
      .select({ ...responseColumns, fromReason: standingChanges.fromReason, changeId: standingChanges.id })
      .from(standingChanges)
      .innerJoin(responses, isItsResponse)
      .where(eq(standingChanges.decision, undone))
      .for('no key update', { of: responses })
    if (found.length === 0 || (await countLater(transaction, undone)) > 0) return false
    const moves = found.map(({ fromReason, changeId: _, ...response }) => ({ ...response, toReason: fromReason }))
    await moveResponses(transaction, moves, counting, decision)
    await waitAgain(transaction, undone)
    await recordAudit(transaction, describe(moves.length))
    return true
  })
}

/** A pattern whose decision is taken back waits to be decided again. */
const waitAgain = (transaction: PostgresJsDatabase, undone: string) =>
  transaction
    .update(signPatterns)
    .set({ state: 'pending', why: null, decidedBy: null, decidedAt: null, decision: null })
    .where(eq(signPatterns.decision, undone))

export type ReadDecision = {
  placeId: PlaceId
  /** Its responses' first and last day. */
  from: string
  to: string
  inWave: boolean
  responses: PatternResponse[]
  /** One of them, for all: a decision moves everything to one standing. */
  change: Omit<typeof standingChanges.$inferSelect, 'id'>
  /** Responses that a later decision moved again, and that decision. */
  later: { count: number; decision: string | null }
}

/** A decision with its responses as they stand now; undefined when there is none. */
export async function findDecision(database: Database, id: string): Promise<ReadDecision | undefined> {
  const rows = await database.query
    .select({ response: responseColumns, change: standingChanges })
    .from(standingChanges)
    .innerJoin(responses, isItsResponse)
    .where(eq(standingChanges.decision, id))
  const [first] = rows
  if (!first) return undefined
  const [latest] = await laterChanges(database.query, id).orderBy(desc(standingChanges.id)).limit(1)
  const { placeId, waveId } = first.response
  const days = rows.map(({ response }) => response.day).sort()
  return {
    placeId,
    from: days[0] as string,
    to: days.at(-1) as string,
    inWave: waveId !== 0,
    change: first.change,
    responses: rows.map(({ response }) => response),
    later: { count: await countLater(database.query, id), decision: latest?.decision ?? null },
  }
}

const isItsResponse = and(eq(responses.placeId, standingChanges.placeId), eq(responses.id, standingChanges.responseId))

const laterChanges = (query: PostgresJsDatabase, decision: string) =>
  query
    .select({ decision: standingChanges.decision })
    .from(standingChanges)
    .where(sql`exists (select from standing_changes before where before.decision = ${decision}
      and before.place_id = ${standingChanges.placeId} and before.response_id = ${standingChanges.responseId}
      and before.id < ${standingChanges.id})`)

const countLater = async (query: PostgresJsDatabase, decision: string): Promise<number> =>
  (await laterChanges(query, decision)).length

import { and, eq } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { PatternState } from '../../server/signs/contract.ts'
import type { AuditEntry } from '../../server/staff/contract.ts'
import type { Database } from '../client.ts'
import { responses } from '../respond/tables.ts'
import type { SignPattern } from '../signs/patterns.ts'
import { signMembers, signPatterns } from '../signs/tables.ts'
import { recordAudit } from '../staff/audit.ts'
import { moveResponses, type NewDecision, type ReviewCounting, waitForMonths } from './move.ts'
import { type PatternResponse, responseColumns } from './review.ts'

/** The responses of a pattern a sign found, as they stand now. */
export const readSignMembers = (query: PostgresJsDatabase, patternId: number) =>
  query
    .select(responseColumns)
    .from(signMembers)
    .innerJoin(responses, and(eq(responses.placeId, signMembers.placeId), eq(responses.id, signMembers.responseId)))
    .where(eq(signMembers.patternId, patternId))

export type SignDecision = NewDecision & {
  patternId: number
  state: Exclude<PatternState, 'pending'>
  /** Whether the responses are still as they were shown; they are locked when it is asked. */
  isAsShown: (found: PatternResponse[]) => boolean
  describe: (moved: number) => AuditEntry
}

/**
 * Decides about a pattern that waits, as a whole: what is set aside of it takes the way of every change of standing, what
 * is kept stays as it is. False, and nothing changed, where somebody was faster or the responses have changed.
 */
export async function decideSignPattern(
  database: Database,
  { patternId, state, isAsShown, describe, ...decision }: SignDecision,
  counting: ReviewCounting,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    await waitForMonths(transaction)
    if (!(await lockPattern(transaction, patternId, 'pending'))) return false
    const found = await readSignMembers(transaction, patternId).for('no key update', { of: responses })
    const counted = found.filter(({ standing }) => standing === 'counted')
    if (!isAsShown(found) || (state === 'set_aside' && counted.length === 0)) return false
    if (state === 'set_aside') {
      const moves = counted.map((response) => ({ ...response, toReason: 'reviewed' as const }))
      await moveResponses(transaction, moves, counting, decision)
    }
    const decided = { state, why: decision.why, decidedBy: decision.actor, decidedAt: new Date().toISOString() }
    await transaction
      .update(signPatterns)
      .set({ ...decided, decision: state === 'set_aside' ? decision.id : null })
      .where(eq(signPatterns.id, patternId))
    await recordAudit(transaction, describe(counted.length))
    return true
  })
}

/** A pattern that was kept waits again. False where it is not kept any more. */
export async function reopenSignPattern(database: Database, patternId: number, entry: AuditEntry): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    if (!(await lockPattern(transaction, patternId, 'kept'))) return false
    await transaction
      .update(signPatterns)
      .set({ state: 'pending', why: null, decidedBy: null, decidedAt: null })
      .where(eq(signPatterns.id, patternId))
    await recordAudit(transaction, entry)
    return true
  })
}

async function lockPattern(
  transaction: PostgresJsDatabase,
  patternId: number,
  state: PatternState,
): Promise<SignPattern | undefined> {
  const [row] = await transaction
    .select()
    .from(signPatterns)
    .where(and(eq(signPatterns.id, patternId), eq(signPatterns.state, state)))
    .for('update')
  return row
}

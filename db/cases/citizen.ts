import { and, desc, eq, isNull } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { CitizenCase, DataRequestKind } from '../../server/cases/citizen-contract.ts'
import type { Database } from '../client.ts'
import { dayOfInstant } from '../day-of-instant.ts'
import { comments } from '../respond/tables.ts'
import { withinReceipt, withinScope } from '../staff/scope.ts'
import { callbacks, cases, rightsRequests } from './tables.ts'

/** What the holder of a receipt may know of its case; null where it opened none. */
export async function findCitizenCase(database: Database, receipt: string): Promise<CitizenCase | null> {
  return withinReceipt(database, receipt, async (transaction) => {
    const { state, day, dueOn, agencyId, reply } = cases
    const days = { answeredOn: dayOfInstant(cases.answeredAt), closedOn: dayOfInstant(cases.closedAt) }
    const [found] = await transaction
      .select({ state, day, dueOn, agencyId, reply, ...days })
      .from(cases)
      .where(eq(cases.receipt, receipt))
    return found ? { ...found, ...settled(found), requests: await readRequests(transaction, receipt) } : null
  })
}

/** A case that was taken up again keeps its old answer, which no longer stands. */
function settled({
  state,
  reply,
  answeredOn,
  closedOn,
}: Pick<CitizenCase, 'state' | 'reply' | 'answeredOn' | 'closedOn'>) {
  const isSettled = state === 'answered' || state === 'closed'
  return {
    reply: isSettled ? reply : null,
    answeredOn: isSettled && reply !== null ? answeredOn : null,
    closedOn: state === 'closed' ? closedOn : null,
  }
}

const readRequests = (transaction: PostgresJsDatabase, receipt: string) =>
  transaction
    .select({
      kind: rightsRequests.kind,
      askedOn: rightsRequests.askedOn,
      dueOn: rightsRequests.dueOn,
      doneOn: dayOfInstant(rightsRequests.doneAt),
    })
    .from(rightsRequests)
    .where(eq(rightsRequests.receipt, receipt))
    .orderBy(desc(rightsRequests.id))

export type Callback = { sealed: string; consent: string; at: string }

/** What a citizen asks for beside the answer; praise becomes a case to be answered by `dueOn`. */
export type LeftByCitizen = { callback: Callback | null; restrict: boolean; urgent: boolean; dueOn: string }

/**
 * Keeps a telephone number in the place of the one before, and takes the case past its agency, or shows it at once, where that was asked.
 * The row is locked first: a case that closes meanwhile leaves no number behind. The scope is the whole commune,
 * because a receipt alone does not open the comment, which must be as restricted as its case.
 */
export async function leaveCallback(
  database: Database,
  receipt: string,
  { callback, restrict, urgent, dueOn }: LeftByCitizen,
): Promise<'kept' | 'closed' | 'unknown'> {
  return withinScope(database, 'all', async (transaction) => {
    const [found] = await transaction.select().from(cases).where(eq(cases.receipt, receipt)).for('update')
    if (!found) return 'unknown'
    if (found.state === 'closed') return 'closed'
    if (found.kind === 'praise') await followCase(transaction, found.id, dueOn)
    if (restrict && !found.restricted) await restrictCase(transaction, found)
    if (urgent) await transaction.update(cases).set({ urgent: true }).where(eq(cases.id, found.id))
    if (callback) await keepCallback(transaction, { ...found, restricted: found.restricted || restrict }, callback)
    return 'kept'
  })
}

async function followCase(transaction: PostgresJsDatabase, id: number, dueOn: string): Promise<void> {
  await transaction.update(cases).set({ kind: 'comment', dueOn }).where(eq(cases.id, id))
}

/** Whoever of the agency had taken the case no longer holds it. */
async function restrictCase(transaction: PostgresJsDatabase, one: typeof cases.$inferSelect): Promise<void> {
  const { id, state, placeId, responseId } = one
  const released = state === 'assigned' ? { state: 'new' as const } : {}
  await transaction
    .update(cases)
    .set({ restricted: true, ownerId: null, ...released })
    .where(eq(cases.id, id))
  await transaction
    .update(comments)
    .set({ restricted: true })
    .where(and(eq(comments.placeId, placeId), eq(comments.responseId, responseId)))
}

async function keepCallback(
  transaction: PostgresJsDatabase,
  { id: caseId, agencyId, restricted, receipt }: typeof cases.$inferSelect,
  callback: Callback,
): Promise<void> {
  const kept = { sealed: callback.sealed, consent: callback.consent, consentedAt: callback.at, erasedAt: null }
  await transaction
    .insert(callbacks)
    .values({ ...kept, caseId, agencyId, restricted, receipt })
    .onConflictDoUpdate({ target: callbacks.caseId, set: kept })
}

/**
 * Takes up a request about the own data, unless one of its kind waits already. False where the receipt opened no case.
 * The lock on the case makes parallel requests wait for one another.
 */
export async function askAboutData(
  database: Database,
  receipt: string,
  request: { kind: DataRequestKind; askedOn: string; dueOn: string },
): Promise<boolean> {
  return withinReceipt(database, receipt, async (transaction) => {
    const own = eq(cases.receipt, receipt)
    const [found] = await transaction.select({ id: cases.id }).from(cases).where(own).for('update')
    if (!found) return false
    const [waiting] = await transaction
      .select({ id: rightsRequests.id })
      .from(rightsRequests)
      .where(
        and(eq(rightsRequests.receipt, receipt), eq(rightsRequests.kind, request.kind), isNull(rightsRequests.doneAt)),
      )
    if (!waiting) await transaction.insert(rightsRequests).values({ receipt, ...request })
    return true
  })
}

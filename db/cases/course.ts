import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { CaseChange, CaseDetail, Colleague } from '../../server/cases/contract.ts'
import type { AgencyId, Scope } from '../../server/catalogue/contract.ts'
import type { Database } from '../client.ts'
import { comments } from '../respond/tables.ts'
import { recordAudit } from '../staff/audit.ts'
import { withinScope } from '../staff/scope.ts'
import { staff } from '../staff/tables.ts'
import { type CaseReader, isReadable, selectCases } from './cases.ts'
import { handlesCase, listHandlers } from './held.ts'
import { callbacks, caseEvents, cases } from './tables.ts'

/** One case with its course, if this reader may see it at this moment. */
export async function findCase(database: Database, reader: CaseReader, id: number): Promise<CaseDetail | undefined> {
  return withinScope(database, reader.scope, async (transaction) => {
    const [row] = await selectCases(transaction).where(and(eq(cases.id, id), isReadable(reader)))
    if (!row) return undefined
    const [more] = await transaction
      .select({ reply: cases.reply, closedReason: cases.closedReason })
      .from(cases)
      .where(eq(cases.id, id))
    const events = await transaction
      .select({
        id: caseEvents.id,
        at: sql<string>`to_char(${caseEvents.at} at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI')`,
        actor: caseEvents.actor,
        kind: caseEvents.kind,
        note: caseEvents.note,
      })
      .from(caseEvents)
      .where(eq(caseEvents.caseId, id))
      .orderBy(asc(caseEvents.id))
    const [number] = await transaction.select().from(callbacks).where(eq(callbacks.caseId, id))
    const callback = number ? (number.sealed === null ? 'erased' : 'kept') : 'none'
    return { ...row, ...(more as NonNullable<typeof more>), events, callback }
  })
}

/** `seen` and `restricted` as they stood when it was decided that the member may; a citizen restricts without an event. */
export type ChangeBy = { actor: string; at: string; seen: number; restricted: boolean; subject: string }

/**
 * Makes one change with its entry in the course and the audit log, all or nothing; the comment follows its case.
 * `overtaken` where the course has gone on since `seen`: nothing changes. Whether the member may was decided before,
 * on the case as it stood at `seen`; a transfer leaves the member's own scope, so this works on the whole commune.
 */
export async function changeCase(
  database: Database,
  id: number,
  change: CaseChange,
  by: ChangeBy,
): Promise<'changed' | 'overtaken'> {
  const ownerId = change.set.ownerId ?? null
  return withinScope(database, 'all', async (transaction) => {
    if (ownerId !== null) await lockOwner(transaction, ownerId)
    const [one] = await transaction.select().from(cases).where(eq(cases.id, id)).for('update')
    if (one?.restricted !== by.restricted || (await lastEvent(transaction, id)) !== by.seen) return 'overtaken'
    if (ownerId !== null && !(await mayOwn(transaction, ownerId, id))) return 'overtaken'
    await transaction
      .update(cases)
      .set({
        ...change.set,
        ...(change.answered && { answeredAt: by.at }),
        ...(change.closed && { closedAt: by.at }),
        ...(change.event.kind === 'reopened' && { answeredAt: null, closedAt: null }),
      })
      .where(eq(cases.id, id))
    await moveComment(transaction, one, change)
    if (change.erasesNumber) await eraseNumber(transaction, id, by.at)
    const reach = { agencyId: change.set.agencyId ?? one.agencyId, restricted: change.set.restricted ?? one.restricted }
    const event = { ...change.event, caseId: id, at: by.at, actor: by.actor }
    await transaction.insert(caseEvents).values({ ...event, ...reach })
    await recordAudit(transaction, {
      ...change.audit,
      actor: by.actor,
      subject: by.subject,
      agencyId: reach.agencyId,
    })
    return 'changed'
  })
}

/** Before the case, as a change of the account locks them: nobody gets a case who is being stopped. */
async function lockOwner(transaction: PostgresJsDatabase, ownerId: number): Promise<void> {
  await transaction.select({ id: staff.id }).from(staff).where(eq(staff.id, ownerId)).for('share')
}

async function mayOwn(transaction: PostgresJsDatabase, ownerId: number, caseId: number): Promise<boolean> {
  const rows = await transaction
    .select({ id: cases.id })
    .from(cases)
    .innerJoin(staff, eq(staff.id, ownerId))
    .where(and(eq(cases.id, caseId), handlesCase('staff')))
  return rows.length > 0
}

async function lastEvent(transaction: PostgresJsDatabase, id: number): Promise<number> {
  const [row] = await transaction
    .select({ last: sql<number>`coalesce(max(${caseEvents.id}), 0)::int` })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, id))
  return row?.last ?? 0
}

/** Comments carry their case's agency and restriction: row-level security reads them there. */
async function moveComment(transaction: PostgresJsDatabase, one: typeof cases.$inferSelect, { set }: CaseChange) {
  const moved = {
    ...(set.agencyId !== undefined && { agencyId: set.agencyId }),
    ...(set.restricted !== undefined && { restricted: set.restricted }),
  }
  if (Object.keys(moved).length === 0) return
  await transaction
    .update(comments)
    .set(moved)
    .where(and(eq(comments.placeId, one.placeId), eq(comments.responseId, one.responseId)))
}

async function eraseNumber(transaction: PostgresJsDatabase, caseId: number, at: string): Promise<void> {
  await transaction
    .update(callbacks)
    .set({ sealed: null, erasedAt: at })
    .where(and(eq(callbacks.caseId, caseId), isNotNull(callbacks.sealed)))
}

export type Reveal = {
  one: { id: number; ownerId: number; agencyId: AgencyId }
  what: 'comment' | 'number'
  by: { actor: string; subject: string }
}

/** Notes that the owner reads the raw comment, or the sealed number which is handed back; both or neither. */
export async function recordReveal(
  database: Database,
  scope: Scope,
  { one, what, by }: Reveal,
): Promise<{ sealed: string | null } | undefined> {
  return withinScope(database, scope, async (transaction) => {
    // Locked, so that a number is not handed out beside the closing that erases it.
    const [own] = await transaction
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(cases.id, one.id), eq(cases.ownerId, one.ownerId)))
      .for('update')
    if (!own) return undefined
    const [number] = await transaction.select().from(callbacks).where(eq(callbacks.caseId, one.id))
    if (what === 'number' && !number?.sealed) return undefined
    const action = what === 'number' ? 'case.view_number' : 'case.unmask'
    await recordAudit(transaction, { ...by, action, agencyId: one.agencyId })
    return { sealed: number?.sealed ?? null }
  })
}

/** Who may be given a case: the agency's handlers; a restricted one only the commune's leaders. */
export const readColleagues = (
  { query }: Database,
  one: { agencyId: AgencyId; restricted: boolean },
): Promise<Colleague[]> => listHandlers(query, one)

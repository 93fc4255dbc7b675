import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { withinScope } from '../staff/scope.ts'
import { type CaseReader, isReadable } from './cases.ts'
import { caseEvents, cases } from './tables.ts'

export type Thanks = {
  ids: number[]
  reply: string
  by: { id: number; actor: string; at: string; subject: (id: number) => string }
}

/**
 * Answers those of the given that are still praise waiting for thanks and in the reader's sight, each with its entry in
 * the course and the audit log. Returns how many: what somebody else was faster with is left as it is.
 */
export async function thankPraise(database: Database, reader: CaseReader, { ids, reply, by }: Thanks): Promise<number> {
  return withinScope(database, reader.scope, async (transaction) => {
    const waiting = and(inArray(cases.id, ids), eq(cases.kind, 'praise'), eq(cases.state, 'new'), isReadable(reader))
    const found = await transaction
      .select({ id: cases.id, agencyId: cases.agencyId, restricted: cases.restricted })
      .from(cases)
      .where(waiting)
      .orderBy(asc(cases.id))
      .for('update')
    if (found.length === 0) return 0
    const own = inArray(
      cases.id,
      found.map(({ id }) => id),
    )
    await transaction.update(cases).set({ state: 'answered', reply, ownerId: by.id, answeredAt: by.at }).where(own)
    const entry = { at: by.at, actor: by.actor, kind: 'replied', note: reply }
    await transaction
      .insert(caseEvents)
      .values(found.map(({ id, agencyId, restricted }) => ({ caseId: id, agencyId, restricted, ...entry })))
    const line = {
      actor: by.actor,
      action: 'case.reply' as const,
      before: { state: 'new' },
      after: { state: 'answered' },
    }
    await recordAudit(transaction, ...found.map(({ id, agencyId }) => ({ ...line, subject: by.subject(id), agencyId })))
    return found.length
  })
}

import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { recordAudit } from './audit.ts'
import { hashToken } from './members.ts'
import { withinScope } from './scope.ts'
import { auditLog, sessions, staff } from './tables.ts'

/** A member's own new password; every other session ends. */
export async function changePassword(
  database: Database,
  member: { id: number; username: string },
  passwordHash: string,
  token: string,
): Promise<void> {
  const { id, username } = member
  await database.query.transaction(async (transaction) => {
    await transaction.update(staff).set({ passwordHash }).where(eq(staff.id, id))
    await transaction.delete(sessions).where(and(eq(sessions.staffId, id), ne(sessions.tokenHash, hashToken(token))))
    await recordAudit(transaction, { actor: username, action: 'account.password', subject: username })
  })
}

/** The same words in a newer hash: only in place of the hash they were compared with, and nobody's change to log. */
export async function renewPassword(
  database: Database,
  member: { id: number; passwordHash: string | null },
  newer: string,
): Promise<void> {
  const isSame = and(eq(staff.id, member.id), eq(staff.passwordHash, member.passwordHash ?? ''))
  await database.query.update(staff).set({ passwordHash: newer }).where(isSame)
}

/** Whether a member ever chose the own password; otherwise whoever installed the application did. */
export function hasChangedPassword(database: Database, username: string): Promise<boolean> {
  const isChoice = inArray(auditLog.action, ['account.password', 'account.accept'])
  return withinScope(database, 'all', async (transaction) => {
    const rows = await transaction
      .select({ id: auditLog.id })
      .from(auditLog)
      .where(and(eq(auditLog.subject, username), isChoice))
      .limit(1)
    return rows.length > 0
  })
}

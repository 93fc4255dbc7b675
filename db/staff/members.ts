import { createHash } from 'node:crypto'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AuditEntry, KeyScope } from '../../server/staff/contract.ts'
import type { Database } from '../client.ts'
import { recordAudit } from './audit.ts'
import { apiKeys, invitations, knownBrowsers, recoveryCodes, sessions, staff } from './tables.ts'

/** The first administrator. True when this call made the account, false when it was there. */
export async function createAdministrator(
  database: PostgresJsDatabase,
  username: string,
  passwordHash: string,
): Promise<boolean> {
  const rows = await database
    .insert(staff)
    .values({ username, displayName: 'Quản trị hệ thống', passwordHash, role: 'administrator' })
    .onConflictDoNothing()
    .returning({ id: staff.id })
  return rows.length > 0
}

export async function hasStaffMember(database: PostgresJsDatabase, username: string): Promise<boolean> {
  return (await database.select({ id: staff.id }).from(staff).where(eq(staff.username, username))).length > 0
}

export async function findStaffMember(database: Database, username: string) {
  const [member] = await database.query.select().from(staff).where(eq(staff.username, username))
  return member
}

/** Sets a new password, takes the second factor off and ends every session of the account. False when there is no such account. */
export async function resetAdministrator(
  database: PostgresJsDatabase,
  username: string,
  passwordHash: string,
  takeBack: TakeBack,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const [member] = await transaction
      .update(staff)
      .set({ ...freshSignIn, passwordHash, role: 'administrator', disabled: false })
      .where(eq(staff.username, username))
      .returning({ id: staff.id })
    if (!member) return false
    await forgetWaysIn(transaction, member.id)
    await recordAudit(transaction, { actor: 'system', action: 'account.reset', subject: username })
    await takeBack(transaction, 'system', member.id)
    return true
  })
}

/** Nothing left of earlier failures and of the second factor. */
export const freshSignIn = {
  failedSignIns: 0,
  nextSignInAt: null,
  totpSecret: null,
  totpConfirmedAt: null,
  totpLastStep: null,
}

/** Ends every session of a member, and forgets browsers, recovery codes and links not used yet. */
export async function forgetWaysIn(transaction: PostgresJsDatabase, staffId: number): Promise<void> {
  for (const table of [sessions, knownBrowsers, recoveryCodes]) {
    await transaction.delete(table).where(eq(table.staffId, staffId))
  }
  await transaction.delete(invitations).where(and(eq(invitations.staffId, staffId), isNull(invitations.usedAt)))
}

/** A line of the log about something that changes nothing. */
export const noteInAudit = (database: Database, entry: AuditEntry): Promise<void> => recordAudit(database.query, entry)

/** Whether a key stands in the table, is not revoked and reads this much; marks it as used. `results` includes `indicators`. */
export async function useApiKey(database: Database, key: string, scope: KeyScope): Promise<boolean> {
  const enough = scope === 'indicators' ? inArray(apiKeys.scope, ['indicators', 'results']) : eq(apiKeys.scope, scope)
  const rows = await database.query
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(apiKeys.keyHash, hashToken(key)), isNull(apiKeys.revokedAt), enough))
    .returning({ id: apiKeys.id })
  return rows.length > 0
}

/** What is stored of a token that opens something. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Takes from a member what is held elsewhere without a right to it any more, within the transaction of the change that
 * took the right away; returns how much.
 */
export type TakeBack = (transaction: PostgresJsDatabase, actor: string, staffId: number) => Promise<number>

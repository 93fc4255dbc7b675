import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AuditAction } from '../../server/staff/contract.ts'
import type { Database } from '../client.ts'
import { recordAudit } from './audit.ts'
import { hashToken } from './members.ts'
import { recoveryCodes, staff } from './tables.ts'

type Member = { id: number; username: string }

/** Keeps a sealed secret to be confirmed by a code. False when a confirmed one is in use. */
export async function beginFactor(database: Database, staffId: number, sealedSecret: string): Promise<boolean> {
  const rows = await database.query
    .update(staff)
    .set({ totpSecret: sealedSecret, totpLastStep: null })
    .where(and(eq(staff.id, staffId), isNull(staff.totpConfirmedAt)))
    .returning({ id: staff.id })
  return rows.length > 0
}

/** The second factor counts from now on. False when another request confirmed it, or the secret is not this one any more. */
export async function confirmFactor(
  database: Database,
  member: Member,
  { sealedSecret, step, codes }: { sealedSecret: string; step: number; codes: string[] },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const rows = await transaction
      .update(staff)
      .set({ totpConfirmedAt: sql`now()`, totpLastStep: step })
      .where(and(eq(staff.id, member.id), eq(staff.totpSecret, sealedSecret), isNull(staff.totpConfirmedAt)))
      .returning({ id: staff.id })
    if (rows.length === 0) return false
    await replaceCodes(transaction, member, codes, 'account.factor_on')
    return true
  })
}

/** Uses up a time step: of two requests with one code, one gets true. */
export async function useTotpStep(database: Database, staffId: number, step: number): Promise<boolean> {
  const isNewer = or(isNull(staff.totpLastStep), lt(staff.totpLastStep, step))
  const rows = await database.query
    .update(staff)
    .set({ totpLastStep: step })
    .where(and(eq(staff.id, staffId), isNewer))
    .returning({ id: staff.id })
  return rows.length > 0
}

/** Uses up a recovery code; each works once. */
export async function useRecoveryCode(database: Database, member: Member, code: string): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const isCode = and(eq(recoveryCodes.staffId, member.id), eq(recoveryCodes.codeHash, hashCode(member, code)))
    const rows = await transaction
      .update(recoveryCodes)
      .set({ usedAt: sql`now()` })
      .where(and(isCode, isNull(recoveryCodes.usedAt)))
      .returning({ staffId: recoveryCodes.staffId })
    const entry = { actor: member.username, action: 'account.recovery', subject: member.username } as const
    if (rows.length > 0) await recordAudit(transaction, entry)
    return rows.length > 0
  })
}

export async function countRecoveryCodes(database: Database, staffId: number): Promise<number> {
  return database.query.$count(recoveryCodes, and(eq(recoveryCodes.staffId, staffId), isNull(recoveryCodes.usedAt)))
}

/** New recovery codes; those before are void. False when no second factor is in use. */
export async function renewRecoveryCodes(database: Database, member: Member, codes: string[]): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [row] = await transaction
      .select({ confirmedAt: staff.totpConfirmedAt })
      .from(staff)
      .where(eq(staff.id, member.id))
      .for('update')
    if (!row?.confirmedAt) return false
    await replaceCodes(transaction, member, codes, 'account.codes')
    return true
  })
}

export async function turnOffFactor(database: Database, member: Member): Promise<void> {
  await database.query.transaction(async (transaction) => {
    await transaction
      .update(staff)
      .set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
      .where(eq(staff.id, member.id))
    await replaceCodes(transaction, member, [], 'account.factor_off')
  })
}

async function replaceCodes(
  transaction: PostgresJsDatabase,
  member: Member,
  codes: string[],
  action: AuditAction,
): Promise<void> {
  await transaction.delete(recoveryCodes).where(eq(recoveryCodes.staffId, member.id))
  const rows = codes.map((code) => ({ staffId: member.id, codeHash: hashCode(member, code) }))
  if (rows.length > 0) await transaction.insert(recoveryCodes).values(rows)
  await recordAudit(transaction, { actor: member.username, action, subject: member.username })
}

const hashCode = (member: Member, code: string): string => hashToken(`${member.id} ${code}`)

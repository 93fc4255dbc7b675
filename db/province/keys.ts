import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { ApiKeyRow } from '../../server/province/keys-contract.ts'
import type { KeyScope } from '../../server/staff/contract.ts'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { hashToken } from '../staff/members.ts'
import { apiKeys } from '../staff/tables.ts'

/** Every key ever made, the newest first; of the key itself only its hash is kept. */
export async function readApiKeys(database: Database): Promise<ApiKeyRow[]> {
  const { id, name, scope, createdBy, createdAt, lastUsedAt, revokedAt } = apiKeys
  return database.query
    .select({ id, name, scope, createdBy, createdAt, lastUsedAt, revokedAt })
    .from(apiKeys)
    .orderBy(desc(id))
}

/** False when the name is taken. */
export async function addApiKey(
  database: Database,
  { name, scope, key, actor }: { name: string; scope: KeyScope; key: string; actor: string },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const rows = await transaction
      .insert(apiKeys)
      .values({ name, scope, keyHash: hashToken(key), createdBy: actor })
      .onConflictDoNothing()
      .returning({ id: apiKeys.id })
    if (rows.length === 0) return false
    await recordAudit(transaction, { actor, action: 'key.make', subject: name, after: { scope } })
    return true
  })
}

/** False when there is no such key in force. */
export async function revokeApiKey(database: Database, id: number, actor: string): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [key] = await transaction
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ name: apiKeys.name })
    if (!key) return false
    await recordAudit(transaction, { actor, action: 'key.revoke', subject: key.name })
    return true
  })
}

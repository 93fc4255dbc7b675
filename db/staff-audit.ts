import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AuditEntry } from '../server/staff/contract.ts'
import { auditLog } from './schema.ts'

/** Adds to the audit log within the transaction of the change itself: both happen or neither. */
export async function recordAudit(transaction: PostgresJsDatabase, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await transaction.insert(auditLog).values(
    entries.map(({ actor, action, subject, agencyId = null, before, after }) => ({
      ...{ actor, action, subject, agencyId },
      change: { ...(before && { before }), ...(after && { after }) },
    })),
  )
}

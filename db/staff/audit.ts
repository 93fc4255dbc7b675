import { and, desc, eq, gte, ilike, like, lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AuditChange, AuditEntry, AuditFilter, AuditRow } from '../../server/staff/contract.ts'
import type { Database, Queries } from '../client.ts'
import { withinScope } from './scope.ts'
import { auditLog, staff } from './tables.ts'

/** Adds to the audit log within the transaction of the change itself: both happen or neither. */
export async function recordAudit(transaction: PostgresJsDatabase, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await transaction.insert(auditLog).values(entries.map(rowOf))
}

/** The same within a transaction of the driver itself. Nothing conflicts with a new number; without the clause Citus copies, which policies refuse. */
export async function recordAuditBy(transaction: Queries, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await transaction`
    insert into audit_log (actor, action, subject, agency_id, change)
    select actor, action, subject, "agencyId", change from jsonb_to_recordset(${JSON.stringify(entries.map(rowOf))}::text::jsonb)
      as given (actor text, action text, subject text, "agencyId" int2, change jsonb)
    on conflict do nothing`
}

const rowOf = ({ actor, action, subject, agencyId = null, before, after }: AuditEntry) => ({
  actor,
  action,
  subject,
  agencyId,
  change: { ...(before && { before }), ...(after && { after }) },
})

/** The fields that differ, as they were and as they are; null when none does. */
export function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): AuditChange | null {
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  const pick = (from: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]))
  return names.length > 0 ? { before: pick(before), after: pick(after) } : null
}

/** Newest first, `limit` lines older than the line `olderThan`. */
export async function readAudit(
  database: Database,
  filter: AuditFilter,
  limit: number,
  olderThan?: number,
): Promise<AuditRow[]> {
  const { id, at, actor, action, subject, change } = auditLog
  const older = olderThan === undefined ? [] : [lt(id, olderThan)]
  return withinScope(database, 'all', (transaction) =>
    transaction
      .select({ id, at, actor, action, subject, change })
      .from(auditLog)
      .where(and(...conditionsOf(filter), ...older))
      .orderBy(desc(id))
      .limit(limit),
  )
}

/** Every matching line, newest first, a thousand at a time: the log is never in memory whole. */
export async function* streamAudit(database: Database, filter: AuditFilter): AsyncGenerator<AuditRow[]> {
  const pageSize = 1000
  let rows = await readAudit(database, filter, pageSize)
  while (rows.length > 0) {
    yield rows
    rows = rows.length < pageSize ? [] : await readAudit(database, filter, pageSize, rows.at(-1)?.id)
  }
}

/** Names to choose from; the log also holds programs, and members who were renamed. */
export async function readActors(database: Database): Promise<string[]> {
  const rows = await database.query.select({ username: staff.username }).from(staff).orderBy(staff.username)
  return rows.map(({ username }) => username)
}

function conditionsOf({ actor, group, subject, from, to }: AuditFilter): SQL[] {
  const midnight = (day: string) => sql`(${day}::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'`
  return [
    ...(actor ? [eq(auditLog.actor, actor)] : []),
    ...(group ? [like(auditLog.action, `${escapeLike(group)}.%`)] : []),
    ...(subject ? [ilike(auditLog.subject, `%${escapeLike(subject)}%`)] : []),
    ...(from ? [gte(auditLog.at, midnight(from))] : []),
    ...(to ? [lt(auditLog.at, sql`${midnight(to)} + interval '1 day'`)] : []),
  ]
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`)

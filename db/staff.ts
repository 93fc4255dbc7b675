import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { StaffMember } from '../server/staff/contract.ts'
import type { AgencyId } from '../server/surveys/contract.ts'
import type { Database } from './client.ts'
import { agencies, apiKeys, sessions, staff, staffAgencies } from './schema.ts'

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

/** Sets a new password and ends every session of the account. False when there is no such account. */
export async function resetPassword(
  database: PostgresJsDatabase,
  username: string,
  passwordHash: string,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const [member] = await transaction
      .update(staff)
      .set({ passwordHash, failedSignIns: 0, nextSignInAt: null })
      .where(eq(staff.username, username))
      .returning({ id: staff.id })
    if (!member) return false
    await transaction.delete(sessions).where(eq(sessions.staffId, member.id))
    return true
  })
}

/** Counts a failed attempt; after the fifth in a row each further one has to wait. */
export async function recordFailedSignIn(
  database: Database,
  staffId: number,
  freeAttempts: number,
  waitSeconds: number,
) {
  await database.query
    .update(staff)
    .set({
      failedSignIns: sql`least(${staff.failedSignIns} + 1, 1000)`,
      nextSignInAt: sql`case when ${staff.failedSignIns} + 1 >= ${freeAttempts} then now() + make_interval(secs => ${waitSeconds}) end`,
    })
    .where(eq(staff.id, staffId))
}

/** Opens a session and returns the token for the cookie; only its hash is stored. */
export async function openSession(database: Database, staffId: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await database.query.update(staff).set({ failedSignIns: 0, nextSignInAt: null }).where(eq(staff.id, staffId))
  await database.query.insert(sessions).values({ tokenHash: hashToken(token), staffId })
  return token
}

/** The member behind a token whose session is neither too old nor idle for too long; marks it as seen. */
export async function findSession(
  database: Database,
  token: string,
  idleHours: number,
  longestHours: number,
): Promise<StaffMember | undefined> {
  const hours = (count: number) => sql`now() - make_interval(hours => ${count})`
  const [row] = await database.query
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .from(staff)
    .where(
      and(
        eq(sessions.tokenHash, hashToken(token)),
        eq(sessions.staffId, staff.id),
        eq(staff.disabled, false),
        gt(sessions.lastSeenAt, hours(idleHours)),
        gt(sessions.createdAt, hours(longestHours)),
      ),
    )
    .returning({
      ...{ id: staff.id, username: staff.username, displayName: staff.displayName, role: staff.role },
      agencies: sql<AgencyId[]>`array(select ${staffAgencies.agencyId} from ${staffAgencies}
        where ${staffAgencies.staffId} = ${staff.id} order by 1)`,
      coordinates: sql<boolean>`exists(select from ${staffAgencies} join ${agencies}
        on ${agencies.id} = ${staffAgencies.agencyId}
        where ${staffAgencies.staffId} = ${staff.id} and ${agencies.coordinates})`,
    })
  return row
}

export async function closeSession(database: Database, token: string): Promise<void> {
  await database.query.delete(sessions).where(eq(sessions.tokenHash, hashToken(token)))
}

export async function forgetOldSessions(database: Database, longestHours: number): Promise<void> {
  await database.query
    .delete(sessions)
    .where(sql`${sessions.createdAt} < now() - make_interval(hours => ${longestHours})`)
}

/** Whether a key stands in the table, is not revoked and reads this much; marks it as used. `results` includes `indicators`. */
export async function useApiKey(database: Database, key: string, scope: 'indicators' | 'results'): Promise<boolean> {
  const enough = or(eq(apiKeys.scope, scope), eq(apiKeys.scope, 'results'))
  const rows = await database.query
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(apiKeys.keyHash, hashToken(key)), isNull(apiKeys.revokedAt), enough))
    .returning({ id: apiKeys.id })
  return rows.length > 0
}

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

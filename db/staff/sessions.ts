import { randomBytes } from 'node:crypto'
import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import type { StaffMember } from '../../server/staff/contract.ts'
import { agencies, places } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { recordAudit } from './audit.ts'
import { hashToken } from './members.ts'
import { knownBrowsers, sessions, staff, staffAgencies } from './tables.ts'

/** A browser that signs in: its mark is the long-lived cookie, its name is for the owner's list. */
export type SigningBrowser = { mark: string; name: string }

/** Opens a session, makes the browser a known one and forgets earlier failures. Returns the token for the cookie; only its hash is stored. */
export async function signInMember(
  database: Database,
  member: { id: number; username: string },
  browser: SigningBrowser,
): Promise<string> {
  const token = makeToken()
  const { id: staffId, username } = member
  const clear = { failedSignIns: 0, nextSignInAt: null, lastSeenAt: sql`now()` }
  await database.query.transaction(async (transaction) => {
    const known = await transaction
      .update(knownBrowsers)
      .set(clear)
      .where(isBrowser(staffId, browser.mark))
      .returning({ staffId: knownBrowsers.staffId })
    if (known.length === 0) {
      await transaction.update(staff).set({ failedSignIns: 0, nextSignInAt: null }).where(eq(staff.id, staffId))
      await transaction
        .insert(knownBrowsers)
        .values({ staffId, markHash: hashToken(browser.mark) })
        .onConflictDoNothing()
    }
    await transaction.insert(sessions).values({ tokenHash: hashToken(token), staffId, browser: browser.name })
    await recordAudit(transaction, { actor: username, action: 'session.open', subject: username })
  })
  return token
}

/** A session without the ceremony around signing in. */
export async function openSession(database: Database, staffId: number, browser = ''): Promise<string> {
  const token = makeToken()
  await database.query.insert(sessions).values({ tokenHash: hashToken(token), staffId, browser })
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
      id: staff.id,
      username: staff.username,
      displayName: staff.displayName,
      role: staff.role,
      agencies: sql<AgencyId[]>`array(select ${staffAgencies.agencyId} from ${staffAgencies}
        where ${staffAgencies.staffId} = ${staff.id} order by 1)`,
      coordinates: sql<boolean>`exists(select from ${staffAgencies} join ${agencies}
        on ${agencies.id} = ${staffAgencies.agencyId}
        where ${staffAgencies.staffId} = ${staff.id} and ${agencies.coordinates})`,
      servesHealth: sql<boolean>`exists(select from ${staffAgencies} join ${places}
        on ${places.agencyId} = ${staffAgencies.agencyId}
        where ${staffAgencies.staffId} = ${staff.id} and ${places.sector} = 'health')`,
    })
  return row
}

/** A member's sessions that still open something, the last used first. */
export async function listSessions(
  database: Database,
  staffId: number,
  token: string,
  { idleHours, longestHours }: { idleHours: number; longestHours: number },
) {
  const hours = (count: number) => sql`now() - make_interval(hours => ${count})`
  const isLive = and(gt(sessions.lastSeenAt, hours(idleHours)), gt(sessions.createdAt, hours(longestHours)))
  const rows = await database.query
    .select()
    .from(sessions)
    .where(and(eq(sessions.staffId, staffId), isLive))
    .orderBy(desc(sessions.lastSeenAt))
  const current = hashToken(token)
  return rows.map(({ tokenHash, browser, createdAt, lastSeenAt }) => ({
    id: tokenHash.slice(0, shortIdLength),
    browser,
    createdAt,
    lastSeenAt,
    isCurrent: tokenHash === current,
  }))
}

/** Long enough to be one session's only, too short to try the stored hash with. */
const shortIdLength = 16

/** Ends the session of this token. */
export async function closeSession(database: Database, token: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const [closed] = await transaction
      .delete(sessions)
      .where(eq(sessions.tokenHash, hashToken(token)))
      .returning({ staffId: sessions.staffId })
    if (!closed) return
    const [member] = await transaction
      .select({ username: staff.username })
      .from(staff)
      .where(eq(staff.id, closed.staffId))
    const username = member?.username ?? ''
    await recordAudit(transaction, { actor: username, action: 'session.close', subject: username })
  })
}

/** Ends one session of a member by its short id, or all but the one of this token. */
export async function endSessions(
  database: Database,
  member: { id: number; username: string },
  which: { id: string } | { allBut: string },
): Promise<void> {
  const chosen =
    'id' in which
      ? eq(sql`left(${sessions.tokenHash}, ${shortIdLength})`, which.id)
      : ne(sessions.tokenHash, hashToken(which.allBut))
  await database.query.transaction(async (transaction) => {
    const ended = await transaction
      .delete(sessions)
      .where(and(eq(sessions.staffId, member.id), chosen))
      .returning({ browser: sessions.browser })
    const before = { browsers: ended.map(({ browser }) => browser) }
    const entry = { actor: member.username, action: 'session.close', subject: member.username, before } as const
    if (ended.length > 0) await recordAudit(transaction, entry)
  })
}

/** Forgets sessions that are over and browsers that nobody signed in from for long. */
export async function forgetOldSessions(database: Database, longestHours: number, knownDays: number): Promise<void> {
  await database.query
    .delete(sessions)
    .where(sql`${sessions.createdAt} < now() - make_interval(hours => ${longestHours})`)
  await database.query
    .delete(knownBrowsers)
    .where(sql`${knownBrowsers.lastSeenAt} < now() - make_interval(days => ${knownDays})`)
}

export type AttemptRules = { nowMs: number; freeAttempts: number; waitSeconds: number }

/**
 * Takes one attempt at a member's password or code before it is tried, so that parallel attempts do not slip through:
 * it counts as failed until given back. A browser that signed in before has a counter of its own; all others share
 * the account's. Null when the counter has to wait; longer than a wait is long nobody waits, as after a clock was set back.
 */
export async function takeAttempt(
  database: Database,
  staffId: number,
  mark: string | undefined,
  { nowMs, freeAttempts, waitSeconds }: AttemptRules,
): Promise<{ failures: number | null; isKnown: boolean }> {
  const isKnown = mark !== undefined && (await isKnownBrowser(database, staffId, mark))
  const counter = counterOf(staffId, isKnown ? mark : undefined)
  const now = new Date(nowMs).toISOString()
  // Added here: Citus refuses sums of moments, which are not immutable, inside a CASE.
  const next = new Date(nowMs + waitSeconds * 1000).toISOString()
  const [row] = await database.query.execute<{ failures: number }>(sql`
    update ${counter.table} set failed_sign_ins = least(failed_sign_ins + 1, 1000),
      next_sign_in_at = case when failed_sign_ins + 1 >= ${freeAttempts}
        then ${next}::timestamptz end
    where ${counter.where} and (next_sign_in_at is null or next_sign_in_at <= ${now}::timestamptz
      or next_sign_in_at > ${next}::timestamptz)
    returning failed_sign_ins as failures`)
  return { failures: row ? Number(row.failures) : null, isKnown }
}

/** The attempt was right: its failure is taken back, earlier ones stay until the sign-in is complete. */
export async function giveAttemptBack(database: Database, staffId: number, mark: string | undefined): Promise<void> {
  const counter = counterOf(staffId, mark)
  await database.query.execute(sql`
    update ${counter.table} set failed_sign_ins = greatest(failed_sign_ins - 1, 0), next_sign_in_at = null
    where ${counter.where}`)
}

const counterOf = (staffId: number, mark: string | undefined) =>
  mark === undefined
    ? { table: staff, where: eq(staff.id, staffId) }
    : { table: knownBrowsers, where: isBrowser(staffId, mark) }

const isBrowser = (staffId: number, mark: string) =>
  and(eq(knownBrowsers.staffId, staffId), eq(knownBrowsers.markHash, hashToken(mark)))

async function isKnownBrowser(database: Database, staffId: number, mark: string): Promise<boolean> {
  const rows = await database.query
    .select({ id: knownBrowsers.staffId })
    .from(knownBrowsers)
    .where(isBrowser(staffId, mark))
  return rows.length > 0
}

/** 256 bits that open something until its hash is deleted. */
export const makeToken = (): string => randomBytes(32).toString('base64url')

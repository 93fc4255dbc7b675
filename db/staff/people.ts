import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Role } from '../../server/shell-contract.ts'
import type { PersonView } from '../../server/staff/account-contract.ts'
import type { AuditAction } from '../../server/staff/contract.ts'
import { agencies } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from './audit.ts'
import { forgetWaysIn, freshSignIn, hashToken, type TakeBack } from './members.ts'
import { makeToken } from './sessions.ts'
import { invitations, sessions, staff, staffAgencies } from './tables.ts'

export type Person = { displayName: string; role: Role; agencies: string[] }

/** Everybody who has or had an account, by name; those who stopped last. */
export async function listPeople(database: Database): Promise<PersonView[]> {
  const rows = await database.query
    .select({
      username: staff.username,
      displayName: staff.displayName,
      role: staff.role,
      disabled: staff.disabled,
      hasPassword: sql<boolean>`${staff.passwordHash} is not null`,
      hasFactor: sql<boolean>`${staff.totpConfirmedAt} is not null`,
      // Without a join the builder leaves tables' names away, which would compare the inner table with itself.
      agencies: sql<PersonView['agencies']>`coalesce((select json_agg(json_build_object('code', agencies.code,
        'name', agencies.name->>'vi') order by agencies.position) from staff_agencies
        join agencies on agencies.id = staff_agencies.agency_id where staff_agencies.staff_id = staff.id), '[]')`,
      linkExpiresAt: sql<string | null>`(select to_json(max(expires_at))#>>'{}' from invitations
        where invitations.staff_id = staff.id and used_at is null)`,
      lastSeenAt: sql<string | null>`(select to_json(max(last_seen_at))#>>'{}' from sessions
        where sessions.staff_id = staff.id)`,
    })
    .from(staff)
    .orderBy(asc(staff.disabled), asc(staff.displayName), asc(staff.username))
  return rows.map(({ disabled, hasPassword, ...row }) => ({
    ...row,
    state: disabled ? 'disabled' : hasPassword ? 'active' : 'invited',
  }))
}

/** What a member may belong to. */
export const listAgencies = (database: Database): Promise<{ code: string; name: string }[]> =>
  database.query
    .select({ code: agencies.code, name: sql<string>`${agencies.name}->>'vi'` })
    .from(agencies)
    .orderBy(asc(agencies.position))

export type Inviting = { actor: string; username: string; person: Person; linkDays: number }

/** A new account without a password, and the token of the link to choose one. Null when the name is taken. */
export async function inviteMember(
  database: Database,
  { actor, username, person, linkDays }: Inviting,
): Promise<string | null> {
  return database.query.transaction(async (transaction) => {
    const { displayName, role } = person
    const [member] = await transaction
      .insert(staff)
      .values({ username, displayName, role })
      .onConflictDoNothing()
      .returning({ id: staff.id })
    if (!member) return null
    await setAgencies(transaction, member.id, person.agencies)
    await recordAudit(transaction, { actor, action: 'staff.invite', subject: username, after: person })
    return addLink(transaction, member.id, actor, linkDays)
  })
}
type Changer = { actor: string; takeBack: TakeBack }

export type AccountChange = { outcome: 'changed'; handedBack: number } | { outcome: 'unknown' | 'last_administrator' }

/** Changes name, role and agencies; open cases that the member may not handle any more wait for somebody again. */
export async function changeMember(
  database: Database,
  by: Changer,
  username: string,
  person: Person,
): Promise<AccountChange> {
  return database.query.transaction(async (transaction) => {
    const isLast = await isLastAdministrator(transaction, username)
    const before = await findPerson(transaction, username)
    if (!before) return { outcome: 'unknown' }
    if (isLast && person.role !== 'administrator') return { outcome: 'last_administrator' }
    const { displayName, role } = person
    await transaction.update(staff).set({ displayName, role }).where(eq(staff.id, before.id))
    await setAgencies(transaction, before.id, person.agencies)
    const changed = changedFields(before, { ...person, agencies: [...person.agencies].sort() })
    const entry = { actor: by.actor, action: 'staff.change', subject: username } as const
    if (changed) await recordAudit(transaction, { ...entry, ...changed })
    return { outcome: 'changed', handedBack: await by.takeBack(transaction, by.actor, before.id) }
  })
}

/**
 * Stops an account, which ends its sessions and links and hands its open cases back at once, or lets it be used again,
 * which takes nothing back.
 */
export async function setDisabled(
  database: Database,
  by: Changer,
  username: string,
  disabled: boolean,
): Promise<AccountChange> {
  return database.query.transaction(async (transaction) => {
    const isLast = await isLastAdministrator(transaction, username)
    const before = await findPerson(transaction, username)
    if (!before) return { outcome: 'unknown' }
    if (disabled && isLast) return { outcome: 'last_administrator' }
    if (before.disabled === disabled) return { outcome: 'changed', handedBack: 0 }
    await transaction.update(staff).set({ disabled }).where(eq(staff.id, before.id))
    if (disabled) {
      await transaction.delete(sessions).where(eq(sessions.staffId, before.id))
      await transaction.delete(invitations).where(isUnused(before.id))
    }
    const action: AuditAction = disabled ? 'staff.disable' : 'staff.enable'
    await recordAudit(transaction, { actor: by.actor, action, subject: username })
    return { outcome: 'changed', handedBack: disabled ? await by.takeBack(transaction, by.actor, before.id) : 0 }
  })
}

/** A new link to choose a password; the one before is void. Null for an unknown or stopped account. */
export async function makeLink(
  database: Database,
  actor: string,
  username: string,
  linkDays: number,
): Promise<string | null> {
  return database.query.transaction(async (transaction) => {
    const member = await findPerson(transaction, username)
    if (!member || member.disabled) return null
    await transaction.delete(invitations).where(isUnused(member.id))
    await recordAudit(transaction, { actor, action: 'staff.link', subject: username })
    return addLink(transaction, member.id, actor, linkDays)
  })
}

/** Whose link it is, as long as it works. */
export async function findInvitation(database: Database, token: string) {
  const [row] = await database.query
    .select({ username: staff.username, displayName: staff.displayName, role: staff.role })
    .from(invitations)
    .innerJoin(staff, eq(staff.id, invitations.staffId))
    .where(isOpenLink(token))
  return row
}

/** Sets the password and uses the link up; sessions, second factor and recovery codes from before are void. */
export async function acceptInvitation(database: Database, token: string, passwordHash: string) {
  return database.query.transaction(async (transaction) => {
    const [used] = await transaction
      .update(invitations)
      .set({ usedAt: sql`now()` })
      .from(staff)
      .where(and(eq(staff.id, invitations.staffId), isOpenLink(token)))
      .returning({ id: staff.id, username: staff.username })
    if (!used) return undefined
    await forgetWaysIn(transaction, used.id)
    await transaction
      .update(staff)
      .set({ ...freshSignIn, passwordHash })
      .where(eq(staff.id, used.id))
    await recordAudit(transaction, { actor: used.username, action: 'account.accept', subject: used.username })
    return used
  })
}

/** Locks every administrator who can sign in, in one order, so that of two who demote each other one is refused. */
async function isLastAdministrator(transaction: PostgresJsDatabase, username: string): Promise<boolean> {
  const active = await transaction
    .select({ username: staff.username })
    .from(staff)
    .where(and(eq(staff.role, 'administrator'), eq(staff.disabled, false), sql`${staff.passwordHash} is not null`))
    .orderBy(asc(staff.id))
    .for('update')
  return active.length === 1 && active[0]?.username === username
}

async function findPerson(transaction: PostgresJsDatabase, username: string) {
  const [row] = await transaction
    .select({ id: staff.id, displayName: staff.displayName, role: staff.role, disabled: staff.disabled })
    .from(staff)
    .where(eq(staff.username, username))
    .for('update')
  if (!row) return undefined
  const own = await transaction
    .select({ code: agencies.code })
    .from(staffAgencies)
    .innerJoin(agencies, eq(agencies.id, staffAgencies.agencyId))
    .where(eq(staffAgencies.staffId, row.id))
  return { ...row, agencies: own.map(({ code }) => code).sort() }
}

async function setAgencies(transaction: PostgresJsDatabase, staffId: number, codes: string[]): Promise<void> {
  await transaction.delete(staffAgencies).where(eq(staffAgencies.staffId, staffId))
  const rows = await transaction.select({ agencyId: agencies.id }).from(agencies).where(inArray(agencies.code, codes))
  if (rows.length > 0) await transaction.insert(staffAgencies).values(rows.map((row) => ({ ...row, staffId })))
}

async function addLink(transaction: PostgresJsDatabase, staffId: number, createdBy: string, days: number) {
  const token = makeToken()
  const expiresAt = sql`now() + make_interval(days => ${days})`
  await transaction.insert(invitations).values({ tokenHash: hashToken(token), staffId, createdBy, expiresAt })
  return token
}

const isUnused = (staffId: number) => and(eq(invitations.staffId, staffId), isNull(invitations.usedAt))

const isOpenLink = (token: string) =>
  and(
    eq(invitations.tokenHash, hashToken(token)),
    isNull(invitations.usedAt),
    gt(invitations.expiresAt, sql`now()`),
    eq(staff.disabled, false),
  )

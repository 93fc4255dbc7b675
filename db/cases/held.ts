import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { HandBackWords } from '../../server/cases/hand-back-contract.ts'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import type { HeldCases } from '../../server/staff/account-contract.ts'
import { agencies } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { openCommune, withinScope } from '../staff/scope.ts'
import { staff, staffAgencies } from '../staff/tables.ts'
import { caseEvents, cases } from './tables.ts'

type Kind = { agencyId: AgencyId; restricted: boolean }
export type Handler = { id: number; name: string }

/**
 * mayHandle of server/cases/rules.ts for a row of `staff` (under this name) and a row of `cases` in one statement;
 * a test compares the two for every role. Null where there is nobody.
 */
export const handlesCase = (people: 'staff' | 'owners'): SQL =>
  sql.raw(`(not ${people}.disabled and (${people}.role = 'leader' or (not cases.restricted
    and ${people}.role in ('manager', 'clerk') and exists (select from staff_agencies
      where staff_agencies.staff_id = ${people}.id and staff_agencies.agency_id = cases.agency_id))))`)

/** Who may be given a case: the agency's handlers; a restricted one only the commune's leaders. */
export async function listHandlers(database: PostgresJsDatabase, { agencyId, restricted }: Kind): Promise<Handler[]> {
  const ofAgency = sql`${staff.role} in ('manager', 'clerk') and exists (select from ${staffAgencies}
    where ${staffAgencies.staffId} = ${staff.id} and ${staffAgencies.agencyId} = ${agencyId})`
  return database
    .select({ id: staff.id, name: sql<string>`coalesce(nullif(${staff.displayName}, ''), ${staff.username})` })
    .from(staff)
    .where(and(eq(staff.disabled, false), restricted ? eq(staff.role, 'leader') : ofAgency))
    .orderBy(asc(staff.displayName), asc(staff.username))
}

/** The open cases a member holds, by agency, and who else could take them. */
export async function listHeldCases(database: Database, username: string): Promise<HeldCases[]> {
  return withinScope(database, 'all', async (transaction) => {
    const kinds = await transaction
      .select({
        staffId: staff.id,
        agencyId: cases.agencyId,
        restricted: cases.restricted,
        agency: sql<string>`${agencies.name}->>'vi'`,
        count: sql<number>`count(*)::int`,
      })
      .from(cases)
      .innerJoin(staff, eq(staff.id, cases.ownerId))
      .innerJoin(agencies, eq(agencies.id, cases.agencyId))
      .where(and(eq(staff.username, username), isOpen))
      .groupBy(staff.id, cases.agencyId, cases.restricted, agencies.id)
      .orderBy(asc(agencies.position), asc(cases.restricted))
    const held: HeldCases[] = []
    for (const { staffId, agency, restricted, count, agencyId } of kinds) {
      const others = (await listHandlers(transaction, { agencyId, restricted })).filter(({ id }) => id !== staffId)
      held.push({ agency, restricted, count, takers: others.map(({ name }) => name) })
    }
    return held
  })
}

/**
 * Takes the open cases from those who may no longer handle them (stopped, another role, another agency): each waits
 * again for somebody, says so in its course, and is in the audit log. Returns how many. Belongs into the transaction of
 * the change that took the right away; `staffId` narrows it to that member.
 */
export async function handBackCases(
  transaction: PostgresJsDatabase,
  by: { actor: string; words: HandBackWords },
  staffId?: number,
): Promise<number> {
  await openCommune(transaction)
  const own = staffId === undefined ? undefined : eq(staff.id, staffId)
  const taken = await transaction
    .update(cases)
    .set({ ownerId: null, state: 'new' })
    .from(staff)
    .where(and(eq(staff.id, cases.ownerId), isOpen, sql`not ${handlesCase('staff')}`, own))
    .returning({
      id: cases.id,
      agencyId: cases.agencyId,
      restricted: cases.restricted,
      disabled: staff.disabled,
      owner: sql<string>`coalesce(nullif(${staff.displayName}, ''), ${staff.username})`,
    })
  for (const one of taken.sort((a, b) => a.id - b.id)) await markHandedBack(transaction, by, one)
  return taken.length
}

/** What stands from before, or came with a restored backup. */
export const handBackStrayCases = (database: Database, words: HandBackWords): Promise<number> =>
  database.query.transaction((transaction) => handBackCases(transaction, { actor: 'system', words }))

type Taken = Kind & { id: number; owner: string; disabled: boolean }

async function markHandedBack(
  transaction: PostgresJsDatabase,
  { actor, words }: { actor: string; words: HandBackWords },
  one: Taken,
): Promise<void> {
  const takers = (await listHandlers(transaction, one)).map(({ name }) => name)
  const note = words.note({ owner: one.owner, disabled: one.disabled, restricted: one.restricted, takers })
  await transaction.insert(caseEvents).values({
    caseId: one.id,
    agencyId: one.agencyId,
    restricted: one.restricted,
    actor,
    kind: 'handed_back',
    note,
  })
  await recordAudit(transaction, {
    actor,
    action: 'case.hand_back',
    subject: words.subject(one.id),
    agencyId: one.agencyId,
    before: { owner: one.owner },
    after: { owner: null, takers },
  })
}

const isOpen = inArray(cases.state, ['new', 'assigned'])

import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { CaseCursor, CaseFilter, CaseRow, CaseTab, Improvement } from '../../server/cases/contract.ts'
import type { AgencyId, Half, PlaceId, Scope } from '../../server/catalogue/contract.ts'
import type { Database } from '../client.ts'
import { dayOfInstant } from '../day-of-instant.ts'
import { comments, responses } from '../respond/tables.ts'
import { withinScope } from '../staff/scope.ts'
import { staff } from '../staff/tables.ts'
import { handlesCase } from './held.ts'
import { cases, improvements } from './tables.ts'

/**
 * Whose cases a question is about: the agencies, and whether restricted ones are among them; and how far the running day
 * shows (server/tallies/running-day.ts).
 */
export type CaseReader = { scope: Scope; restricted: boolean; today: string; shownMornings: PlaceId[] }

const owners = alias(staff, 'owners')

export const caseColumns = {
  id: cases.id,
  placeId: cases.placeId,
  agencyId: cases.agencyId,
  kind: cases.kind,
  state: cases.state,
  restricted: cases.restricted,
  day: cases.day,
  half: cases.half,
  urgent: cases.urgent,
  themeId: cases.themeId,
  ownerId: cases.ownerId,
  ownerName: sql<string | null>`coalesce(nullif(${owners.displayName}, ''), ${owners.username})`,
  ownerHandles: sql<boolean>`coalesce(${handlesCase('owners')}, false)`,
  /** Waits for somebody because its owner was stopped or moved. */
  handedBack: sql<boolean>`(cases.state = 'new' and (select case_events.kind from case_events
    where case_events.case_id = cases.id and case_events.kind in ('handed_back', 'transferred', 'released', 'reopened')
    order by case_events.id desc limit 1) is not distinct from 'handed_back')`,
  dueOn: cases.dueOn,
  language: responses.language,
  comment: comments.body,
  versionId: responses.versionId,
  answers: responses.answers,
}

const ofCase = and(eq(responses.placeId, cases.placeId), eq(responses.id, cases.responseId))

/** Cases with their response and comment; a where clause and an order are still to come. */
export const selectCases = (transaction: PostgresJsDatabase) =>
  transaction
    .select(caseColumns)
    .from(cases)
    .innerJoin(responses, ofCase)
    .leftJoin(comments, and(eq(comments.placeId, cases.placeId), eq(comments.responseId, cases.responseId)))
    .leftJoin(owners, eq(owners.id, cases.ownerId))

/** The day is over, its half-day shows, or the citizen chose to be heard at once. */
const isShown = ({ today, shownMornings }: Pick<CaseReader, 'today' | 'shownMornings'>): SQL =>
  sql`(${cases.day} < ${today} or ${cases.urgent}
    or (${cases.half} = 'morning' and ${cases.placeId} = any(${`{${shownMornings}}`}::int2[])))`

/** Which cases this reader may see at this moment; row-level security adds the agencies. */
export const isReadable = (reader: CaseReader): SQL =>
  sql`(${isShown(reader)} and (${reader.restricted} or not ${cases.restricted}))`

const inTab = (tab: CaseTab, today: string): SQL =>
  tab === 'overdue'
    ? sql`(${cases.state} in ('new', 'assigned') and ${cases.dueOn} < ${today})`
    : tab === 'praise'
      ? sql`(${cases.state} = 'new' and ${cases.kind} = 'praise')`
      : tab === 'new'
        ? sql`(${cases.state} = 'new' and ${cases.kind} <> 'praise')`
        : (eq(cases.state, tab) as SQL)

const matches = ({ placeId, themeId, kind, ownerId }: Omit<CaseFilter, 'tab'>) =>
  and(
    placeId === undefined ? undefined : eq(cases.placeId, placeId),
    themeId === undefined ? undefined : themeId === 0 ? isNull(cases.themeId) : eq(cases.themeId, themeId),
    kind === undefined ? undefined : eq(cases.kind, kind),
    ownerId === undefined ? undefined : eq(cases.ownerId, ownerId),
  )

/** Waiting cases by deadline, praise and settled ones by day, latest first; one row more than `limit` tells that there is a next page. */
export async function readCases(
  database: Database,
  reader: CaseReader,
  { filter, after, limit }: { filter: CaseFilter; after: CaseCursor | null; limit: number },
): Promise<CaseRow[]> {
  const settled = filter.tab === 'answered' || filter.tab === 'closed' || filter.tab === 'praise'
  const key = settled ? cases.day : cases.dueOn
  const further = after && sql`(${key}, ${cases.id}) ${sql.raw(settled ? '<' : '>')} (${after.day}, ${after.id})`
  return withinScope(database, reader.scope, (transaction) =>
    selectCases(transaction)
      .where(and(isReadable(reader), inTab(filter.tab, reader.today), matches(filter), further ?? undefined))
      .orderBy(settled ? desc(key) : asc(key), settled ? desc(cases.id) : asc(cases.id))
      .limit(limit),
  )
}

/** How many cases stand under each tab, by the same filter. */
export async function countCases(
  database: Database,
  reader: CaseReader,
  filter: Omit<CaseFilter, 'tab'>,
): Promise<Record<CaseTab, number>> {
  const count = (tab: CaseTab) => sql<number>`count(*) filter (where ${inTab(tab, reader.today)})::int`
  const columns = {
    new: count('new'),
    assigned: count('assigned'),
    overdue: count('overdue'),
    praise: count('praise'),
    answered: count('answered'),
    closed: count('closed'),
  }
  return withinScope(database, reader.scope, async (transaction) => {
    const [row] = await transaction
      .select(columns)
      .from(cases)
      .innerJoin(responses, ofCase)
      .where(and(isReadable(reader), matches(filter)))
    return row as Record<CaseTab, number>
  })
}

export type RecentComment = {
  caseId: number
  placeId: PlaceId
  day: string
  half: Half
  /** Raw: mask it before it is shown. */
  body: string
}

type RecentQuestion = Pick<CaseReader, 'today' | 'shownMornings'> & { day: string; placeIds: PlaceId[]; limit: number }

/** Comments of a day as far as it shows, in the order of their cases' scattered numbers; restricted ones are left out. */
export async function readRecentComments(
  database: Database,
  scope: Scope,
  { day, placeIds, limit, ...shown }: RecentQuestion,
): Promise<RecentComment[]> {
  if (placeIds.length === 0) return []
  return withinScope(database, scope, (transaction) =>
    transaction
      .select({
        caseId: cases.id,
        placeId: comments.placeId,
        day: comments.day,
        half: cases.half,
        body: comments.body,
      })
      .from(comments)
      .innerJoin(cases, and(eq(cases.placeId, comments.placeId), eq(cases.responseId, comments.responseId)))
      .where(
        and(eq(comments.day, day), inArray(comments.placeId, placeIds), eq(comments.restricted, false), isShown(shown)),
      )
      .orderBy(desc(cases.id))
      .limit(limit),
  )
}

/** What an agency, or with null every agency, publishes under "Ông/Bà nói, chúng tôi làm"; the newest first. */
export async function readImprovements(database: Database, agencyId: AgencyId | null): Promise<Improvement[]> {
  return database.query
    .select({
      id: improvements.id,
      agencyId: improvements.agencyId,
      said: improvements.said,
      did: improvements.did,
      publishedOn: dayOfInstant<string>(improvements.publishedAt),
    })
    .from(improvements)
    .where(
      and(
        sql`${improvements.publishedAt} is not null and ${improvements.withdrawnAt} is null`,
        agencyId === null ? undefined : eq(improvements.agencyId, agencyId),
      ),
    )
    .orderBy(desc(improvements.publishedAt), desc(improvements.id))
}

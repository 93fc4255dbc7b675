import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { CaseRow, ImprovementRow } from '../../server/cases/contract.ts'
import type { AgencyId, Scope } from '../../server/catalogue/contract.ts'
import type { Database } from '../client.ts'
import { dayOfInstant } from '../day-of-instant.ts'
import { recordAudit } from '../staff/audit.ts'
import { withinScope } from '../staff/scope.ts'
import { type CaseReader, isReadable, selectCases } from './cases.ts'
import { cases, improvements } from './tables.ts'

const state = sql<ImprovementRow['state']>`case when ${improvements.publishedAt} is null then 'draft'
  when ${improvements.withdrawnAt} is null then 'published' else 'withdrawn' end`

/** Every entry of these agencies, drafts and withdrawn ones too, the newest first. */
export async function readOwnImprovements(database: Database, scope: Scope): Promise<ImprovementRow[]> {
  if (scope !== 'all' && scope.length === 0) return []
  return database.query
    .select({
      id: improvements.id,
      agencyId: improvements.agencyId,
      said: improvements.said,
      did: improvements.did,
      state,
      cases: sql<number>`cardinality(${improvements.caseIds})`,
      createdBy: improvements.createdBy,
      publishedOn: dayOfInstant(improvements.publishedAt),
    })
    .from(improvements)
    .where(scope === 'all' ? undefined : inArray(improvements.agencyId, scope))
    .orderBy(desc(improvements.id))
}

/** An agency's answered cases that this reader may see, never a restricted one; the latest first. */
export async function readAnsweredCases(
  database: Database,
  reader: CaseReader,
  { agencyId, themeId, limit }: { agencyId: AgencyId; themeId: number | undefined; limit: number },
): Promise<CaseRow[]> {
  return withinScope(database, reader.scope, (transaction) =>
    selectCases(transaction)
      .where(
        and(
          isReadable(reader),
          eq(cases.agencyId, agencyId),
          eq(cases.restricted, false),
          isNotNull(cases.reply),
          inArray(cases.state, ['answered', 'closed']),
          themeId === undefined ? undefined : eq(cases.themeId, themeId),
        ),
      )
      .orderBy(desc(cases.day), desc(cases.id))
      .limit(limit),
  )
}

type NewImprovement = { agencyId: AgencyId; said: string; did: string; caseIds: number[]; createdBy: string }

export async function addImprovement(database: Database, entry: NewImprovement): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const [row] = await transaction.insert(improvements).values(entry).returning({ id: improvements.id })
    const { agencyId, said, did, caseIds, createdBy: actor } = entry
    const subject = `improvement/${row?.id}`
    await recordAudit(transaction, {
      actor,
      action: 'improvement.add',
      subject,
      agencyId,
      after: { said, did, caseIds },
    })
  })
}

/** Publishes a draft or a withdrawn entry, or withdraws a published one; false where there is none to do it to. */
export async function moveImprovement(
  database: Database,
  id: number,
  { scope, action, by }: { scope: Scope; action: 'publish' | 'withdraw'; by: { actor: string; at: string } },
): Promise<boolean> {
  const isPublished = and(isNotNull(improvements.publishedAt), isNull(improvements.withdrawnAt))
  const isNot = sql`(${improvements.publishedAt} is null or ${improvements.withdrawnAt} is not null)`
  const own = scope === 'all' ? undefined : inArray(improvements.agencyId, scope)
  return database.query.transaction(async (transaction) => {
    const [row] = await transaction
      .update(improvements)
      .set(action === 'publish' ? { publishedAt: by.at, withdrawnAt: null } : { withdrawnAt: by.at })
      .where(and(eq(improvements.id, id), own, action === 'publish' ? isNot : isPublished))
      .returning({ agencyId: improvements.agencyId })
    if (!row) return false
    const subject = `improvement/${id}`
    await recordAudit(transaction, {
      actor: by.actor,
      action: `improvement.${action}`,
      subject,
      agencyId: row.agencyId,
    })
    return true
  })
}

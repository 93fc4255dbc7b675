import { and, desc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Scope } from '../../server/catalogue/contract.ts'
import type { NewReport, ReportRecord, ReportSummary, Written } from '../../server/reports/record-contract.ts'
import { agencies } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { reports } from './tables.ts'

const { input, document, ...kept } = getTableColumns(reports)
const summary = {
  ...kept,
  agency: sql<string>`${agencies.name} ->> 'vi'`,
  correctedBy: sql<ReportSummary['correctedBy']>`(
    select jsonb_build_object('id', later.id, 'version', later.version, 'state', later.state)
    from reports as later where later.corrects_id = ${reports.id} order by later.version desc limit 1)`,
}
const newestFirst = [desc(reports.to), desc(reports.from), reports.kind, reports.sector, desc(reports.version)]

const readSummaries = (database: Database, condition: SQL | undefined): Promise<ReportSummary[]> =>
  database.query
    .select(summary)
    .from(reports)
    .innerJoin(agencies, eq(agencies.id, reports.agencyId))
    .where(condition)
    .orderBy(...newestFirst)

async function readRecord(database: Database, condition: SQL | undefined): Promise<ReportRecord | undefined> {
  const [found] = await database.query
    .select({ ...summary, input, document })
    .from(reports)
    .innerJoin(agencies, eq(agencies.id, reports.agencyId))
    .where(condition)
  return found
}

/** Every report that these agencies issue, the latest period first, its newest version first. */
export async function listReports(database: Database, scope: Scope): Promise<ReportSummary[]> {
  if (scope !== 'all' && scope.length === 0) return []
  return readSummaries(database, scope === 'all' ? undefined : inArray(reports.agencyId, scope))
}

export const findReport = (database: Database, id: number) => readRecord(database, eq(reports.id, id))

/** Who does it and when. */
export type By = { actor: string; at: string }

/** The new draft's id; undefined where this version of this report is already there. */
export async function makeReport(database: Database, report: NewReport, by: By): Promise<number | undefined> {
  return database.query.transaction(async (transaction) => {
    const [made] = await transaction
      .insert(reports)
      .values({ ...report, madeBy: by.actor, madeAt: by.at })
      .onConflictDoNothing({
        target: [reports.kind, reports.sector, reports.agencyId, reports.from, reports.to, reports.version],
      })
      .returning({ id: reports.id })
    if (!made) return undefined
    const { agencyId, from, to, version, hash, correctionReason: reason } = report
    await recordAudit(transaction, {
      actor: by.actor,
      action: reason ? 'report.correct' : 'report.make',
      subject: String(made.id),
      agencyId,
      after: { from, to, version, hash, ...(reason && { reason }) },
    })
    return made.id
  })
}

export type ChangeOutcome = 'done' | 'changed_meanwhile' | 'kept'

/**
 * Writes a draft anew where it still is what was seen. An approved report is `kept`, even where nothing would change.
 * `by` becomes its maker where the figures are new.
 */
export async function changeDraft(
  database: Database,
  { id, hash: seen, agencyId }: Pick<ReportSummary, 'id' | 'hash' | 'agencyId'>,
  { written, by, part }: { written: Written; by: By; part: 'figures' | 'paragraphs' },
): Promise<ChangeOutcome> {
  const maker = part === 'figures' ? { madeBy: by.actor, madeAt: by.at } : {}
  return database.query.transaction(async (transaction) => {
    const [found] = await transaction
      .select({ state: reports.state, hash: reports.hash })
      .from(reports)
      .where(eq(reports.id, id))
      .for('update')
    if (found?.hash !== seen) return 'changed_meanwhile'
    if (found.state !== 'draft') return 'kept'
    await transaction
      .update(reports)
      .set({ ...written, ...maker })
      .where(eq(reports.id, id))
    const entry = { actor: by.actor, action: 'report.change' as const, subject: String(id), agencyId }
    await recordAudit(transaction, { ...entry, before: { hash: seen }, after: { hash: written.hash, part } })
    return 'done'
  })
}

/** Signs exactly what was seen; false where it has changed since or somebody else was faster. */
export const approveReport = (database: Database, report: Pick<ReportSummary, 'id' | 'hash' | 'agencyId'>, by: By) =>
  moveReport(database, report, {
    by,
    from: 'draft',
    move: {
      action: 'report.approve',
      set: { state: 'approved', approvedBy: by.actor, approvedAt: by.at },
    },
  })

/** Shows an approved report to everybody; false where it is not approved or already shown. */
export const publishReport = (database: Database, report: Pick<ReportSummary, 'id' | 'hash' | 'agencyId'>, by: By) =>
  moveReport(database, report, {
    by,
    from: 'approved',
    move: {
      action: 'report.publish',
      set: { state: 'published', publishedBy: by.actor, publishedAt: by.at },
    },
  })

type Move = { action: 'report.approve' | 'report.publish'; set: Partial<typeof reports.$inferInsert> }

async function moveReport(
  database: Database,
  { id, hash, agencyId }: Pick<ReportSummary, 'id' | 'hash' | 'agencyId'>,
  { by: { actor }, from, move: { action, set } }: { by: By; from: 'draft' | 'approved'; move: Move },
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const moved = await transaction
      .update(reports)
      .set(set)
      .where(and(eq(reports.id, id), eq(reports.state, from), eq(reports.hash, hash)))
      .returning({ id: reports.id })
    if (moved.length === 0) return false
    await sealReport(transaction, id)
    await recordAudit(transaction, { actor, action, subject: String(id), agencyId, after: { hash } })
    return true
  })
}

/** Refers to what was signed or shown: from then on the database refuses to change or delete it (migration 0010). */
async function sealReport(transaction: Pick<PostgresJsDatabase, 'execute'>, id: number): Promise<void> {
  await transaction.execute(sql`
    insert into report_seals (report_id, stage, approved_seal)
    select id, 'approved', approved_seal from reports where id = ${id} and approved_seal is not null
    on conflict do nothing`)
  await transaction.execute(sql`
    insert into report_seals (report_id, stage, published_seal)
    select id, 'published', published_seal from reports where id = ${id} and published_seal is not null
    on conflict do nothing`)
}

import { and, asc, eq, isNull, max, sql } from 'drizzle-orm'
import type { Holiday, RightsRequest, Theme, ThemeForm } from '../../server/cases/contract.ts'
import { type CaseRules, caseRulesKey } from '../../server/catalogue/case-rules-contract.ts'
import type { Sector } from '../../server/catalogue/contract.ts'
import type { AuditEntry } from '../../server/staff/contract.ts'
import { holidays, settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { comments } from '../respond/tables.ts'
import { recordAudit } from '../staff/audit.ts'
import { withinScope } from '../staff/scope.ts'
import { ledgerEvents } from '../staff/tables.ts'
import { callbacks, cases, rightsRequests, themes } from './tables.ts'

export const readThemes = (database: Database): Promise<Theme[]> =>
  database.query.select().from(themes).orderBy(asc(themes.position), asc(themes.id))

/** False where there is no such theme, or another one of that name. */
export async function changeTheme(database: Database, form: ThemeForm, actor: string): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    if (form.action === 'add') {
      const [last] = await transaction.select({ id: max(themes.id), position: max(themes.position) }).from(themes)
      const position = (last?.position ?? 0) + 1
      const code = `rieng-${(last?.id ?? 0) + 1}`
      const values = { code, name: form.name, sector: (form.sector || null) as Sector | null }
      const rows = await transaction
        .insert(themes)
        .values({ ...values, position })
        .returning({ code: themes.code })
      const [row] = rows
      await recordAudit(transaction, themeEntry(actor, row?.code ?? '', undefined, { name: form.name }))
      return true
    }
    const [before] = await transaction.select().from(themes).where(eq(themes.id, form.id)).for('update')
    if (!before) return false
    const after = form.action === 'rename' ? { name: form.name } : { open: form.action === 'open' }
    await transaction.update(themes).set(after).where(eq(themes.id, form.id))
    const was = form.action === 'rename' ? { name: before.name } : { open: before.open }
    await recordAudit(transaction, themeEntry(actor, before.code, was, after))
    return true
  })
}

const themeEntry = (
  actor: string,
  code: string,
  before: Record<string, unknown> | undefined,
  after: Record<string, unknown>,
): AuditEntry => ({ actor, action: 'theme.change', subject: code, ...(before && { before }), after })

/** Days off and worked weekends of a year. */
export const readHolidays = (database: Database, year: number): Promise<Holiday[]> =>
  database.query
    .select()
    .from(holidays)
    .where(sql`${holidays.day} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`)
    .orderBy(asc(holidays.day))

/** A second entry for a day replaces the first. */
export async function addHoliday(database: Database, holiday: Holiday, actor: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    await transaction
      .insert(holidays)
      .values(holiday)
      .onConflictDoUpdate({ target: holidays.day, set: { name: holiday.name, works: holiday.works } })
    const { day, name, works } = holiday
    await recordAudit(transaction, { actor, action: 'holiday.change', subject: day, after: { name, works } })
  })
}

export async function removeHoliday(database: Database, day: string, actor: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const [row] = await transaction.delete(holidays).where(eq(holidays.day, day)).returning()
    if (!row) return
    const before = { name: row.name, works: row.works }
    await recordAudit(transaction, { actor, action: 'holiday.change', subject: day, before, after: {} })
  })
}

/** Keeps the rules of cases as JSON; what came before them stands in the audit log. */
export async function saveCaseRules(
  database: Database,
  before: CaseRules,
  after: CaseRules,
  actor: string,
): Promise<void> {
  const value = JSON.stringify(after)
  await database.query.transaction(async (transaction) => {
    await transaction
      .insert(settings)
      .values({ key: caseRulesKey, value })
      .onConflictDoUpdate({ target: settings.key, set: { value } })
    await recordAudit(transaction, { actor, action: 'case_rules.change', subject: caseRulesKey, before, after })
  })
}

/** Requests of people about their data: open ones by deadline, then the settled ones. */
export const readRightsRequests = (database: Database): Promise<RightsRequest[]> =>
  database.query
    .select()
    .from(rightsRequests)
    .orderBy(sql`${rightsRequests.doneAt} is not null, ${rightsRequests.dueOn}, ${rightsRequests.id}`)
    .limit(500)

/**
 * Settles a request with its outcome; with `erase` the comment and the telephone number of that receipt go first,
 * while the response itself, which names nobody, stays. False where it was settled before.
 */
export async function settleRightsRequest(
  database: Database,
  id: number,
  settled: { erase: boolean; outcome: string; actor: string; at: string },
): Promise<boolean> {
  return withinScope(database, 'all', async (transaction) => {
    const { outcome, actor, at, erase } = settled
    const [row] = await transaction
      .update(rightsRequests)
      .set({ outcome, doneBy: actor, doneAt: at })
      .where(and(eq(rightsRequests.id, id), isNull(rightsRequests.doneAt)))
      .returning({ receipt: rightsRequests.receipt, kind: rightsRequests.kind })
    if (!row) return false
    const [one] = await transaction.select().from(cases).where(eq(cases.receipt, row.receipt)).for('update')
    if (erase && one) {
      const erased = await transaction
        .delete(comments)
        .where(and(eq(comments.placeId, one.placeId), eq(comments.responseId, one.responseId)))
        .returning({ place: comments.placeId, response: comments.responseId })
      const reason = `Yêu cầu dữ liệu số ${id} của người gửi (Luật 91/2025/QH15)`
      const events = erased.map((which) => ({ body: { type: 'erasure' as const, ...which, at, reason } }))
      if (events.length > 0) await transaction.insert(ledgerEvents).values(events)
      await transaction.update(callbacks).set({ sealed: null, erasedAt: at }).where(eq(callbacks.caseId, one.id))
    }
    const action = erase ? 'rights.erase' : 'rights.note'
    await recordAudit(transaction, {
      actor,
      action,
      subject: `rights/${id}`,
      agencyId: one?.agencyId ?? null,
      after: { kind: row.kind },
    })
    return true
  })
}

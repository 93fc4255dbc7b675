import { desc, eq } from 'drizzle-orm'
import type { AuditChange } from '../../server/staff/contract.ts'
import type { Indicator } from '../catalogue/indicators.ts'
import { indicators } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'

/** All versions of one indicator, newest first; empty when there is no such indicator. */
export async function readIndicatorVersions(database: Database, code: string) {
  return database.query.select().from(indicators).where(eq(indicators.code, code)).orderBy(desc(indicators.version))
}

export type IndicatorChange = Pick<Indicator, 'title' | 'target' | 'period' | 'definition'> & {
  reason: string
  changedBy: string
}

/** Adds a version on top of the one the change was made on; false when somebody else was faster. */
export async function addIndicatorVersion(
  database: Database,
  code: string,
  basedOn: number,
  change: IndicatorChange,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [current] = await transaction
      .select()
      .from(indicators)
      .where(eq(indicators.code, code))
      .orderBy(desc(indicators.version))
      .limit(1)
    if (!current || current.version !== basedOn) return false
    const { changedAt: _, ...kept } = current
    const rows = await transaction
      .insert(indicators)
      .values({ ...kept, ...change, version: basedOn + 1 })
      .onConflictDoNothing()
      .returning({ code: indicators.code })
    if (rows.length === 0) return false
    await recordAudit(transaction, {
      actor: change.changedBy,
      action: 'indicator.change',
      subject: code,
      agencyId: current.ownerAgencyId,
      ...addReason(changedFields(settingsOf(current), settingsOf({ ...change, version: basedOn + 1 })), change.reason),
    })
    return true
  })
}

const addReason = (changed: AuditChange | null, reason: string): AuditChange => ({
  ...changed,
  after: { ...changed?.after, reason },
})

const settingsOf = ({ definition, ...change }: Omit<IndicatorChange, 'changedBy'> & { version?: number }) => ({
  title: change.title,
  target: change.target,
  period: change.period,
  version: change.version,
  formula: definition.formula,
  channels: definition.channels,
  fields: definition.fields,
  spread: definition.spread,
})

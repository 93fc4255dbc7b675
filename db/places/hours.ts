import { eq, inArray } from 'drizzle-orm'
import type { OwnDay, PlaceId } from '../../server/catalogue/contract.ts'
import { places } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'

export type Hours = { opensAt: number | null; closesAt: number | null; openDays: string }

/** The opening hours of some places at once; each that changes has its line in the log. */
export async function setHours(database: Database, ids: PlaceId[], hours: Hours, actor: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const rows = await transaction.select().from(places).where(inArray(places.id, ids)).orderBy(places.id).for('update')
    await transaction.update(places).set(hours).where(inArray(places.id, ids))
    const lines = rows.flatMap(({ code, agencyId, opensAt, closesAt, openDays }) => {
      const changed = changedFields({ opensAt, closesAt, openDays }, hours)
      return changed ? [{ actor, action: 'place.change' as const, subject: code, agencyId, ...changed }] : []
    })
    await recordAudit(transaction, ...lines)
  })
}

/** Adds a place's own day, in place of one of that date, or with `null` takes it away. */
export async function setOwnDay(
  database: Database,
  id: PlaceId,
  { day, own, actor }: { day: string; own: OwnDay | null; actor: string },
): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const [before] = await transaction.select().from(places).where(eq(places.id, id)).for('update')
    if (!before) throw new Error(`no place ${id}`)
    const others = before.ownDays.filter((one) => one.day !== day)
    const ownDays = [...others, ...(own ? [own] : [])].sort((a, b) => (a.day < b.day ? -1 : 1))
    await transaction.update(places).set({ ownDays }).where(eq(places.id, id))
    const was = before.ownDays.find((one) => one.day === day) ?? null
    const changed = changedFields({ ownDay: was }, { ownDay: own })
    const line = { actor, action: 'place.change' as const, subject: before.code, agencyId: before.agencyId }
    if (changed) await recordAudit(transaction, { ...line, ...changed })
  })
}

import { eq, inArray } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { OwnDay, PlaceId } from '../../server/catalogue/contract.ts'
import { writeWeek } from '../../server/typed/week.ts'
import { places } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'

export type Hours = Pick<typeof places.$inferSelect, 'opensAt' | 'closesAt' | 'openDays' | 'week'>

/** The opening hours of some places at once; each that changes has its line in the log. */
export async function setHours(database: Database, ids: PlaceId[], hours: Hours, actor: string): Promise<void> {
  await database.query.transaction(async (transaction) => {
    const rows = await transaction.select().from(places).where(inArray(places.id, ids)).orderBy(places.id).for('update')
    await transaction.update(places).set(hours).where(inArray(places.id, ids))
    const lines = rows.flatMap((before) => {
      const changed = changedHours(before, hours)
      const { code: subject, agencyId } = before
      return changed ? [{ actor, action: 'place.change' as const, subject, agencyId, ...changed }] : []
    })
    await recordAudit(transaction, ...lines)
  })
}

export type PlaceTimes = Hours & { ownDays: OwnDay[] }
export type TimesChange = { id: PlaceId; hours: Hours; ownDays: OwnDay[] }

/** The hours and own days of several places, each its own, within a change of more. */
export async function changeTimes(
  transaction: PostgresJsDatabase,
  changes: TimesChange[],
  actor: string,
): Promise<void> {
  const ids = changes.map(({ id }) => id)
  if (ids.length === 0) return
  const rows = await transaction.select().from(places).where(inArray(places.id, ids)).orderBy(places.id).for('update')
  for (const before of rows) {
    const { hours, ownDays } = changes.find(({ id }) => id === before.id) as TimesChange
    await transaction
      .update(places)
      .set({ ...hours, ownDays })
      .where(eq(places.id, before.id))
    const line = { actor, action: 'place.change' as const, subject: before.code, agencyId: before.agencyId }
    const ofHours = changedHours(before, hours)
    const ofDays = changedFields({ ownDays: before.ownDays }, { ownDays })
    await recordAudit(transaction, ...[ofHours, ofDays].flatMap((one) => (one ? [{ ...line, ...one }] : [])))
  }
}

/** As the log tells of a week: in the words people type it in. */
export function changedHours(before: Hours, after: Hours) {
  const inWords = ({ opensAt, closesAt, openDays, week }: Hours) => ({
    opensAt,
    closesAt,
    openDays,
    week: week && writeWeek(week),
  })
  return changedFields(inWords(before), inWords(after))
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

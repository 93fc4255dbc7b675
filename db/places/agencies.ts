import { asc, eq, max } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Text } from '../../server/catalogue/contract.ts'
import { agencies } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'
import { moveOne } from './order.ts'
import { hasOpenPlaces } from './places.ts'

export type AgencyChange = { name: Text; shortName: string; open: boolean }

/** A new agency at the end of the list; gives its code. */
export async function addAgency(
  database: Database,
  { name, shortName }: Omit<AgencyChange, 'open'>,
  makeCode: (taken: ReadonlySet<string>) => string,
  actor: string,
): Promise<string> {
  return database.query.transaction(async (transaction) => {
    const rows = await lockAll(transaction)
    const code = makeCode(new Set(rows.map((row) => row.code)))
    const [last] = await transaction.select({ position: max(agencies.position) }).from(agencies)
    const position = (last?.position ?? 0) + 1
    const [added] = await transaction.insert(agencies).values({ code, name, shortName, position }).returning()
    const line = { actor, action: 'agency.create' as const, subject: code, agencyId: added?.id ?? null }
    await recordAudit(transaction, { ...line, after: flatten({ name, shortName, open: true }) })
    return code
  })
}

/** An agency closes only without open places, and never the one that coordinates. */
export async function changeAgency(
  database: Database,
  code: string,
  change: AgencyChange,
  actor: string,
): Promise<'changed' | 'unknown' | 'has_open_places' | 'coordinates'> {
  return database.query.transaction(async (transaction) => {
    const before = (await lockAll(transaction)).find((row) => row.code === code)
    if (!before) return 'unknown'
    if (!change.open && before.coordinates) return 'coordinates'
    if (!change.open && (await hasOpenPlaces(transaction, before.id))) return 'has_open_places'
    await transaction.update(agencies).set(change).where(eq(agencies.code, code))
    const changed = changedFields(flatten(before), flatten(change))
    const line = { actor, action: 'agency.change' as const, subject: code, agencyId: before.id }
    if (changed) await recordAudit(transaction, { ...line, ...changed })
    return 'changed'
  })
}

/** Moves an agency before or after its neighbour; nothing at the ends. False when there is no such agency. */
export async function moveAgency(database: Database, code: string, direction: 'up' | 'down', actor: string) {
  return database.query.transaction(async (transaction) => {
    const rows = await lockAll(transaction)
    const at = rows.findIndex((row) => row.code === code)
    const moved = moveOne(rows, at, direction)
    for (const [index, { id, position }] of (moved ?? []).entries()) {
      if (position !== index + 1)
        await transaction
          .update(agencies)
          .set({ position: index + 1 })
          .where(eq(agencies.id, id))
    }
    const line = { actor, action: 'agency.order' as const, subject: code, agencyId: rows[at]?.id ?? null }
    const after = moved?.findIndex((row) => row.code === code) ?? at
    if (moved) await recordAudit(transaction, { ...line, before: { position: at + 1 }, after: { position: after + 1 } })
    return at >= 0
  })
}

/** Makes one open agency the one that follows the whole commune, in place of whoever did. */
export async function setCoordinator(database: Database, code: string, actor: string): Promise<'changed' | 'unknown'> {
  return database.query.transaction(async (transaction) => {
    const rows = await lockAll(transaction)
    const chosen = rows.find((row) => row.code === code && row.open)
    if (!chosen) return 'unknown'
    const before = rows.filter(({ coordinates }) => coordinates).map((row) => row.code)
    if (before.length === 1 && before[0] === code) return 'changed'
    await transaction.update(agencies).set({ coordinates: false }).where(eq(agencies.coordinates, true))
    await transaction.update(agencies).set({ coordinates: true }).where(eq(agencies.id, chosen.id))
    const line = { actor, action: 'agency.coordinate' as const, subject: code, agencyId: chosen.id }
    await recordAudit(transaction, { ...line, before: { coordinates: before }, after: { coordinates: [code] } })
    return 'changed'
  })
}

const lockAll = (transaction: PostgresJsDatabase) =>
  transaction.select().from(agencies).orderBy(asc(agencies.position), asc(agencies.id)).for('update')

const flatten = ({ name, shortName, open }: AgencyChange) => ({
  nameVi: name.vi,
  nameEn: name.en,
  nameKm: name.km,
  shortName,
  open,
})

import { eq } from 'drizzle-orm'
import type { Text } from '../../server/catalogue/contract.ts'
import { places, settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { changedFields, recordAudit } from '../staff/audit.ts'

export type PlaceChange = { name: Text; open: boolean; budgetPerHour: number | null }

/** False when there is no such place. */
export async function updatePlace(
  database: Database,
  code: string,
  change: PlaceChange,
  actor: string,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    const [before] = await transaction.select().from(places).where(eq(places.code, code)).for('update')
    if (!before) return false
    await transaction.update(places).set(change).where(eq(places.code, code))
    const changed = changedFields(flatten(before), flatten(change))
    const { agencyId } = before
    if (changed) await recordAudit(transaction, { actor, action: 'place.change', subject: code, agencyId, ...changed })
    return true
  })
}

const flatten = ({ name, open, budgetPerHour }: PlaceChange) => ({
  nameVi: name.vi,
  nameEn: name.en,
  nameKm: name.km,
  open,
  budgetPerHour,
})

export async function setQrCapitals(database: Database, capitals: boolean, actor: string): Promise<void> {
  const key = 'qr.capitals'
  const value = capitals ? 'yes' : 'no'
  await database.query.transaction(async (transaction) => {
    await transaction.insert(settings).values({ key, value: 'no' }).onConflictDoNothing()
    const [row] = await transaction.select().from(settings).where(eq(settings.key, key)).for('update')
    if (row?.value === value) return
    await transaction.update(settings).set({ value }).where(eq(settings.key, key))
    const changed = { before: { capitals: !capitals }, after: { capitals } }
    await recordAudit(transaction, { actor, action: 'place.qr', subject: key, ...changed })
  })
}

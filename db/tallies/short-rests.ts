import { eq } from 'drizzle-orm'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import type { ShortRest } from '../../server/tallies/short-rests-rules.ts'
import { settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { shortRests } from './tables.ts'

const closedKey = 'tallies.closed_through'

/** The last day whose rests were looked at for good; null before the first. */
export async function readClosedThrough(database: Database): Promise<string | null> {
  const [row] = await database.query.select().from(settings).where(eq(settings.key, closedKey))
  return row?.value ?? null
}

export type ClosedDay = { day: string; rests: (ShortRest & { agencyId: AgencyId })[]; isSettled: boolean }

/** Keeps the short rests of a closed day, in place of what was kept before it was settled; once for good. */
export async function keepShortRests(database: Database, { day, rests, isSettled }: ClosedDay): Promise<void> {
  await database.query.transaction(async (transaction) => {
    await transaction.insert(settings).values({ key: closedKey, value: '' }).onConflictDoNothing()
    const [known] = await transaction.select().from(settings).where(eq(settings.key, closedKey)).for('update')
    if (known && known.value >= day) return
    await transaction.delete(shortRests).where(eq(shortRests.day, day))
    if (rests.length > 0) await transaction.insert(shortRests).values(rests.map((rest) => ({ ...rest, day })))
    if (isSettled) await transaction.update(settings).set({ value: day }).where(eq(settings.key, closedKey))
  })
}

import { eq, sql } from 'drizzle-orm'
import { FirstRunSetting } from '../../server/first-run/contract.ts'
import { settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { withinScope } from '../staff/scope.ts'
import { countReceived } from '../tallies/slices.ts'

const key = 'first_run'
const nothingPutAside: FirstRunSetting = { skipped: [], checked: [], dismissed: false }

export type FirstRunCounts = {
  agenciesChanged: boolean
  placesChanged: boolean
  qrOpenings: number
  colleagues: number
  responses: number
}

/** What was changed, opened, invited and answered so far; sums of tallies, never a look at the answers. */
export async function readFirstRunCounts(database: Database): Promise<FirstRunCounts> {
  const [row] = await withinScope(database, 'all', (transaction) =>
    transaction.execute<Omit<FirstRunCounts, 'responses'>>(sql`
      select exists (select from audit_log where action like 'agency.%') as "agenciesChanged",
        exists (select from audit_log where action in ('place.create', 'place.change')) as "placesChanged",
        (select coalesce(sum(count), 0)::int from openings where channel = 'qr') as "qrOpenings",
        (select greatest(count(*)::int - 1, 0) from staff where not disabled) as colleagues`),
  )
  if (!row) throw new Error('a question without from gave no row')
  return { ...row, responses: await countReceived(database) }
}

export async function readFirstRun(database: Database): Promise<FirstRunSetting> {
  const [row] = await database.query.select().from(settings).where(eq(settings.key, key))
  return parseSetting(row?.value)
}

/** Not in the audit log: it changes nothing but what one list shows. */
export async function updateFirstRun(
  database: Database,
  change: (before: FirstRunSetting) => FirstRunSetting,
): Promise<void> {
  await database.query.transaction(async (transaction) => {
    await transaction
      .insert(settings)
      .values({ key, value: JSON.stringify(nothingPutAside) })
      .onConflictDoNothing()
    const [row] = await transaction.select().from(settings).where(eq(settings.key, key)).for('update')
    const value = JSON.stringify(change(parseSetting(row?.value)))
    await transaction.update(settings).set({ value }).where(eq(settings.key, key))
  })
}

function parseSetting(text: string | undefined): FirstRunSetting {
  try {
    return FirstRunSetting.safeParse(JSON.parse(text ?? '')).data ?? nothingPutAside
  } catch {
    return nothingPutAside
  }
}

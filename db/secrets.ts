import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { settings } from './catalogue/tables.ts'
import type { Database } from './client.ts'

/** `page` authenticates the ids of pages, `presence` the codes on screens, `ledger` hides what the lines of the ledger say. */
export type Secrets = Record<'rotation' | 'receipt' | 'device' | 'page' | 'presence' | 'ledger', string>

/** Keys made once by the first process that starts; they never leave the database and the server. */
export async function loadSecrets(database: Database): Promise<Secrets> {
  const read = async (key: string) => {
    const value = randomBytes(32).toString('hex')
    await database.query.insert(settings).values({ key, value }).onConflictDoNothing()
    const [row] = await database.query.select().from(settings).where(eq(settings.key, key))
    return (row as { value: string }).value
  }
  const [rotation, receipt] = [await read('key.rotation'), await read('key.receipt')]
  const [device, page] = [await read('key.device'), await read('key.page')]
  const [presence, ledger] = [await read('key.presence'), await read('key.ledger')]
  return { rotation, receipt, device, page, presence, ledger }
}

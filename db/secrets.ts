import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { settings } from './catalogue/tables.ts'
import type { Database } from './client.ts'

export type Secrets = { rotation: string; receipt: string; device: string }

/** Keys made once by the first process that starts; they never leave the database and the server. */
export async function loadSecrets(database: Database): Promise<Secrets> {
  const read = async (key: string) => {
    const value = randomBytes(32).toString('hex')
    await database.query.insert(settings).values({ key, value }).onConflictDoNothing()
    const [row] = await database.query.select().from(settings).where(eq(settings.key, key))
    return (row as { value: string }).value
  }
  return { rotation: await read('key.rotation'), receipt: await read('key.receipt'), device: await read('key.device') }
}

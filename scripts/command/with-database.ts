import { resolve } from 'node:path'
import type { Connection } from '../../db/client.ts'
import { requireReachable } from '../../db/connection/reach.ts'
import { inSchema } from '../../db/connection/schema.ts'
import { launchDatabase, openRunningDatabase } from '../../db/embedded/launch.ts'
import { readConfig } from '../../server/config.ts'

/** Runs a command on the application's database: the one at DATABASE_URL, the running one in DATA_DIR, or that one started for it. */
export async function withDatabase<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const known = config.databaseUrl ?? openRunningDatabase(resolve(config.dataDir))
  if (config.databaseUrl) await requireReachable(inSchema(config.databaseUrl, config.databaseSchema))
  if (known) return work(inSchema(known, config.databaseSchema))
  const launched = await launchDatabase(resolve(config.dataDir), () => {})
  try {
    return await work(inSchema(launched.connection, config.databaseSchema))
  } finally {
    await launched.stop()
  }
}

import { resolve } from 'node:path'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { type Connection, isOutage, openDatabase, prepareDatabase } from '../db/client.ts'
import { readUse } from '../db/communes/communes.ts'
import { explainConnecting, requireReachable } from '../db/connection/reach.ts'
import { inSchema } from '../db/connection/schema.ts'
import { launchDatabase } from '../db/embedded/launch.ts'
import { findAnsweringCode } from '../db/places/places.ts'
import { loadReference } from '../db/reference/load.ts'
import { readReference } from '../db/reference/reference.ts'
import { loadSecrets } from '../db/secrets.ts'
import { createAdministrator, hasStaffMember } from '../db/staff/members.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { portOf } from './http/server.ts'
import { startNightly } from './ledger/nightly.ts'
import { openVault } from './ledger/vault.ts'
import { createSealing, loadSealingKey } from './staff/sealing.ts'
import { hashPassword, makePassword } from './staff/sign-in/passwords.ts'
import { keepSmall } from './system/keep-small.ts'

export const administratorName = 'admin'

export type Running = {
  port: number
  /** Set on the very first start without ADMIN_PASSWORD: to be shown once. */
  newPassword: string | null
  /** A place that takes answers now; null where none does. */
  examplePlace: string | null
  /** Stops accepting, finishes what is in flight, then stops the database. */
  stop(): Promise<void>
}

/** Database, migrations, reference data, server: everything from nothing to serving. */
export async function startServer(config: Config, log: (message: string) => void): Promise<Running> {
  const embedded = config.databaseUrl ? null : await launchDatabase(resolve(config.dataDir), log)
  const connection = inSchema(embedded?.connection ?? (config.databaseUrl as string), config.databaseSchema)
  try {
    const sealing = createSealing(loadSealingKey(config.contactKey, resolve(config.dataDir)))
    const vault = openVault(config.ledgerKey, resolve(config.dataDir), config.publicUrl)
    const newPassword = await prepare(connection, config, async (query) => {
      if ((await readUse(query)) === 'province') throw new Error(boardsDatabase)
      await loadReference(query, readReference())
    })
    const database = openDatabase(connection)
    const secrets = await loadSecrets(database)
    const app = await createApp({ config, database, secrets, sealing, vault, sequences: true, now: Date.now })
    await app.listen({ host: config.host, port: config.port })
    const tidying = keepSmall()
    const nightly = startNightly({ database, now: Date.now, source: sourceOf(config) })
    const stop = async () => {
      tidying.stop()
      nightly.stop()
      await app.close()
      await database.close()
      await embedded?.stop()
    }
    const examplePlace = await findAnsweringCode(database)
    return { port: portOf(app) ?? config.port, newPassword, examplePlace, stop }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/** How the nightly check reaches the tables: as anybody with this folder or this address would. */
const sourceOf = ({ databaseUrl, databaseSchema, dataDir }: Config) => ({
  args: [
    ...(databaseUrl ? ['--database-url'] : ['--data-dir', resolve(dataDir)]),
    '--schema',
    databaseSchema,
    '--last',
    resolve(dataDir, 'ledger.last'),
  ],
  env: databaseUrl ? { DATABASE_URL: databaseUrl } : ({} as Record<string, string>),
})

const boardsDatabase =
  'Cơ sở dữ liệu này là của bảng cấp tỉnh; xin chạy npm run province, hoặc đặt DATA_DIR, DATABASE_URL khác cho xã.'

/** Migrations, what the database begins with, the administrator: returns the password to show once, where one was made. */
export async function prepare(
  connection: Connection,
  config: Config,
  load: (database: PostgresJsDatabase) => Promise<void>,
): Promise<string | null> {
  let newPassword: string | null = null
  if (config.databaseUrl) await requireReachable(connection)
  try {
    await prepareDatabase(connection, async (database) => {
      await load(database)
      newPassword = await ensureAdministrator(database, config.adminPassword)
    })
  } catch (error) {
    if (!config.databaseUrl || !isOutage(error)) throw error
    throw new Error(explainConnecting(error), { cause: error })
  }
  return newPassword
}

/** The password to show, when this start made the account and nobody had chosen one. */
async function ensureAdministrator(database: PostgresJsDatabase, chosen: string | null): Promise<string | null> {
  if (await hasStaffMember(database, administratorName)) return null
  const password = chosen ?? makePassword()
  const isNew = await createAdministrator(database, administratorName, await hashPassword(password))
  return isNew && !chosen ? password : null
}

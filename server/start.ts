import { resolve } from 'node:path'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { type Connection, type Database, isOutage, openDatabase, prepareDatabase } from '../db/client.ts'
import { explainConnecting, requireReachable } from '../db/connection/reach.ts'
import { launchDatabase } from '../db/embedded/launch.ts'
import { loadReference } from '../db/reference/load.ts'
import { readReference } from '../db/reference/reference.ts'
import { loadSecrets } from '../db/secrets.ts'
import { createAdministrator, hasStaffMember } from '../db/staff/members.ts'
import { createApp } from './app.ts'
import { createCatalogue } from './catalogue/catalogue.ts'
import type { Config } from './config.ts'
import { portOf } from './http/server.ts'
import { startNightly } from './ledger/nightly.ts'
import { openVault } from './ledger/vault.ts'
import { createSealing, loadSealingKey } from './staff/sealing.ts'
import { hashPassword, makePassword } from './staff/sign-in/passwords.ts'

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
  const connection = embedded?.connection ?? (config.databaseUrl as string)
  try {
    const sealing = createSealing(loadSealingKey(config.contactKey, resolve(config.dataDir)))
    const vault = openVault(config.ledgerKey, resolve(config.dataDir), config.publicUrl)
    const newPassword = await prepare(connection, config)
    const database = openDatabase(connection)
    const secrets = await loadSecrets(database)
    const app = await createApp({ config, database, secrets, sealing, vault, sequences: true, now: Date.now })
    await app.listen({ host: config.host, port: config.port })
    const nightly = startNightly({ database, now: Date.now, source: sourceOf(config) })
    const stop = async () => {
      nightly.stop()
      await app.close()
      await database.close()
      await embedded?.stop()
    }
    const examplePlace = await findExamplePlace(database)
    return { port: portOf(app) ?? config.port, newPassword, examplePlace, stop }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function findExamplePlace(database: Database): Promise<string | null> {
  const { places, publishedByCode } = await createCatalogue(database, Date.now).read()
  return places.find(({ open, questionnaire }) => open && publishedByCode.has(questionnaire))?.code ?? null
}

/** How the nightly check reaches the tables: as anybody with this folder or this address would. */
const sourceOf = ({ databaseUrl, dataDir }: Config) => ({
  args: [
    ...(databaseUrl ? ['--database-url'] : ['--data-dir', resolve(dataDir)]),
    '--last',
    resolve(dataDir, 'ledger.last'),
  ],
  env: databaseUrl ? { DATABASE_URL: databaseUrl } : ({} as Record<string, string>),
})

async function prepare(connection: Connection, config: Config): Promise<string | null> {
  let newPassword: string | null = null
  if (config.databaseUrl) await requireReachable(config.databaseUrl)
  try {
    await prepareDatabase(connection, async (database) => {
      await loadReference(database, readReference())
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

import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Binaries, findBinaries } from './binaries.ts'
import {
  type Address,
  type Cluster,
  locateData,
  prepareCluster,
  removeTemporarySockets,
  renewSuperuserPassword,
} from './cluster.ts'
import type { Postmaster } from './postmaster.ts'
import { clearTheWay, isPostmaster, readPidFile } from './recover.ts'
import { readSecrets } from './secrets.ts'
import { startServer } from './server.ts'

export { DatabaseRefused } from './refused.ts'

export type EmbeddedDatabase = {
  /** postgres.js options of the application's role: no superuser, owner of the database. */
  connection: Connection
  /** False while PostgreSQL, having died, is being started again. */
  isUp(): boolean
  /** Ends transactions, writes everything, waits for the exit. May be called again. */
  stop(): Promise<void>
}
type Connection = { host: string; port: number; database: string; username: string; password: string }

/**
 * Runs PostgreSQL in the folder until `stop`; throws DatabaseRefused where a person has to act first.
 * `settings` replace those in postmaster.ts, for data that nobody would miss.
 */
export async function launchDatabase(
  dataDir: string,
  log: (message: string) => void,
  binaries: Binaries | Promise<Binaries> = findBinaries(),
  settings: Record<string, string> = {},
): Promise<EmbeddedDatabase> {
  const cluster = await prepareCluster(resolve(dataDir), await binaries, settings)
  const stopping = new AbortController()
  const first = await startFirst(cluster, stopping.signal)
  const { isUp, ended } = keepRunning(first, cluster, stopping.signal, log)
  return {
    connection: describeConnection(cluster.address, cluster.secrets.application),
    isUp,
    async stop() {
      stopping.abort()
      await ended
      removeTemporarySockets(cluster)
    },
  }
}

/** For scripts beside a running server: its connection, or undefined where no server runs on the folder. */
export function openRunningDatabase(dataDir: string): Connection | undefined {
  const data = locateData(resolve(dataDir))
  const found = readPidFile(data)
  if (found?.status !== 'ready' || !isPostmaster(found.pid, data)) return undefined
  const secrets = readSecrets(resolve(dataDir))
  return secrets && describeConnection(found.address, secrets.application)
}

function describeConnection(address: Address, password: string): Connection {
  return { ...address, database: 'ydan', username: 'ydan_app', password }
}

async function startFirst(cluster: Cluster, signal: AbortSignal): Promise<Postmaster> {
  try {
    if (cluster.secretsAreNew) {
      await clearTheWay(cluster, signal)
      renewSuperuserPassword(cluster)
    }
    return await startServer(cluster, signal)
  } catch (error) {
    removeTemporarySockets(cluster)
    throw error
  }
}

function keepRunning(first: Postmaster, cluster: Cluster, signal: AbortSignal, log: (message: string) => void) {
  let server: Postmaster | undefined = first
  async function supervise() {
    while (server) {
      await server.exited
      server = undefined
      if (signal.aborted) return
      log('PostgreSQL dừng ngoài ý muốn, đang khởi động lại.')
      server = await restart(cluster, signal, log)
    }
  }
  return { isUp: () => server !== undefined, ended: supervise() }
}

async function restart(cluster: Cluster, signal: AbortSignal, log: (message: string) => void) {
  for (let delayMs = 100; !signal.aborted; delayMs = Math.min(delayMs * 2, 5000)) {
    try {
      await pause(delayMs, undefined, { signal })
      return await startServer(cluster, signal)
    } catch (error) {
      if (!signal.aborted) log(`Chưa khởi động lại được PostgreSQL: ${(error as Error).message}`)
    }
  }
  return undefined
}

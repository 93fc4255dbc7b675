import { statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../db/client.ts'
import { readDatabaseClock, readDatabaseState, readLastBackup } from '../../db/system/state.ts'
import { links } from '../../web/links.ts'
import { renderSystemPage } from '../../web/system/page.tsx'
import { readCodeVersion } from '../code-version.ts'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { shellOf } from '../staff/permission-rules.ts'
import type { ClockDifference, SystemView } from './contract.ts'
import { backupHealth, clockDifference, diskHealth, isClockOff } from './rules.ts'

export type SystemHouse = Pick<House, 'config' | 'database' | 'guard' | 'background' | 'assets' | 'demo' | 'now'>

export type SystemParts = SystemHouse & { isStoring: () => boolean; ledger: Ledger }

/** How the machine stands, for the administrator who would otherwise need a terminal. */
export function serveSystem(app: FastifyInstance, parts: SystemParts): void {
  const code = readCodeVersion()
  const startedAt = new Date(parts.now()).toISOString()
  app.get(links.system, async (request, reply) => {
    const member = await parts.guard.getStaff(request)
    const view = { ...code, startedAt, ...(await readSystem(parts)) }
    const shell = shellOf(member, 'system', parts.demo)
    return sendHtml(reply, 200, renderSystemPage({ view, shell }, parts.assets), staffPolicy)
  })
}

type Measured = Omit<SystemView, 'version' | 'codeVersion' | 'startedAt'>

async function readSystem({ database, config, now, isStoring, background, ledger }: SystemParts): Promise<Measured> {
  const clock = await readClock(database, now)
  const [state, last, disk] = await Promise.all([
    readDatabaseState(database),
    readLastBackup(database),
    readDisk(config.dataDir),
  ])
  return {
    database: state,
    disk,
    nodeVersion: process.versions.node,
    writes: isStoring(),
    clock: { ...clock, isOff: isClockOff(clock) },
    background: background.list(),
    backup: { last, health: backupHealth(last, now()) },
    now: new Date(now()).toISOString(),
    ledger: await ledger.status(),
    settings: describeSettings(config),
  }
}

/** Before everything else, on a connection that is open: what takes long is not to be measured. */
async function readClock(database: Database, now: () => number): Promise<ClockDifference> {
  await readDatabaseClock(database)
  const sentMs = now()
  const databaseMs = await readDatabaseClock(database)
  return clockDifference(sentMs, databaseMs, now())
}

/** Null where the folder does not exist, as beside a database of one's own. */
async function readDisk(folder: string): Promise<SystemView['disk']> {
  const found = await statfs(resolve(folder)).catch(() => null)
  if (!found) return null
  const freeBytes = found.bavail * found.bsize
  return { freeBytes, totalBytes: found.blocks * found.bsize, health: diskHealth(freeBytes) }
}

/** What is in force, by the names of the environment. Of a secret only whether it is set. */
function describeSettings(config: Config): SystemView['settings'] {
  const isSet = (value: string | null) => (value === null ? 'chưa đặt' : 'đã đặt')
  const named: Record<string, string> = {
    PUBLIC_URL: config.publicUrl ?? 'chưa đặt: mã QR chỉ dùng được trong mạng nội bộ',
    HOST: config.host,
    PORT: String(config.port),
    DATABASE_URL: config.databaseUrl === null ? 'chưa đặt: dùng PostgreSQL đi kèm' : 'đã đặt',
    DATABASE_SCHEMA: config.databaseSchema,
    PLACE_BUDGET_PER_HOUR: String(config.placeBudgetPerHour),
    TRUST_PROXY: String(config.trustProxy),
    API_KEY: isSet(config.apiKey),
    LEDGER_KEY: config.ledgerKey === null ? 'chưa đặt: dùng tệp ledger.key' : 'đã đặt',
    LOG_LEVEL: config.logLevel,
  }
  return Object.entries(named).map(([name, value]) => ({ name, value }))
}

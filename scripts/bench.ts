// npm run bench -- proofs: what an answer costs with and without a proof of its origin, see bench/proofs.ts.
// npm run bench -- growth [sizes]: how boards and storing change as a commune's responses grow, see bench/growth.ts.
// npm run bench: answers per second over HTTP at 1 to 256 connections, beside what the same route does without storing,
// what single-row inserts would do and what Fastify alone does; and the bytes of the pages. Read ratios, not figures.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Connection } from '../db/client.ts'
import { type AskedPlace, readAskedPlaces } from './bench/bodies.ts'
import { launchBenchDatabase, logAll, readRotationKey, recount, settleLedger } from './bench/database.ts'
import type { Load, Measured } from './bench/load.ts'
import { ask, bundleServer, readBusyShare } from './bench/machine.ts'
import { measurePages } from './bench/pages.ts'
import { type Figures, printClaims, printFigures, printLasting, printPages } from './bench/report.ts'
import type { Side } from './bench/server.ts'
import { buildIfStale } from './build.js'

const [part, ...rest] = process.argv.slice(2)
if (part === 'proofs') process.exit(await (await import('./bench/proofs.ts')).runProofs())
if (part === 'growth') process.exit(await (await import('./bench/growth.ts')).runGrowth(rest))

const sides: Side[] = ['stores', 'unlogged', 'parses', 'rows', 'bare']
/** How often each side is measured (more often where a claim is made), and how many answers are made ready for it. */
const levels = [
  { connections: 1, times: 2, requests: 10_000 },
  { connections: 16, times: 2, requests: 30_000 },
  { connections: 64, times: 5, requests: 40_000 },
  { connections: 256, times: 3, requests: 55_000 },
]
const firstWarmMs = 2000
const laterWarmMs = 800
const measureMs = 3000
/** A rush so long that the ledger no longer waits for its end. */
const lasting = { connections: 64, requests: 260_000, warmMs: 35_000, measureMs: 30_000 }

await buildIfStale()
const bundle = await bundleServer()
const database = await launchBenchDatabase()
const servers = new Map<Side, Server>()
try {
  const busy = await readBusyShare(1000)
  for (const side of sides) servers.set(side, await startSide(side))
  const { origin } = getServer('stores')
  const citizens = fork(join(import.meta.dirname, 'bench/load.ts'))
  const makers = { places: await readAskedPlaces(origin), rotationKey: await readRotationKey(database.application) }
  const figures = await measureAll(citizens, makers)
  const longer = await measureLasting(citizens, makers)
  citizens.disconnect()
  const pages = await measurePages(origin)
  const stored = await recount(database.application)
  const logged = await logAll(database.unlogged)
  printFigures(figures, busy)
  printLasting(longer)
  printPages(pages)
  process.exitCode = printClaims(figures, longer, pages, { ...stored, logged }) ? 0 : 1
} finally {
  for (const { child } of servers.values()) child.kill('SIGKILL')
  await database.stop()
}

type Server = { child: ChildProcess; origin: string }

function getServer(side: Side): Server {
  return servers.get(side) as Server
}

async function startSide(side: Side): Promise<Server> {
  const connection: Connection = side === 'rows' || side === 'unlogged' ? database[side] : database.application
  const child = fork(bundle, { env: { ...process.env, SIDE: side, DATABASE: JSON.stringify(connection) } })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, origin: `http://127.0.0.1:${port}` }
}

type Makers = { places: AskedPlace[]; rotationKey: string }

/** Sides take turns within a round, with the same answers, so that what else the machine does meets all of them. */
async function measureAll(citizens: ChildProcess, makers: Makers): Promise<Figures[]> {
  const all: Figures[] = []
  for (const { connections, times, requests } of levels) {
    for (let round = 0; round < times; round += 1) {
      const warmMs = round === 0 ? firstWarmMs : laterWarmMs
      await ask(citizens, { prepare: { ...makers, seed: all.length, count: requests } })
      for (const side of [...sides.slice(round), ...sides.slice(0, round)]) {
        const everyIdOnce = side === 'stores' || side === 'unlogged' || side === 'rows'
        const load = { origin: getServer(side).origin, connections, warmMs, measureMs, everyIdOnce }
        all.push({ side, connections, ...(await measure(citizens, getServer(side), load)) })
        // What the rush left to the ledger is done before the next side is measured: it would pay for it.
        if (side === 'stores') await settleLedger(database.application)
      }
    }
  }
  return all
}

/** With and without a ledger, measured when the rush has lasted so long that the ledger works beside it. */
async function measureLasting(citizens: ChildProcess, makers: Makers): Promise<Figures[]> {
  const { connections, requests, warmMs, measureMs } = lasting
  const all: Figures[] = []
  await ask(citizens, { prepare: { ...makers, seed: 1_000_000, count: requests } })
  for (const side of ['unlogged', 'stores'] as const) {
    const load = { origin: getServer(side).origin, connections, warmMs, measureMs, everyIdOnce: true }
    all.push({ side, connections, ...(await measure(citizens, getServer(side), load)) })
  }
  await settleLedger(database.application)
  return all
}

type Usage = { rss: number; cpu: NodeJS.CpuUsage }

async function measure(citizens: ChildProcess, { child }: Server, load: Load) {
  const before = await ask<Usage>(child, 'usage')
  const measured = await ask<Measured>(citizens, load)
  const after = await ask<Usage>(child, 'usage')
  const cpuMicros = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system
  const replies = Object.values(measured.replies).reduce((sum, count) => sum + count, 0)
  return { ...measured, rssBytes: after.rss, cpuMicrosPerReply: cpuMicros / Math.max(1, replies) }
}

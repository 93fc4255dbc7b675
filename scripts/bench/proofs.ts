import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, type Database, openDatabase } from '../../db/client.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { addTickets } from '../../db/tickets/tickets.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { addDays, dayOf } from '../../server/days.ts'
import { bytesOfTicket, hashTicket, makeTicketCode } from '../../server/tickets/ticket-rules.ts'
import { buildIfStale } from '../build.js'
import { readAskedPlaces } from './bodies.ts'
import { launchBenchDatabase } from './database.ts'
import type { Measured } from './load.ts'
import { ask, bundleServer } from './machine.ts'
import type { ProofKind, ProofWords } from './proved-bodies.ts'

const kinds: ProofKind[] = ['none', 'presence', 'ticket']
const rounds = 6
const answersARound = 16_000
const ticketsAPlace = 500
const mostShare = 1.05

type Cost = { perSecond: number; serverMicros: number; databaseMicros: number; refused: number }

/** What an answer costs with and without a proof of where it came from, in CPU of the server and of PostgreSQL. Exit code. */
export async function runProofs(): Promise<number> {
  await buildIfStale()
  const bundle = await bundleServer()
  const bench = await launchBenchDatabase()
  const child = fork(bundle, { env: { ...process.env, SIDE: 'stores', DATABASE: JSON.stringify(bench.application) } })
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    return print(await measureKinds(`http://127.0.0.1:${port}`, child, bench)) ? 0 : 1
  } finally {
    child.kill('SIGKILL')
    await bench.stop()
  }
}

/** Kinds take turns with the same answers; of each the cheapest round, the one least disturbed by others. */
async function measureKinds(
  origin: string,
  child: ChildProcess,
  { application, postmaster }: { application: Connection; postmaster: number },
): Promise<Map<ProofKind, Cost[]>> {
  const database = openDatabase(application)
  const secrets = await loadSecrets(database)
  const places = await readAskedPlaces(origin)
  const placeIds = await readPlaceIds(database)
  const citizens = fork(join(import.meta.dirname, 'load.ts'))
  const all = new Map<ProofKind, Cost[]>(kinds.map((kind) => [kind, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of [...kinds.slice(round % 3), ...kinds.slice(0, round % 3)]) {
      const tickets = kind === 'ticket' ? await giveTickets(database, placeIds) : {}
      const proofs: ProofWords = { kind, pageKey: secrets.page, presenceKey: secrets.presence, placeIds, tickets }
      const prepare = { places, rotationKey: secrets.rotation, seed: round, count: answersARound, proofs }
      await ask(citizens, { prepare })
      const before = await readCpu(child, postmaster)
      const load = { origin, connections: 64, warmMs: 0, measureMs: 60_000, everyIdOnce: true }
      const { perSecond, replies } = await ask<Measured>(citizens, load)
      const after = await readCpu(child, postmaster)
      const created = replies[201] ?? 0
      const refused = Object.values(replies).reduce((sum, count) => sum + count, 0) - created
      const serverMicros = (after.server - before.server) / created
      all
        .get(kind)
        ?.push({ perSecond, serverMicros, databaseMicros: (after.database - before.database) / created, refused })
    }
  }
  citizens.disconnect()
  await checkProofs(database)
  await database.close()
  return all
}

async function readPlaceIds({ sql }: Database): Promise<Record<string, number>> {
  const rows = await sql<{ code: string; id: number }[]>`select code, id from places`
  return Object.fromEntries(rows.map(({ code, id }) => [code, id]))
}

async function giveTickets(database: Database, placeIds: Record<string, number>): Promise<Record<string, string[]>> {
  const day = dayOf(Date.now())
  const given: Record<string, string[]> = {}
  for (const [code, id] of Object.entries(placeIds)) {
    const codes = Array.from({ length: ticketsAPlace }, () => makeTicketCode(randomBytes(bytesOfTicket)))
    const batch = { placeId: id as PlaceId, fieldId: 0 as const, day, kind: 'sheet' as const, madeBy: 'bench' }
    await addTickets(database, { ...batch, expiresOn: addDays(day, 30), hashes: codes.map(hashTicket) })
    given[code] = codes
  }
  return given
}

/** That the answers were what their kind says: a bench of refused proofs would be a cheap one. */
async function checkProofs({ sql }: Database): Promise<void> {
  const rows = await sql`select provenance, count(*)::int as n from responses group by 1 order by 1`
  console.log(rows.map(({ provenance, n }) => `${provenance} ${n}`).join(', '))
}

/** Microseconds of CPU so far: the server's process, and PostgreSQL with all its children (Linux). */
async function readCpu(child: ChildProcess, postmaster: number) {
  const { cpu } = await ask<{ cpu: NodeJS.CpuUsage }>(child, 'usage')
  return { server: cpu.user + cpu.system, database: readTree(postmaster) }
}

const microsPerTick = 10_000

function readTree(postmaster: number): number {
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      if (Number(pid) !== postmaster && Number(fields[1]) !== postmaster) continue
      const [user, system, ofChildren, systemOfChildren] = fields.slice(11, 15).map(Number) as [
        number,
        number,
        number,
        number,
      ]
      ticks += user + system + (Number(pid) === postmaster ? ofChildren + systemOfChildren : 0)
    } catch {
      // Ended meanwhile: its parent has its time.
    }
  }
  return ticks * microsPerTick
}

function print(all: Map<ProofKind, Cost[]>): boolean {
  const names: Record<ProofKind, string> = {
    none: 'không bằng chứng',
    presence: 'mã trên màn hình',
    ticket: 'phiếu một lần',
  }
  const sumOf = ({ serverMicros, databaseMicros }: Cost) => serverMicros + databaseMicros
  const best = (kind: ProofKind) => (all.get(kind) as Cost[]).reduce((a, b) => (sumOf(b) < sumOf(a) ? b : a))
  console.log('CPU µs mỗi phiếu, 64 kết nối; mỗi bên lần ít tốn nhất:')
  for (const kind of kinds) {
    const { perSecond, serverMicros, databaseMicros } = best(kind)
    const each = (all.get(kind) as Cost[]).map((one) => sumOf(one).toFixed(0)).join('  ')
    console.log(
      `  ${names[kind].padEnd(20)} máy chủ ${serverMicros.toFixed(0)} + PostgreSQL ${databaseMicros.toFixed(0)}, ${perSecond.toFixed(0)} phiếu/giây (từng lần ${each})`,
    )
  }
  const refused = [...all.values()].flat().reduce((sum, one) => sum + one.refused, 0)
  const claims = (['presence', 'ticket'] as const).map((kind): [boolean, string] => {
    const share = sumOf(best(kind)) / sumOf(best('none'))
    return [share <= mostShare, `${names[kind]}: tốn bằng ${(share * 100).toFixed(0)} % (hứa ≤ 105 %)`]
  })
  claims.push([refused === 0, `${refused} trả lời khác 201 (hứa 0)`])
  for (const [holds, sentence] of claims) console.log(`${holds ? 'ĐẠT      ' : 'KHÔNG ĐẠT'} ${sentence}`)
  return claims.every(([holds]) => holds)
}

import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { type Connection, prepareDatabase } from '../../db/client.ts'
import { inSchema } from '../../db/connection/schema.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { type ServerProcess, startProcess } from '../../tests/fixtures/process.ts'
import { type Memory, readCpuSeconds, readMemory, readUnit } from '../../tests/fixtures/unit.ts'
import { links } from '../../web/links.ts'
import { addressOf, makePlace, type Place, placeOf } from '../commune/role.ts'
import { soakSettings } from './citizens.ts'
import { pairRole, startAlone, stopMember } from './failover/pair.ts'
import type { Finding } from './finding.ts'

const communes = 100
const running = 12
const answersEach = 5
/** The pool closes what nobody used for ten seconds, and memory is given back soon after; start and chores are long over. */
const idleMs = 60_000
const longestSettlingMs = 120_000
const mostMegabytes = 90
const mostConnections = 4
const mostStartSeconds = 1.5

type Known = Exclude<Connection, string>

/** A hundred communes in one PostgreSQL, a role each; twelve of their processes at once. */
export async function soakCommunes(folder: string): Promise<Finding[]> {
  chmodSync(folder, 0o755)
  const member = await startAlone(folder, 'postgres', 200)
  try {
    const address = { host: '127.0.0.1', port: member.port, database: pairRole }
    const superuser = { ...address, username: 'postgres', password: '' }
    const places = Array.from({ length: communes }, (_, index) => placeOf(`xa-${String(index + 1).padStart(3, '0')}`))
    const startedAt = performance.now()
    for (const place of places) await furnish(superuser, place)
    console.log(`  ${communes} xã được lập trong ${((performance.now() - startedAt) / 1000).toFixed(0)} giây`)
    // Started once before: what is measured is a start like any other, without an administrator to make.
    await (await startCommune(superuser, places[0] as Place, folder)).end('SIGTERM')
    const servers: ServerProcess[] = []
    const starting = await timeStart(async () => {
      servers.push(await startCommune(superuser, places[0] as Place, folder))
      return servers[0] as ServerProcess
    })
    for (const place of places.slice(1, running)) servers.push(await startCommune(superuser, place, folder))
    const findings = await watch(superuser, places, servers)
    for (const server of servers) await server.end('SIGTERM')
    return [...findings, starting]
  } finally {
    await stopMember(member)
  }
}

async function furnish(superuser: Known, place: Place): Promise<void> {
  await makePlace(superuser, place)
  const own = inSchema({ ...superuser, username: place.role, password: place.password }, place.schema)
  await prepareDatabase(own, (query) => loadReference(query, readReference()))
}

function startCommune(superuser: Known, place: Place, folder: string): Promise<ServerProcess> {
  const DATABASE_URL = addressOf(`postgres://postgres@127.0.0.1:${superuser.port}/${superuser.database}`, place)
  const settings = soakSettings(join(folder, place.schema))
  const { environment, flags } = readUnit()
  return startProcess({ ...settings, ...environment, DATABASE_URL, DATABASE_SCHEMA: place.schema }, flags)
}

/** By the work it takes: the clock tells what else the machine does. */
async function timeStart(start: () => Promise<ServerProcess>): Promise<Finding> {
  const startedAt = performance.now()
  const { child } = await start()
  const [clock, cpu] = [(performance.now() - startedAt) / 1000, readCpuSeconds(child.pid as number)]
  return [
    cpu <= mostStartSeconds,
    `một xã mở sau ${clock.toFixed(2)} giây, ${cpu.toFixed(2)} giây bộ xử lý (hứa ≤ ${mostStartSeconds})`,
  ]
}

async function watch(superuser: Known, places: Place[], servers: ServerProcess[]): Promise<Finding[]> {
  for (const server of servers) for (let sent = 0; sent < answersEach; sent += 1) await answer(server.url)
  await pause(idleMs)
  const sql = postgres({ ...superuser, max: 1, onnotice: () => {} })
  const counts: number[] = []
  for (const { schema } of places) {
    const [row] = await sql`select count(*)::int as n from ${sql(schema)}.responses`
    counts.push(row?.n)
  }
  const connections = await sql<{ role: string; n: number }[]>`
    select usename as role, count(*)::int as n from pg_stat_activity where usename like 'ydan_xa_%' group by 1`
  const foreign = await readForeign(superuser, places)
  await sql.end()
  const memory = await settleMemory(servers)
  const mostOf = (kind: keyof Memory) => Math.round(most(memory.map((one) => one[kind])))
  const expected = places.map((_, index) => (index < running ? answersEach : 0))
  return [
    [
      counts.join() === expected.join(),
      `${running} tiến trình cùng chạy, mỗi xã giữ đúng ${answersEach} phiếu của mình, ${communes - running} xã kia không có phiếu nào`,
    ],
    [foreign === 0, `không vai trò nào đọc được bảng của xã khác (${places.length} lần thử)`],
    [
      most(connections.map(({ n }) => n)) <= mostConnections,
      `nhiều nhất ${most(connections.map(({ n }) => n))} kết nối khi rỗi`,
    ],
    [
      mostOf('resident') <= mostMegabytes,
      `bộ nhớ của một xã khi rỗi: thường trú ${mostOf('resident')} MB (hứa ≤ ${mostMegabytes}), phần chung chia đều ${mostOf('shared')} MB, của riêng ${mostOf('own')} MB`,
    ],
  ]
}

/** Memory is given back once a process has been quiet for ten seconds of its own, which a busy machine puts off. */
async function settleMemory(servers: ServerProcess[]): Promise<Memory[]> {
  const read = () => servers.map(({ child }) => readMemory(child.pid as number))
  const until = performance.now() + longestSettlingMs
  let memory = read()
  while (most(memory.map(({ resident }) => resident)) > mostMegabytes && performance.now() < until) {
    await pause(5000)
    memory = read()
  }
  return memory
}

const most = (values: number[]): number => Math.max(0, ...values)

/** How many roles could read the next commune's responses. */
async function readForeign(superuser: Known, places: Place[]): Promise<number> {
  let read = 0
  for (const [index, { role, password }] of places.entries()) {
    const sql = postgres({ ...superuser, username: role, password, max: 1, onnotice: () => {} })
    const next = places[(index + 1) % places.length] as Place
    read += await sql`select from ${sql(next.schema)}.responses`.then(
      () => 1,
      () => 0,
    )
    await sql.end()
  }
  return read
}

async function answer(url: string): Promise<void> {
  const id = crypto.randomUUID()
  const { ask } = (await (await fetch(url + links.api.questionnaire('QUAYHT', id))).json()) as {
    ask: { criterion: string }[]
  }
  const answers = Object.fromEntries(ask.map(({ criterion }) => [criterion, 5]))
  const body = JSON.stringify({ id, place: 'QUAYHT', answers })
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(url + links.api.responses, { method: 'POST', headers, body })
  if (reply.status !== 201) throw new Error(`answering: ${reply.status}`)
}

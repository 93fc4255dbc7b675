import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, openDatabase, prepareDatabase, type Queries } from '../../db/client.ts'
import { launchDatabase } from '../../db/embedded/launch.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { addDays, dayOf } from '../../server/days.ts'
import { links } from '../../web/links.ts'
import { recount } from '../bench/database.ts'
import { fillDemo } from '../demo/year.ts'
import { type Body, connectionTo, sendBody, soakSettings, startForCitizens } from './citizens.ts'
import type { Finding } from './finding.ts'

const questionnaire = 'administrative'
const mostMegabytes = 300
const citizens = 4

/** A year's responses as files while citizens answer: memory, the first byte, and that nobody waits or is lost. */
export async function soakExport(folder: string): Promise<Finding[]> {
  const dataDir = join(folder, 'data')
  const least = Number(process.env.SOAK_RESPONSES ?? 1_000_000)
  const rows = await loadResponses(dataDir, least)
  const { server, makeBody } = await startForCitizens(dataDir)
  const pid = server.child.pid as number
  try {
    const cookie = await signIn(server.url)
    const before = memoryOf(pid)
    const stop = new AbortController()
    const answering = answerUntil(stop.signal, server.url, makeBody)
    const files = []
    for (const format of ['csv', 'xlsx'] as const) files.push(await download(server.url, cookie, format, pid))
    stop.abort()
    const { sent, stored, slowestMs } = await answering
    const left = await countReaders(connectionTo(dataDir))
    return [
      ...files.map(
        (file): Finding => [
          file.megabytes < mostMegabytes && file.firstByteMs < 1000,
          `${describe(file, rows)}, trước đó ${before.toFixed(0)} MB`,
        ],
      ),
      [files[0]?.lines === rows + 1, `${files[0]?.lines} dòng trong CSV (hứa ${rows + 1})`],
      [stored === sent, `${stored}/${sent} phiếu gửi trong lúc đó được ghi, chậm nhất ${slowestMs.toFixed(0)} ms`],
      [left === 0, `${left} kết nối xuất dữ liệu còn lại (hứa 0)`],
    ]
  } finally {
    await server.end('SIGTERM')
  }
}

type Downloaded = Awaited<ReturnType<typeof download>>

const describe = ({ format, bytes, seconds, firstByteMs, megabytes }: Downloaded, rows: number): string =>
  `${rows.toLocaleString('vi-VN')} phiếu thành ${format}: ${(bytes / 1e6).toFixed(0)} MB trong ${seconds.toFixed(1)} giây, ` +
  `byte đầu sau ${firstByteMs.toFixed(0)} ms (hứa < 1000), bộ nhớ cao nhất ${megabytes.toFixed(0)} MB (hứa < ${mostMegabytes})`

/** Sample answers of the closed days, copied under new ids until there are enough. Returns how many can be exported. */
async function loadResponses(dataDir: string, least: number): Promise<number> {
  const launched = await launchDatabase(dataDir, () => {})
  try {
    await prepareDatabase(launched.connection, (query) => loadReference(query, readReference()))
    const database = openDatabase(launched.connection)
    try {
      await fillDemo(database, { seed: 1, days: 365, nowMs: Date.now(), budgetPerHour: 120 })
      await copyResponses(database.sql, least)
    } finally {
      await database.close()
    }
    await recount(launched.connection)
    return await countClosed(launched.connection)
  } finally {
    await launched.stop()
  }
}

async function copyResponses(sql: ReturnType<typeof openDatabase>['sql'], least: number): Promise<void> {
  const [{ own } = { own: 1 }] = await sql<
    { own: number }[]
  >`select count(*)::int as own from responses where ${ofOurs(sql)}`
  const names = await sql<{ name: string }[]>`
    select column_name as name from information_schema.columns where table_name = 'responses' and column_name <> 'id'`
  const columns = sql.unsafe(names.map(({ name }) => name).join(', '))
  await sql.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`
    await transaction`
      insert into responses (id, ${columns}) select gen_random_uuid(), ${columns}
      from responses, generate_series(1, ${Math.ceil(least / own) - 1}) where ${ofOurs(transaction)}`
  })
  await sql`vacuum analyze responses`
}

const ofOurs = (sql: Queries) =>
  sql`version_id in (select id from questionnaire_versions where code = ${questionnaire})`

async function countClosed(connection: Connection): Promise<number> {
  const database = openDatabase(connection)
  try {
    const { sql } = database
    const [row] = await sql<{ rows: number }[]>`
      select count(*)::int as rows from responses where ${ofOurs(sql)} and day < ${dayOf(Date.now())}`
    return row?.rows ?? 0
  } finally {
    await database.close()
  }
}

async function countReaders(connection: Connection): Promise<number> {
  const database = openDatabase(connection)
  try {
    // The file is whole a moment before its connection is closed.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const [row] = await database.sql<{ left: number }[]>`
      select count(*)::int as left from pg_stat_activity where application_name = 'ydan-export'`
    return row?.left ?? -1
  } finally {
    await database.close()
  }
}

async function signIn(url: string): Promise<string> {
  const { ADMIN_PASSWORD: password } = soakSettings('')
  const body = new URLSearchParams({ username: 'admin', password })
  const reply = await fetch(url + links.signIn(), { method: 'POST', body, redirect: 'manual' })
  return reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

async function download(url: string, cookie: string, format: 'csv' | 'xlsx', pid: number) {
  const yesterday = addDays(dayOf(Date.now()), -1)
  const path = links.exportFile({ bo: questionnaire, tu: addDays(yesterday, -400), den: yesterday, dang: format })
  const startedAt = performance.now()
  const reply = await fetch(url + path, { headers: { cookie } })
  if (!reply.ok || !reply.body) throw new Error(`${path} ${reply.status}`)
  let [bytes, lines, megabytes, firstByteMs] = [0, 0, 0, 0]
  for await (const part of reply.body) {
    firstByteMs ||= performance.now() - startedAt
    bytes += part.length
    for (const byte of part) if (byte === 10) lines += 1
    megabytes = Math.max(megabytes, memoryOf(pid))
  }
  return { format, bytes, lines, megabytes, firstByteMs, seconds: (performance.now() - startedAt) / 1000 }
}

/** Resident memory of a process, in megabytes, as Linux tells it. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000

async function answerUntil(signal: AbortSignal, url: string, makeBody: () => Body) {
  const total = { sent: 0, stored: 0, slowestMs: 0 }
  const answer = async () => {
    while (!signal.aborted) {
      const startedAt = performance.now()
      total.sent += 1
      if ((await sendBody(url, makeBody())) === 201) total.stored += 1
      total.slowestMs = Math.max(total.slowestMs, performance.now() - startedAt)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await Promise.all(Array.from({ length: citizens }, answer))
  return total
}

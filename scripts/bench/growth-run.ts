import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Connection, openDatabase, prepareDatabase } from '../../db/client.ts'
import { loadReference } from '../../db/reference/load.ts'
import { readReference } from '../../db/reference/reference.ts'
import { createAdministrator } from '../../db/staff/members.ts'
import { openSession } from '../../db/staff/sessions.ts'
import { dayOf, daysBefore } from '../../server/days.ts'
import { links } from '../../web/links.ts'
import { loadTallied } from '../soak/million.ts'
import { readAskedPlaces } from './bodies.ts'
import { readRotationKey, recount } from './database.ts'
import type { Grown, Reading } from './growth-report.ts'
import type { Measured } from './load.ts'
import { ask } from './machine.ts'
import { readTables } from './tables.ts'

const readings = 100
const warmReadings = 5
const load = { connections: 64, warmMs: 1500, measureMs: 8000, everyIdOnce: true }
const bodiesAtOnce = 40_000

/** The responses, and the tallies that the boards read. */
export async function fill(connection: Connection, size: number): Promise<number> {
  if (size === 0) {
    await prepareDatabase(connection, (query) => loadReference(query, readReference()))
    return 0
  }
  const responses = await loadTallied(connection, size)
  await countVisits(connection)
  if (size <= mostRecounted) await checkTallies(connection, responses)
  return responses
}

/** Counting every response anew takes half a minute for a million. */
const mostRecounted = 1_000_000

async function checkTallies(connection: Connection, responses: number): Promise<void> {
  const counted = await recount(connection)
  console.log(`  đếm lại ${counted.responses} phiếu: ${counted.differing} ô khác`)
  if (counted.responses !== responses || counted.differing > 0) throw new Error('the tallies are not a recount')
}

/** A count for every place and workday of the year, where visits are counted: response rates are part of the pages. */
async function countVisits(connection: Connection): Promise<void> {
  const { sql, close } = openDatabase(connection)
  const yesterday = daysBefore(dayOf(Date.now()), 1)
  try {
    await sql`
      insert into visits (place_id, field_id, period, day, count, source, changed_by)
      select id, 0, 'day', day::date, 100, 'form', 'do-toc-do'
      from places, generate_series(${daysBefore(yesterday, 364)}::timestamp, ${yesterday}::timestamp, '1 day') as day
      where sector <> 'education' and questionnaire <> 'household' and extract(isodow from day) < 6`
  } finally {
    await close()
  }
}

/** A session of an administrator, for reading the boards. */
async function signIn(connection: Connection): Promise<string> {
  const database = openDatabase(connection)
  try {
    await createAdministrator(database.query, 'do-toc-do', 'no password opens this')
    const [member] = await database.sql<{ id: number }[]>`select id from staff where username = 'do-toc-do'`
    return `yd_session=${await openSession(database, member?.id ?? 0)}`
  } finally {
    await database.close()
  }
}

/** Pages, storing and tables of a filled database, by a server in a process of its own. */
export async function measureServer(
  bundle: string,
  connection: Connection,
  minutes: number,
): Promise<Omit<Grown, 'label' | 'responses'>> {
  const cookie = await signIn(connection)
  const env = { ...process.env, SIDE: 'unlogged', DATABASE: JSON.stringify(connection) }
  const child = fork(bundle, { env })
  try {
    const startedAt = performance.now()
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    console.log(`  máy chủ mở sau ${((performance.now() - startedAt) / 1000).toFixed(1)} giây`)
    await untilLooked(connection, child)
    const origin = `http://127.0.0.1:${port}`
    const pages = []
    for (const [name, path] of Object.entries(listPaths())) pages.push(await readOften(name, origin + path, cookie))
    const stored = await store(origin, connection, minutes)
    // Counters of the tables are told about once a second.
    await pause(2000)
    return { pages, stored, tables: await readTables(connection) }
  } finally {
    child.kill('SIGKILL')
  }
}

/**
 * What a server does once a day, when yesterday has closed: the look for signs over a quarter of each place, off the hot
 * path. Pages and storing are measured after it, as on the other 23 hours; how long it takes and what memory is said.
 */
async function untilLooked(connection: Connection, child: ChildProcess): Promise<void> {
  const { sql, close } = openDatabase(connection)
  const startedAt = performance.now()
  const yesterday = daysBefore(dayOf(Date.now()), 1)
  try {
    while ((await sql`select from sign_days where day = ${yesterday}`).length === 0) await pause(200)
    const seconds = (performance.now() - startedAt) / 1000
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
    console.log(
      `  hôm qua được nhìn lại trong ${seconds.toFixed(1)} giây, bộ nhớ cao nhất ${Math.round(Number(peak) / 1000)} MB`,
    )
  } finally {
    await close()
  }
}

function listPaths(): Record<string, string> {
  const today = dayOf(Date.now())
  return {
    'Hôm nay': links.today(),
    'Toàn xã': links.commune(),
    'một chỉ tiêu': links.indicator('II.8'),
    'một chỉ tiêu, một năm': links.indicator('II.1', daysBefore(today, 365), today),
    'kết quả công khai': links.publicResults,
    'dữ liệu mở theo ngày': links.openDataFile('daily.json'),
  }
}

/** One after the other, as one reader would: how long until the last byte. */
async function readOften(name: string, url: string, cookie: string): Promise<Reading> {
  const times: number[] = []
  let bytes = 0
  for (let turn = 0; turn < warmReadings + readings; turn += 1) {
    const startedAt = performance.now()
    const reply = await fetch(url, { headers: { cookie }, redirect: 'manual' })
    bytes = (await reply.arrayBuffer()).byteLength
    if (reply.status !== 200) throw new Error(`${url}: ${reply.status}`)
    if (turn >= warmReadings) times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0
  return { name, p50Ms: at(0.5), p95Ms: at(0.95), bytes }
}

/** Answers per second at full load, the best of the rounds; with minutes, as many rounds as they take. */
async function store(
  origin: string,
  connection: Connection,
  minutes: number,
): Promise<{ perSecond: number; created: number }> {
  const places = await readAskedPlaces(origin)
  const rotationKey = await readRotationKey(connection)
  const citizens = fork(join(import.meta.dirname, 'load.ts'))
  const until = performance.now() + minutes * 60_000
  const rounds: Measured[] = []
  try {
    do {
      await ask(citizens, { prepare: { places, rotationKey, seed: rounds.length, count: bodiesAtOnce } })
      rounds.push(await ask<Measured>(citizens, { origin, ...load }))
    } while (performance.now() < until)
  } finally {
    citizens.disconnect()
  }
  const wrong = rounds.filter(({ errors, replies }) => errors > 0 || Object.keys(replies).some((one) => one !== '201'))
  if (wrong.length > 0) throw new Error(`not every answer was stored: ${JSON.stringify(wrong[0]?.replies)}`)
  return {
    perSecond: Math.max(...rounds.map(({ perSecond }) => perSecond)),
    created: rounds.reduce((sum, { replies }) => sum + (replies[201] ?? 0), 0),
  }
}

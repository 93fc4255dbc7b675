import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeBackup } from '../db/backup/backup.ts'
import { restoreBackup } from '../db/backup/restore.ts'
import { openDatabase, prepareDatabase, type Sql } from '../db/client.ts'
import { rebuildTallies } from '../db/respond/rebuild.ts'
import { planVersion } from '../server/catalogue/draw-rules.ts'
import { addToCells, keyOfCell } from '../server/tallies/rules.ts'
import { links } from '../web/links.ts'
import { makeEmpty } from './fixtures/database/empty-database.ts'
import { makeOdd, oddSettings } from './fixtures/database/odd-role.ts'
import { cloneDemo, demoNow } from './fixtures/demo-server.ts'
import { listPages } from './fixtures/pages/every-page.ts'
import { apiKey, cloneDatabase, fullBody, startTestServer, type TestServer } from './fixtures/test-server.ts'

let plain: TestServer
let odd: TestServer
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-odd-'))
  const sample = await cloneDemo()
  const copy = await cloneDatabase(sample)
  await makeOdd(copy)
  const options = { now: () => demoNow, config: { demo: true } }
  plain = await startTestServer({ ...options, connection: sample })
  odd = await startTestServer({ ...options, connection: copy })
}, 180_000)
afterAll(async () => {
  await Promise.all([plain?.stop(), odd?.stop()])
  rmSync(folder, { recursive: true, force: true })
})

test('a role without our settings really has all of them odd', async () => {
  const sql = postgres({ ...(odd.connection as object), max: 1, onnotice: () => {} })
  const [row] = await sql.unsafe(`select current_setting('DateStyle') as style, current_setting('search_path') as path`)
  expect(row).toEqual({ style: 'German, DMY', path: 'nowhere' })
  await sql.end()
})

test('every connection has the settings that the code relies on', async () => {
  const names = Object.keys(oddSettings)
  const read = async (sql: Sql) => {
    const rows = await sql`select name, current_setting(name) as value from unnest(${names}::text[]) as name`
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  }
  const [writer, reader] = [odd.database.openWriter(), odd.database.openReader()]
  const pool = await read(odd.database.sql)
  for (const name of names) expect(pool[name], name).not.toBe(oddSettings[name])
  expect(pool).toMatchObject({ datestyle: 'ISO, YMD', timezone: 'UTC', client_encoding: 'UTF8', search_path: 'public' })
  expect(pool).toMatchObject({ synchronous_commit: 'on', statement_timeout: '30s', idle_session_timeout: '0' })
  expect(await read(writer)).toEqual(pool)
  expect(await read(reader)).toEqual({ ...pool, statement_timeout: '0' })
  await Promise.all([writer.end(), reader.end()])
})

test('an owner’s stricter way of waiting for the disk is left alone', async () => {
  const strict = await cloneDatabase()
  await makeOdd(strict, { synchronous_commit: 'remote_apply' })
  const database = openDatabase(strict)
  expect(await database.sql`show synchronous_commit`).toEqual([{ synchronous_commit: 'remote_apply' }])
  await database.close()
})

test('a connection made anew after a loss has them too', async () => {
  const writer = odd.database.openWriter()
  await writer`select 1`
  const [before] = await writer`select pg_backend_pid() as pid`
  await odd.database.sql`select pg_terminate_backend(${before?.pid})`
  await expect.poll(() => writer`show datestyle`.catch(() => null)).toEqual([{ DateStyle: 'ISO, YMD' }])
  const [after] = await writer`select pg_backend_pid() as pid`
  expect(after?.pid).not.toBe(before?.pid)
  await writer.end()
})

test('every page of staff and citizens opens, with the same figures', async () => {
  const pages = await listPages(odd)
  expect(pages.length).toBeGreaterThan(50)
  for (const role of ['admin', 'leader', 'manager'] as const) {
    const cookies = await Promise.all([plain, odd].map((server) => enter(server, role)))
    for (const { path } of pages) {
      const [usual, reply] = await Promise.all(
        [plain, odd].map((server, index) => server.send(path, { headers: { cookie: cookies[index] as string } })),
      )
      expect(reply?.status, `${role} ${path}`).toBe(usual?.status)
      if (compared.has(path) && reply?.ok)
        expect(figuresOf(await reply?.text())).toEqual(figuresOf(await usual?.text()))
    }
  }
})

const compared = new Set<string>([links.healthResults(), links.commune(), links.indicators(), links.today()])

const enter = async (server: TestServer, role: 'admin' | 'leader' | 'manager') =>
  (role === 'admin' ? await server.signIn() : await server.signInAs(role, ['trung-tam-pvhcc'])).cookie

/** Of what stands in the middle: around it is the name of who looks. */
const figuresOf = (html = '') =>
  /<main.*<\/main>/s
    .exec(html)?.[0]
    .replace(/<[^>]+>/g, ' ')
    .match(/\d[\d.,/]*/g)

test.each([links.api.daily(undefined, '2026-08-25', '2026-09-20'), links.api.indicators('2026-09-01', '2026-09-20')])(
  '%s says the same',
  async (path) => {
    const headers = { authorization: `Bearer ${apiKey}` }
    const [usual, reply] = await Promise.all([plain, odd].map((server) => server.send(path, { headers })))
    expect([usual?.status, reply?.status]).toEqual([200, 200])
    expect(exact(await reply?.text())).toEqual(exact(await usual?.text()))
  },
)

/** Sums of fractions differ in their last digits with the order in which PostgreSQL happens to add them. */
const exact = (json = '') =>
  JSON.parse(json, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)) as unknown

test('exports hold the same rows', async () => {
  const path = links.exportFile({ bo: 'administrative', tu: '2026-09-01', den: '2026-09-20', dang: 'csv' })
  const texts = []
  for (const server of [plain, odd]) {
    const reply = await server.send(path, { headers: { cookie: (await server.signIn()).cookie } })
    expect(reply.status).toBe(200)
    const sorted = (await reply.text()).split('\r\n').sort()
    texts.push(sorted.length)
  }
  expect(texts[1]).toBe(texts[0])
})

test('answers are stored, and nobody sees a comment outside a scope', async () => {
  const body = await fullBody(odd, 'QUAYHT', 2)
  expect((await odd.answer({ ...body, comment: 'Chờ lâu' })).status).toBe(201)
  expect((await odd.answer(body)).status).toBe(200)
  expect(await odd.database.sql`select from comments`).toHaveLength(0)
  expect(await odd.countDiffering()).toBe(0)
})

test('a backup is made, restored into another odd database and recounted', async () => {
  const path = join(folder, 'odd.ydb')
  const settings = { product: '0.0.0', passphrase: null, contactKey: null, at: '2026-11-24T01:00:00.000Z' }
  const { responses } = await writeBackup(odd.connection, path, settings)
  const target = await makeEmpty()
  await makeOdd(target)
  const { rows } = await restoreBackup(target, path, null)
  expect(rows.responses).toBe(responses)
  const database = openDatabase(target)
  const recount = await rebuildTallies(database, { planVersion, addToCells, keyOfCell })
  expect(recount).toMatchObject({ responses, differing: 0 })
  await database.close()
})

test('an empty database of such a role is migrated', async () => {
  const target = await makeEmpty()
  await makeOdd(target)
  await prepareDatabase(target, async () => {})
  const database = openDatabase(target)
  const [row] = await database.sql`select count(*)::int as n from pg_tables where schemaname = 'public'`
  expect(row?.n).toBeGreaterThan(20)
  await database.close()
})

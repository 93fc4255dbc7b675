import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencies } from '../../db/catalogue/tables.ts'
import { openDatabase, prepareDatabase } from '../../db/client.ts'
import { requireReachable } from '../../db/connection/reach.ts'
import { comments } from '../../db/respond/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { links } from '../../web/links.ts'
import { makeEmpty } from '../fixtures/database/empty-database.ts'
import { makeOdd } from '../fixtures/database/odd-role.ts'
import { type Pooler, startPooler } from '../fixtures/database/pgbouncer.ts'
import { startProcess } from '../fixtures/process.ts'
import { apiKey, cloneDatabase, fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const run = promisify(execFile)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-pooled-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('behind PgBouncer in session mode', () => {
  let pooler: Pooler
  let server: TestServer
  let url: string

  beforeAll(async () => {
    pooler = await startPooler('session')
    const given = await cloneDatabase()
    await makeOdd(given)
    url = pooler.urlOf(given.database)
    server = await startTestServer({ connection: url })
  })
  afterAll(async () => {
    await server.stop()
    await pooler.stop()
  })

  test('the built program starts on an empty database, two at once, and stores an answer', async () => {
    const { database } = await makeEmpty()
    const settings = { DATABASE_URL: pooler.urlOf(database), CONTACT_KEY: '0'.repeat(64), API_KEY: apiKey }
    const started = await Promise.all([startProcess(settings), startProcess(settings)])
    const body = await fullBody({ send: (path: string) => fetch(started[0].url + path) } as TestServer, 'QUAYHT', 4)
    const statuses = []
    for (const { url: at } of started) {
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(at + links.api.responses, { method: 'POST', headers, body: JSON.stringify(body) })
      statuses.push(reply.status)
    }
    expect(statuses).toEqual([201, 200])
    for (const one of started) expect(await one.end('SIGTERM')).toBe(0)
  })

  test('two migrations of one database wait for each other', async () => {
    const { database } = await makeEmpty()
    const both = [1, 2].map(() => prepareDatabase(pooler.urlOf(database), async () => {}))
    await expect(Promise.all(both)).resolves.toHaveLength(2)
  })

  test('answers, their live board and their exact numbers', async () => {
    const { cookie } = await server.signIn()
    const stream = await server.send(links.live, { headers: { cookie } })
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    const next = reader.read()
    expect((await server.answer(await fullBody(server, 'QUAYHT', 5))).status).toBe(201)
    expect(new TextDecoder().decode((await next).value)).toContain('data:')
    await reader.cancel()
    const daily = await server.read<unknown[]>(links.api.daily())
    expect(JSON.stringify(daily)).toContain('"QUAYHT"')
  })

  test('a scope sees its own agency only, and no question outside a scope sees a comment', async () => {
    const body = await fullBody(server, 'KHAMBENH', 5)
    expect((await server.answer({ ...body, comment: 'Phòng chờ nóng' })).status).toBe(201)
    const rows = await server.database.query.select().from(agencies)
    const read = async (code: string) => {
      const scope = rows.filter((row) => row.code === code).map(({ id }) => id)
      return withinScope(server.database, scope, async (t) => (await t.select().from(comments)).map((row) => row.body))
    }
    const asked = ['tram-y-te', 'trung-tam-pvhcc', 'tram-y-te', 'trung-tam-pvhcc'].map(read)
    expect(await Promise.all(asked)).toEqual([['Phòng chờ nóng'], [], ['Phòng chờ nóng'], []])
    expect(await server.database.sql`select from comments`).toHaveLength(0)
  })

  test('the commands of the administrator work', async () => {
    const env = { ...process.env, DATABASE_URL: url }
    const call = (script: string, ...rest: string[]) =>
      run(process.execPath, ['--import', 'tsx', `scripts/${script}.ts`, ...rest], { env })
    const file = join(folder, 'pooled.ydb')
    expect((await call('backup', '--out', file)).stdout).toContain('Đã sao lưu 2 phiếu')
    expect((await call('rebuild-tallies')).stdout).toContain('; 0 ô số đếm khác')
    const { database } = await makeEmpty()
    const restored = await run(process.execPath, ['--import', 'tsx', 'scripts/restore.ts', file], {
      env: { ...env, DATABASE_URL: pooler.urlOf(database) },
    })
    expect(restored.stdout).toContain('Đếm lại 2 phiếu: 0 ô số đếm khác')
  })

  test('settings of one connection do not reach the next', async () => {
    const database = openDatabase(url)
    const reader = database.openReader()
    expect(await reader`show statement_timeout`).toEqual([{ statement_timeout: '0' }])
    await reader.end()
    expect(await database.sql`show statement_timeout`).toEqual([{ statement_timeout: '30s' }])
    await database.close()
  })

  test('a wrong password and a missing database are called that', async () => {
    await expect(requireReachable(pooler.urlOf('postgres', 'sai'))).rejects.toThrow(/không nhận tên hoặc mật khẩu/)
    await expect(requireReachable(pooler.urlOf('khong_co'))).rejects.toThrow(/không có cơ sở dữ liệu tên này/)
  })

  test('a parameter in the address that the pooler does not take is named', async () => {
    await expect(requireReachable(`${url}?geqo=off`)).rejects.toThrow(/^[^\n]*sau dấu \?[^\n]*geqo[^\n]*$/)
  })
})

test('behind PgBouncer in transaction mode the start says which mode is needed, in one line', async () => {
  const pooler = await startPooler('transaction')
  const { database } = await cloneDatabase()
  await expect(startProcess({ DATABASE_URL: pooler.urlOf(database) })).rejects.toThrow(
    /^DATABASE_URL dẫn qua một bộ gộp kết nối ở chế độ transaction[^\n]+pool_mode=session[^\n]+$/,
  )
  await pooler.stop()
})

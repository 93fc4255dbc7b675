import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeBackup } from '../../db/backup/backup.ts'
import { restoreBackup } from '../../db/backup/restore.ts'
import { codeOf, type Database, openDatabase, prepareDatabase } from '../../db/client.ts'
import { inSchema } from '../../db/connection/schema.ts'
import { withLedger } from '../../db/ledger/append.ts'
import { publishOnce } from '../../db/publication/publications.ts'
import { rebuildTallies } from '../../db/respond/rebuild.ts'
import { furnishDemo } from '../../scripts/demo/commune.ts'
import { fillDemo } from '../../scripts/demo/year.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import { openPassingVault } from '../../server/ledger/vault.ts'
import { addToCells, keyOfCell } from '../../server/tallies/rules.ts'
import { links } from '../../web/links.ts'
import { type CommuneSchema, makeCommune } from '../fixtures/database/commune-schema.ts'
import { makeEmpty } from '../fixtures/database/empty-database.ts'
import { startPooler } from '../fixtures/database/pgbouncer.ts'
import { demoNow } from '../fixtures/demo-server.ts'
import { testPassword } from '../fixtures/global-setup.ts'
import { listPages } from '../fixtures/pages/every-page.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'
import { verify } from '../ledger/books.ts'

/** Two communes in one database, each with its schema, its role and its server; the first has three weeks behind it. */
let base: Awaited<ReturnType<typeof makeEmpty>>
let communes: [CommuneSchema, CommuneSchema]
let first: TestServer
let second: TestServer
let folder: string
const unique = randomUUID().slice(0, 8)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ydan-communes-'))
  base = await makeEmpty()
  communes = [await makeCommune(base, `vinh-thuan-${unique}`), await makeCommune(base, `an-minh-${unique}`)]
  const filling = openDatabase(communes[0].connection)
  const filled = await fillDemo(filling, { seed: 7, days: 21, nowMs: demoNow, budgetPerHour: 120 })
  await furnishDemo(filling, filled, { seed: 7, nowMs: demoNow, password: testPassword })
  await filling.close()
  const start = ({ connection }: CommuneSchema) =>
    startTestServer({ connection, now: () => demoNow, config: { demo: true }, vault: openPassingVault() })
  first = await start(communes[0])
  second = await start(communes[1])
}, 180_000)
afterAll(async () => {
  await Promise.all([first?.stop(), second?.stop()])
  rmSync(folder, { recursive: true, force: true })
})

/** How many rows every table of a commune holds. */
async function countRows({ sql, schema }: Database): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = ${schema}`
  const counts: Record<string, number> = {}
  await sql.begin(async (transaction) => {
    await transaction`select set_config('ydan.agencies', 'all', true)`
    for (const { name } of tables) {
      const [row] = await transaction`select count(*)::int as n from ${transaction(name)}`
      counts[name] = row?.n
    }
  })
  return counts
}

describe('a commune in a schema of its own', () => {
  test('makes nothing outside of it: no table, type, function or sequence', async () => {
    const { role, connection } = communes[0]
    const rows = await first.database.sql`
      select 'class' as kind, relname as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where relowner = ${role}::regrole and nspname not in (${connection.schema as string}, 'pg_toast')
      union all select 'type', typname from pg_type join pg_namespace n on n.oid = typnamespace
      where typowner = ${role}::regrole and nspname not in (${connection.schema as string}, 'pg_toast')
      union all select 'function', proname from pg_proc join pg_namespace n on n.oid = pronamespace
      where proowner = ${role}::regrole and nspname <> ${connection.schema as string}`
    expect(rows).toEqual([])
  })

  test('shows every page, export and list to a role that may use nothing else', async () => {
    const pages = await listPages(first)
    expect(pages.length).toBeGreaterThan(50)
    const { cookie } = await first.signIn()
    const statuses = new Map<string, number>()
    for (const { path } of pages) statuses.set(path, (await first.send(path, { headers: { cookie } })).status)
    expect([...statuses].filter(([, status]) => status >= 500)).toEqual([])
    const file = { bo: 'administrative', tu: '2026-09-05', den: '2026-09-18', dang: 'csv' }
    const reply = await first.send(links.exportFile(file), { headers: { cookie } })
    expect([reply.status, (await reply.text()).split('\r\n').length > 50]).toEqual([200, true])
    expect(await first.countDiffering()).toBe(0)
  })

  test('cannot read, write or empty a row of another', async () => {
    const { schema } = communes[1].connection
    for (const statement of [
      `select from ${schema}.responses`,
      `insert into ${schema}.settings values ('a', 'b')`,
      `truncate ${schema}.audit_log`,
      `create table ${schema}.mine (id int)`,
      `select ${schema}.sees_everything()`,
      `drop schema ${schema} cascade`,
    ]) {
      const refused = await first.database.sql.unsafe(statement).catch((error: unknown) => error)
      expect([statement, codeOf(refused)]).toEqual([statement, '42501'])
    }
  })

  test('is not touched by whatever the other does', async () => {
    const before = await countRows(second.database)
    expect((await first.answer({ ...(await fullBody(first, 'QUAYHT', 1)), comment: 'Chờ lâu' })).status).toBe(201)
    await first.catchUp()
    const { cookie } = await first.signIn()
    await first.send(links.today(), { headers: { cookie } })
    expect(await countRows(second.database)).toEqual(before)
    expect(before.responses).toBe(0)
  })

  test('hears of its own answers only', async () => {
    const heard: string[] = []
    const listen = async (database: Database, who: string) =>
      database.listen(
        'tallies',
        () => heard.push(who),
        () => {},
      )
    await listen(first.database, 'first')
    await listen(second.database, 'second')
    expect((await second.answer(await fullBody(second, 'QUAYHT', 5))).status).toBe(201)
    await expect.poll(() => heard).toContain('second')
    expect(heard).not.toContain('first')
  })

  test('takes its turn whatever lock the other holds', async () => {
    const done = await withLedger(first.database, async () => {
      expect(await withLedger(first.database, async () => 'mine')).toBeNull()
      return withLedger(second.database, async () => 'theirs')
    })
    expect(done).toBe('theirs')
    const published = await publishOnce(first.database, '2026-09-20', '2026-09-21', async () => {
      await publishOnce(second.database, '2026-09-20', '2026-09-21', async () => ({
        groups: [],
        definitions: new Map(),
      }))
      return { groups: [], definitions: new Map() }
    })
    expect(published).toBe(true)
  })
})

describe('one commune of several', () => {
  test('is backed up alone and restored into another schema, equal in every row', async () => {
    const path = join(folder, 'first.ydb')
    const settings = { product: '0', passphrase: null, contactKey: null, at: new Date(demoNow).toISOString() }
    const { responses } = await writeBackup(communes[0].connection, path, settings)
    const target = await makeCommune(base, `go-quao-${unique}`, true)
    const { rows } = await restoreBackup(target.connection, path, null)
    expect(rows.responses).toBe(responses)
    const restored = openDatabase(target.connection)
    const recount = await rebuildTallies(restored, { planVersion, addToCells, keyOfCell })
    expect(recount).toMatchObject({ responses, differing: 0 })
    const [before, after] = [await countRows(first.database), await countRows(restored)]
    for (const table of ['cases', 'case_events', 'audit_log', 'version_seals', 'report_seals', 'ledger_entries'])
      expect([table, after[table]]).toEqual([table, before[table]])
    await restored.close()
  })

  test('has its ledger checked alone', async () => {
    await first.catchUp()
    const { host, port, database, username, password, schema } = communes[0].connection
    const url = `postgres://${username}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    const said = await verify(['--database-url', url, '--schema', schema as string])
    expect(said.output).toMatch(/^Không thấy sai lệch trong [\d.]+ dòng/)
  })

  test('works behind a pooler, and a role with two schemas never mixes them up', async () => {
    const pooler = await startPooler('session', communes)
    const [{ role, password, connection }] = communes
    const own = inSchema(pooler.urlOf(base.database, password, role), connection.schema as string)
    const server = await startTestServer({ connection: own, now: () => demoNow })
    expect((await server.answer(await fullBody(server, 'KHAMBENH', 4))).status).toBe(201)
    await server.stop()
    const names = ['mot', 'hai'].map((name) => `${name}_${unique}`)
    for (let round = 0; round < 3; round += 1)
      for (const name of names) {
        const address = inSchema(pooler.urlOf(base.database), name)
        await prepareDatabase(address, async () => {})
        const database = openDatabase(address)
        expect(await database.sql`select current_schema() as here`).toEqual([{ here: name }])
        await database.close()
      }
    await pooler.stop()
  })

  test('without its schema, and without the right to make one, does not start: one sentence says what to do', async () => {
    const lost = { ...communes[0].connection, schema: 'khong_co' }
    await expect(prepareDatabase(lost, async () => {})).rejects.toThrow(/create schema khong_co authorization/)
  })
})

import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../db/client.ts'
import { withinScope } from '../db/staff/scope.ts'
import { fillDemo } from '../scripts/demo/year.ts'
import { links } from '../web/links.ts'
import { cloneDatabase, fullBody, readComments, startTestServer, type TestServer } from './fixtures/test-server.ts'

type Clone = Awaited<ReturnType<typeof cloneDatabase>>
type Indicator = { code: string; score: number | null; responses: number }

/** Monday 21 September 2026, two in the afternoon in Vietnam: the thirty days before it hold a burst over the budget. */
const now = Date.UTC(2026, 8, 21, 7)
const options = { seed: 2026, days: 30, nowMs: now, budgetPerHour: 120 }

describe('the sample data', () => {
  let server: TestServer
  beforeAll(async () => {
    const connection = await cloneSample()
    await fill(connection, {})
    server = await startTestServer({ connection, now: () => now, config: { demo: true } })
  })
  afterAll(() => server.stop())

  test('is counted exactly', async () => {
    expect(await server.countDiffering()).toBe(0)
    const [row] = await server.database.sql`select count(*)::int as n from responses`
    expect(row?.n).toBeGreaterThan(3000)
  })

  test('gives every indicator a score but the one that only households answer', async () => {
    const indicators = await server.read<Indicator[]>(links.api.indicators('2026-08-22', '2026-09-21'))
    expect(indicators.length).toBeGreaterThanOrEqual(6)
    for (const { code, score, responses } of indicators) {
      if (code === 'II.7') expect([score, responses]).toEqual([null, 0])
      else expect(score, code).toBeGreaterThan(75)
    }
  })

  test('shows stuffing of every kind that needs no tickets, hours or past, set aside and not counted', async () => {
    const found = await server.database.sql`select distinct reason from responses where standing = 'set_aside'`
    expect(found.map((row) => row.reason).sort()).toEqual(['honeypot', 'over_budget', 'same_device', 'too_fast'])
  })

  test('holds what came up to now and nothing later', async () => {
    const [row] = await server.database
      .sql`select max(received_at) as last, count(*) filter (where day = '2026-09-21')::int as today from responses`
    expect(Date.parse(row?.last)).toBeLessThanOrEqual(now)
    expect(row?.today).toBeGreaterThan(50)
  })

  test('keeps holidays and Sundays quiet at the counters', async () => {
    const rows = await server.database.sql`
      select extract(dow from r.day)::int as weekday, count(*)::int as n
      from responses r join places p on p.id = r.place_id where p.code like 'QUAY%' group by 1`
    const days = new Map(rows.map((row) => [row.weekday, row.n]))
    expect([days.get(0), days.get(6)]).toEqual([undefined, undefined])
    expect(days.get(1)).toBeGreaterThan(days.get(5))
  })

  test('says nothing that could be a telephone number, an address or a web page', async () => {
    const rows = await readComments(server.database)
    expect(rows.length).toBeGreaterThan(150)
    for (const { body } of rows) expect(body).not.toMatch(/\d{2}|@|http|www/)
  })

  test.each(['/s/KHONGCO', '/khong-co'])('is marked where a page was not found: %s', async (path) => {
    expect(await (await server.send(path)).text()).toContain('DỮ LIỆU MẪU')
  })

  test('is marked on the board', async () => {
    const { cookie } = await server.signIn()
    const page = await (await server.send(links.today(), { headers: { cookie } })).text()
    expect(page).toContain('DỮ LIỆU MẪU')
  })
})

describe('filling', () => {
  test('goes on where it was broken off, and ends with the very same answers', async () => {
    const [whole, broken] = [await cloneSample(), await cloneSample()]
    await fill(whole, {})
    await expect(fill(broken, { onDay: breakOff })).rejects.toThrow('broken off')
    await fill(broken, { nowMs: now - 3 * 3_600_000 })
    await fill(broken, {})
    expect(await fingerprint(broken)).toEqual(await fingerprint(whole))
  })

  test('with another seed is another sample', async () => {
    const [one, other] = [await cloneSample(), await cloneSample()]
    await fill(one, { days: 3 })
    await fill(other, { days: 3, seed: 7 })
    expect(await fingerprint(other)).not.toEqual(await fingerprint(one))
  })

  test('refuses a database that holds answers of people', async () => {
    const connection = await cloneSample()
    const server = await startTestServer({ connection })
    expect((await server.answer(await fullBody(server, 'DVCTT', 5))).status).toBe(201)
    await server.stop()
    await expect(fill(connection, {})).rejects.toThrow(/phiếu thật/)
  })
})

/** A clone whose criteria are drawn, and whose pages are sealed, by known keys, so that two of them can be compared. */
async function cloneSample(): Promise<Clone> {
  const connection = await cloneDatabase()
  const database = openDatabase(connection)
  await database.sql`
    insert into settings (key, value) values ('key.rotation', 'mau'), ('key.page', 'mau')
    on conflict (key) do update set value = 'mau'`
  await database.close()
  return connection
}

async function fill(connection: Clone, changes: Partial<Parameters<typeof fillDemo>[1]>): Promise<void> {
  const database = openDatabase(connection)
  try {
    await fillDemo(database, { ...options, ...changes })
  } finally {
    await database.close()
  }
}

function breakOff(day: string): void {
  if (day >= '2026-09-04') throw new Error('broken off')
}

/** Of everything but the number of the transaction that took a response in. */
async function fingerprint(connection: Clone): Promise<string> {
  const database = openDatabase(connection)
  const rows = await withinScope(database, 'all', (t) =>
    t.execute(sql`
      select to_jsonb(r) - 'taken_in' as response, c.body from responses r
      left join comments c on (c.place_id, c.response_id) = (r.place_id, r.id) order by r.place_id, r.id`),
  )
  await database.close()
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

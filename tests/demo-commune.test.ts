import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../db/client.ts'
import { withinScope } from '../db/staff/scope.ts'
import { furnishDemo } from '../scripts/demo/commune.ts'
import { demoAccounts } from '../scripts/demo/staff.ts'
import { fillDemo } from '../scripts/demo/year.ts'
import { homeOf } from '../server/staff/home.ts'
import { links } from '../web/links.ts'
import { cloneDemo, demoNow } from './fixtures/demo-server.ts'
import { testPassword } from './fixtures/global-setup.ts'
import { startTestServer, type TestServer } from './fixtures/test-server.ts'

let connection: Awaited<ReturnType<typeof cloneDemo>>
let server: TestServer
beforeAll(async () => {
  connection = await cloneDemo()
  server = await startTestServer({ connection, now: () => demoNow, config: { demo: true } })
})
afterAll(() => server.stop())

const ask = <T extends Record<string, unknown>>(question: ReturnType<typeof sql>) =>
  withinScope(server.database, 'all', async (transaction) => [...(await transaction.execute<T>(question))])

describe('the people of the sample', () => {
  test.each(demoAccounts)('$username signs in and finds the own first page', async ({ username, role }) => {
    const body = new URLSearchParams({ username, password: testPassword })
    const reply = await server.send(links.signIn(), { method: 'POST', body })
    expect(reply.status).toBe(303)
    const member = { id: 1, username, displayName: '', role, agencies: [], coordinates: false }
    expect(reply.headers.get('location')).toBe(homeOf(member))
  })

  test('hold every role', () => {
    const held = new Set(['administrator', ...demoAccounts.map(({ role }) => role)])
    expect([...held].sort()).toEqual(['administrator', 'auditor', 'clerk', 'interviewer', 'leader', 'manager'])
  })
})

describe('what became of the answers', () => {
  test('cases stand in every state, answered mostly in time, accusations with the leaders alone', async () => {
    const states = await ask<{ state: string; n: number }>(sql`select state, count(*)::int as n from cases group by 1`)
    expect(states.map(({ state }) => state).sort()).toEqual(['answered', 'assigned', 'closed', 'new'])
    const [late] = await ask<{ share: number }>(sql`
      select avg((answered_at::date > due_on)::int)::float8 as share from cases where answered_at is not null`)
    expect(late?.share).toBeLessThan(0.15)
    const handlers = await ask<{ actor: string }>(sql`
      select distinct actor from case_events join cases on cases.id = case_id where cases.restricted`)
    expect(handlers).toEqual([{ actor: 'lanhdao' }])
  })

  test('nothing happened to a case before it came or after now', async () => {
    const wrong = await ask(sql`
      select case_id from case_events join cases on cases.id = case_id
      where at > ${new Date(demoNow).toISOString()} or (at at time zone 'Asia/Ho_Chi_Minh')::date < day`)
    expect(wrong).toEqual([])
  })

  test('improvements say in the own words what citizens said, and one is still a draft', async () => {
    const rows = await ask<{ isPublished: boolean }>(sql`
      select published_at is not null as "isPublished" from improvements where cardinality(case_ids) > 0`)
    expect(rows.filter(({ isPublished }) => isPublished).length).toBeGreaterThan(0)
    expect(rows.filter(({ isPublished }) => !isPublished)).toHaveLength(1)
  })

  test('one wave is closed with its result, one is being typed in', async () => {
    const waves = await ask<{ closed: boolean; typed: number }>(sql`
      select snapshot is not null as closed,
        (select count(*)::int from entries where entries.wave_id = waves.id) as typed
      from waves order by opens_on`)
    expect(waves.map(({ closed }) => closed)).toEqual([true, false])
    for (const { typed } of waves) expect(typed).toBeGreaterThan(100)
  })

  test('fewer answered than came, at every place', async () => {
    const wrong = await ask(sql`
      select place_id from visits where period = 'day' and place_id is not null group by place_id
      having sum(count) < (select sum(received) from cells where cells.place_id = visits.place_id)`)
    expect(wrong).toEqual([])
  })
})

test('once furnished, the same moment adds nothing, and a later one goes on', async () => {
  const counts = () =>
    ask(sql`
    select (select count(*) from case_events) as events, (select count(*) from visits) as visits,
      (select count(*) from staff) as people, (select count(*) from waves) as waves,
      (select count(*) from improvements) as improvements, (select count(*) from reports) as reports`)
  const before = await counts()
  await furnishAgain(demoNow)
  expect(await counts()).toEqual(before)
  await furnishAgain(demoNow + 3 * 86_400_000)
  const [after] = await counts()
  expect(Number(after?.events)).toBeGreaterThan(Number(before[0]?.events))
  expect(Number(after?.visits)).toBeGreaterThan(Number(before[0]?.visits))
  expect({ ...after, events: 0, visits: 0 }).toEqual({ ...before[0], events: 0, visits: 0 })
})

async function furnishAgain(nowMs: number): Promise<void> {
  const database = openDatabase(connection)
  const filled = await fillDemo(database, { seed: 2026, days: 30, nowMs, budgetPerHour: 120 })
  await furnishDemo(database, filled, { seed: 2026, nowMs, password: testPassword })
  await database.close()
}

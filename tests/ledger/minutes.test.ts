import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSecrets } from '../../db/secrets.ts'
import { dayOf } from '../../server/days.ts'
import { keepMinutes } from '../../server/ledger/minutes.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'
import { urlOf, verify } from './books.ts'

let clock = Date.parse('2026-07-06T09:12:34.567+07:00')
let server: TestServer
let ids: string[]

const answer = async (level: number) => {
  clock += 61_234
  const body = await fullBody(server, 'KHAMBENH', level)
  expect((await server.answer(body)).status).toBe(201)
  return body.id
}
const keep = async () => keepMinutes(server.database, (await loadSecrets(server.database)).ledger, dayOf(clock))
const secondsOf = async (id: string) => {
  const [row] = await server.database.sql<{ seconds: number }[]>`
    select extract(second from received_at)::float8 as seconds from responses where id = ${id}`
  return row?.seconds
}
const check = async () => (await verify(['--database-url', urlOf(server.connection as never)])).output

beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  ids = [await answer(4), await answer(2), await answer(5)]
  await server.catchUp()
})
afterAll(() => server.stop())

test('an arrival is known to the second on its day, and to the minute once that is over', async () => {
  await keep()
  expect(await secondsOf(ids[0] as string)).not.toBe(0)
  clock += 86_400_000
  await keep()
  for (const id of ids) expect(await secondsOf(id)).toBe(0)
})

test('the ledger, the tallies and the months take it for what it was', async () => {
  await server.catchUp()
  expect(await check()).toMatch(/^Không thấy sai lệch/)
  expect(await server.countDiffering()).toBe(0)
})

test('what has no line yet waits; what was moved to another minute is not made true', async () => {
  const [late, moved] = [await answer(4), await answer(3)]
  clock += 86_400_000
  await keep()
  expect(await secondsOf(late)).not.toBe(0)
  await server.catchUp()
  await server.database.sql`update responses set received_at = received_at + interval '3 minutes' where id = ${moved}`
  await keep()
  expect(await secondsOf(late)).toBe(0)
  expect(await secondsOf(moved)).not.toBe(0)
  expect(await check()).toContain('giờ nhận hoặc đợt khảo sát đã bị sửa')
})

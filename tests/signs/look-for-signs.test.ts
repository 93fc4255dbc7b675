import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addFound, readSeen } from '../../db/signs/looks.ts'
import { readPendingResponses } from '../../db/signs/pending.ts'
import { createBackground } from '../../server/background.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { findInClosed } from '../../server/signs/finders/watch.ts'
import { lookForSigns } from '../../server/signs/look-for-signs.ts'
import { cloneDatabase, fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const background = createBackground(
  () => clock,
  () => {},
)
const morning = Date.UTC(2026, 9, 20, 2)
let clock: number
let server: TestServer

beforeEach(async () => {
  clock = morning
  server = await startTestServer({ connection: await cloneDatabase(), now: () => clock })
})
afterEach(() => server.stop())

const answer = async () => (await server.answer(await fullBody(server, 'QUAYDD', 5, randomUUID()))).status
const placeOf = async () => (await server.database.sql`select id from places where code = 'QUAYDD'`)[0]?.id
const reasons = () =>
  server.database.sql<{ reason: string | null }[]>`select reason from responses order by received_at`

test('a closed day is looked at once, and its pattern waits and is told', async () => {
  const { database } = server
  const [place] = await database.sql<{ id: number }[]>`select id from places where code = 'QUAYDD'`
  const placeId = place?.id as never
  for (let at = 0; at < 12; at += 1) {
    clock += 60_000
    const id = await server.mint('QUAYDD', clock - 30_000)
    await server.answer(await fullBody(server, 'QUAYDD', 5, id))
  }
  await database.sql`insert into visits (place_id, field_id, period, day, count, source, changed_by)
    values (${placeId}, 0, 'day', '2026-10-20', 0, 'form', 'test')`
  const state = await createCatalogue(database, () => clock, background).read()
  await lookForSigns(database, state, '2026-10-21')
  await lookForSigns(database, state, '2026-10-21')
  const found = await database.sql`select sign, state, observed from sign_patterns`
  expect([...found]).toEqual([{ sign: 'more_than_visits', state: 'pending', observed: 12 }])
  const selection = { versionIds: state.versions.map(({ id }) => id) }
  expect(await readPendingResponses(database, selection, '2026-10-01', '2026-10-31')).toHaveLength(12)
  expect(await readPendingResponses(database, selection, '2026-11-01', '2026-11-30')).toEqual([])
})

test('what somebody decided to keep is the past of its place, and is not judged again', async () => {
  const { database } = server
  const placeId = (await placeOf()) as never
  for (let at = 0; at < 12; at += 1) {
    clock += 60_000
    const id = await server.mint('QUAYDD', clock - 30_000)
    await server.answer(await fullBody(server, 'QUAYDD', 5, id))
  }
  const day = '2026-10-20'
  const read = () => readSeen(database, placeId, day, day)
  expect((await read()).map(({ settled }) => settled)).toEqual(Array(12).fill(false))
  const about = { from: day, to: day, provenance: 'open' as const, chance: 1e-7, observed: 12, expected: 1, judged: 12 }
  const members = (await read()).map(({ id }) => id)
  await addFound(database, placeId, [{ sign: 'burst', members, ...about }])
  expect(await read()).toEqual([])
  await database.sql`update sign_patterns set state = 'kept', why = 'ngày hội', decided_by = 'test', decided_at = now()`
  expect((await read()).map(({ settled }) => settled)).toEqual(Array(12).fill(true))
  const counted = (await read()).map(({ answers, ...row }) => ({ ...row, levels: answers }))
  expect(findInClosed({ day, counted, visits: new Map([[day, 0]]) })).toEqual([])
  // Who comes with false ones on the same day does not hide behind it.
  for (let at = 0; at < 12; at += 1) {
    clock += 60_000
    await server.answer(await fullBody(server, 'QUAYDD', 5, await server.mint('QUAYDD', clock - 30_000)))
  }
  await database.sql`insert into visits (place_id, field_id, period, day, count, source, changed_by)
    values (${placeId}, 0, 'day', ${day}, 0, 'form', 'test')`
  const state = await createCatalogue(database, () => clock, background).read()
  await lookForSigns(database, state, '2026-10-21')
  const patterns = await database.sql`select sign, state, observed from sign_patterns order by id`
  expect([...patterns]).toEqual([
    { sign: 'burst', state: 'kept', observed: 12 },
    { sign: 'more_than_visits', state: 'pending', observed: 12 },
  ])
})

test('a server looks at the day before once it listens, and a look that was stopped leaves the day open', async () => {
  const { database } = server
  const days = async () => (await database.sql`select day::text from sign_days`).map(({ day }) => day)
  await expect.poll(days).toEqual(['2026-10-19'])
  const state = await createCatalogue(database, () => clock, background).read()
  await lookForSigns(database, state, '2026-10-21', AbortSignal.abort())
  expect(await days()).toEqual(['2026-10-19'])
})

test('an answer at night is accepted and set aside where hours are declared', async () => {
  await server.database.sql`update places set opens_at = 450, closes_at = 1020 where code = 'QUAYDD'`
  expect(await answer()).toBe(201)
  clock = Date.UTC(2026, 9, 20, 20)
  expect(await answer()).toBe(201)
  expect((await reasons()).map(({ reason }) => reason)).toEqual([null, 'outside_hours'])
})

test('more than the place serves in half an hour is accepted and set aside, and half an hour later counts again', async () => {
  await server.database.sql`update places set most_per_half_hour = 2 where code = 'QUAYDD'`
  for (let at = 0; at < 3; at += 1) {
    clock += 2000
    expect(await answer()).toBe(201)
  }
  const countMinutes = () => server.database.sql`select sum(counted)::int as counted from place_minutes`
  await expect.poll(async () => (await countMinutes())[0]?.counted).toBe(2)
  clock += 35 * 60_000
  expect(await answer()).toBe(201)
  expect((await reasons()).map(({ reason }) => reason)).toEqual([null, null, 'over_capacity', null])
})

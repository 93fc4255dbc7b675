import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { stampOf } from '../../db/tallies/held.ts'
import { forgetRolledMonths, rollMonths } from '../../db/tallies/months.ts'
import { countReceived, type Slice, tallyBy, tallyVersions } from '../../db/tallies/slices.ts'
import { tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { tallyByPlaceAndWeek } from '../../db/tallies/weeks.ts'
import { countResponses, readVisits, saveVisits } from '../../db/visits/visits.ts'
import { createCatalogue, shapeOfVersion } from '../../server/catalogue/catalogue.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const dayMs = 86_400_000
const start = Date.UTC(2026, 8, 25, 3)
let clock = start
let server: TestServer
let shapes: ReturnType<typeof shapeOfVersion>[]
let selection: { versionIds: number[] }

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 1000 } })
  for (let day = 0; day < 24; day += 2) {
    clock = start + day * dayMs
    for (const place of ['QUAYHT', 'TCHUNG'])
      await server.answer(await fullBody(server, place, 1 + ((day / 2) % 5), randomUUID()))
  }
  shapes = (await createCatalogue(server.database, () => clock).read()).versions.map(shapeOfVersion)
  selection = { versionIds: shapes.map(({ versionId }) => versionId) }
})
afterAll(() => server.stop())
beforeEach(() => server.database.sql.begin((transaction) => forgetRolledMonths(transaction)))

const closed = { from: '2026-09-01', to: '2026-10-14' }
const readAll = ({ from, to } = closed) =>
  Promise.all([
    ...(['total', 'place', 'source', 'month', 'day'] as const).map((by) =>
      tallyBy(server.database, by, selection, { from, to }),
    ),
    tallyVersions(server.database, shapes, selection, { from, to }),
    tallyByPlaceAndDay(server.database, from, to),
    tallyByPlaceAndWeek(server.database, from, to),
    countResponses(server.database, 'place', from, to),
    countResponses(server.database, 'field', from, to),
  ])

test('closed days are read once, and again when one of them was made anew', async () => {
  await rollMonths(server.database, shapes, '2026-10-14')
  const first = await readAll()
  // Behind the back of everything that changes a closed day: what is held does not look.
  await server.database.sql`update cells set received = received + 1 where day <= '2026-10-14'`
  expect(await readAll()).toEqual(first)
  await server.database.sql.begin((transaction) => forgetRolledMonths(transaction))
  const fresh = await readAll()
  const cells = await server.database.sql`select from cells where day <= '2026-10-14'`
  const receivedIn = ([slices]: Awaited<ReturnType<typeof readAll>>) => (slices as Slice[])[0]?.received ?? 0
  expect(cells.length).toBeGreaterThan(10)
  expect(receivedIn(fresh)).toBe(receivedIn(first) + cells.length)
  await rollMonths(server.database, shapes, '2026-10-14')
  expect(roundAll(await readAll())).toEqual(roundAll(fresh))
  expect(await server.countDiffering()).toBeGreaterThan(0)
  expect((await readAll())[0]).toEqual(first[0])
})

test('the running month is read added up, its open days beside it, and every day once', async () => {
  const range = { from: '2026-09-28', to: '2026-10-31' }
  const before = await readAll(range)
  expect(await rollMonths(server.database, shapes, '2026-10-09')).toEqual(['2026-09-01', '2026-10-01'])
  expect(roundAll(await readAll(range))).toEqual(roundAll(before))
  expect(await countReceived(server.database)).toBe(24)
  // A day later the same month is added up through one more day; what it held is not held any longer.
  expect(await rollMonths(server.database, shapes, '2026-10-12')).toEqual(['2026-10-01'])
  expect(await rollMonths(server.database, shapes, '2026-10-12')).toEqual([])
  expect(roundAll(await readAll(range))).toEqual(roundAll(before))
  expect(await countReceived(server.database)).toBe(24)
})

test('an answer of the open day shows at once beside what is held', async () => {
  await rollMonths(server.database, shapes, '2026-10-16')
  const range = { from: '2026-09-01', to: '2026-10-17' }
  const [before] = await tallyBy(server.database, 'place', selection, range)
  await server.answer(await fullBody(server, 'QUAYHT', 5, randomUUID()))
  const after = (await tallyBy(server.database, 'place', selection, range)).find(({ key }) => key === before?.key)
  expect(after?.received).toBe((before?.received ?? 0) + 1)
})

test('a count of visits that changes, or is taken back, is read at once', async () => {
  const { places } = await createCatalogue(server.database, () => clock).read()
  const change = { placeId: places[0]?.id ?? null, fieldId: 0, period: 'day', day: '2026-10-01' } as const
  const read = async () => (await readVisits(server.database, '2026-10-01', '2026-10-31')).map(({ count }) => count)
  for (const count of [12, 13, null, 12]) {
    await saveVisits(server.database, [{ ...change, count }], 'admin', 'form')
    expect(await read()).toEqual(count === null ? [] : [count])
  }
})

test.each([
  ['no day was answered', null, '2026-01-01', '2026-01-31', null],
  ['all in one month', '2026-01-20', '2026-02-01', '2026-02-10', 'b'],
  ['over months', '2026-01-20', '2026-01-25', '2026-02-10', 'a b'],
  ['begins before the first answer', '2026-01-20', '2025-06-01', '2026-02-11', 'a b'],
  ['reaches a day that is not added up', '2026-01-20', '2026-01-25', '2026-02-12', null],
  ['lies before the first answer', '2026-01-20', '2025-06-01', '2025-06-30', null],
  ['a month between is forgotten', '2025-12-31', '2025-12-31', '2026-01-31', null],
  ['no days at all', '2026-01-20', '2026-02-02', '2026-02-01', null],
])('the stamp of a range where %s', (_, first, from, to, stamp) => {
  const months = [
    { month: '2026-01-01', through: '2026-01-31', made: 'a' },
    { month: '2026-02-01', through: '2026-02-11', made: 'b' },
  ]
  expect(stampOf({ first, months }, from, to)).toBe(stamp)
})

/** Adding in another order moves the last bits. */
const roundAll = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? Number(part.toPrecision(10)) : part))

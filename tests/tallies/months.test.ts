import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetRolledMonths, rollMonths } from '../../db/tallies/months.ts'
import { type Dimension, tallyBy, tallyVersions } from '../../db/tallies/slices.ts'
import { createCatalogue, shapeOfVersion } from '../../server/catalogue/catalogue.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const places = ['QUAYHT', 'DVCTT', 'KHAMBENH', 'TCHUNG', 'TRMN']
const dayMs = 86_400_000
let clock = Date.UTC(2026, 0, 20, 3)
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 3 } })
  for (let day = 0; day < 75; day += 3) {
    clock = Date.UTC(2026, 0, 20, 3) + day * dayMs
    const bodies = await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        fullBody(server, places[(day + i * i) % 5] as string, 1 + ((day + i) % 5), randomUUID()),
      ),
    )
    for (const body of bodies) await server.answer({ ...body, extras: { overall: 4 } })
  }
})
afterAll(() => server.stop())

test('months added up give the same figures as the days they were made of, for any range and slice', async () => {
  const { versions } = await createCatalogue(server.database, () => clock).read()
  const shapes = versions.map(shapeOfVersion)
  const selection = { versionIds: shapes.map(({ versionId }) => versionId) }
  const dimensions: Dimension[] = [
    'total',
    'place',
    'field',
    'channel',
    'serviceMode',
    'respondent',
    'version',
    'stratum',
    'month',
    'day',
  ]
  const offset = fc.integer({ min: -10, max: 90 })
  const ranges = fc.sample(
    fc.tuple(offset, offset).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
    { numRuns: 25, seed: 7 },
  )
  const toDay = (days: number) => new Date(Date.UTC(2026, 0, 20) + days * dayMs).toISOString().slice(0, 10)
  const readAll = () =>
    Promise.all(
      ranges.flatMap(([from, to]) => [
        ...dimensions.map((by) => tallyBy(server.database, by, selection, { from: toDay(from), to: toDay(to) })),
        tallyVersions(server.database, shapes, selection, { from: toDay(from), to: toDay(to) }),
      ]),
    )
  await server.database.sql.begin((transaction) => forgetRolledMonths(transaction))
  const fromDays = await readAll()
  expect(await rollMonths(server.database, shapes, '2026-03-31')).toEqual(['2026-01-01', '2026-02-01', '2026-03-01'])
  expect(await rollMonths(server.database, shapes, '2026-03-31')).toEqual([])
  const fromMonths = await readAll()
  expect(JSON.stringify(fromDays).length).toBeGreaterThan(20_000)
  expect(roundAll(fromMonths)).toEqual(roundAll(fromDays))
})

test('a whole year is read from the months and the running month only', async () => {
  const [{ before } = { before: 0 }] = await server.database
    .sql`select count(*)::int as before from cells where day < '2026-04-01'`
  expect(before).toBeGreaterThan(20)
  await server.database.sql`delete from cells where day < '2026-04-01'`
  const versionIds = (await createCatalogue(server.database, () => clock).read()).versions.map(({ id }) => id as number)
  const [year] = await tallyBy(server.database, 'total', { versionIds }, { from: '2026-01-01', to: '2026-12-31' })
  expect(year?.received).toBe(100)
})

/** Adding in another order moves the last bits. */
const roundAll = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? Number(part.toPrecision(10)) : part))

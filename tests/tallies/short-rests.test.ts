import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { tallyByPlaceAndWeek } from '../../db/tallies/weeks.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import type { PlaceId, Provenance } from '../../server/catalogue/contract.ts'
import { fewestShown } from '../../server/score/rules.ts'
import { cellsBySlot } from '../../server/tallies/running-day.ts'
import {
  leastOthers,
  runningScore,
  type SlotCell,
  shownMornings,
  withinReach,
} from '../../server/tallies/running-day-rules.ts'
import { createDayCloser } from '../../server/tallies/short-rests.ts'
import { shortRestsOf } from '../../server/tallies/short-rests-rules.ts'
import {
  type DayOfPlace,
  shownOfDays,
  withheldAtAgency,
  withheldAtPlaces,
} from '../../server/tallies/small-days-rules.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const enough = withinReach.proven + leastOthers
const [morning, afternoon] = [18, 30]
const several = true

const cell = (place: number, slot: number, count: number, more: { provenance?: Provenance; standing?: string } = {}) =>
  ({
    placeId: place as PlaceId,
    slot,
    provenance: 'ticket',
    standing: 'counted',
    moments: [count, 0, count, count, count, count, count],
    ...more,
  }) as SlotCell

describe('what is short of a closed day', () => {
  const busy = cell(1, morning, enough)
  const [moved, early] = [cell(1, morning, 10, { standing: 'set_aside' }), cell(1, morning, enough - 10)]
  test.each<[string, SlotCell[], [place: number, rest: number][]]>([
    ['is an afternoon of four after a morning that showed', [busy, cell(1, afternoon, 4)], [[1, 4]]],
    ['is no afternoon of five', [busy, cell(1, afternoon, 5)], []],
    ['is no empty one', [busy], []],
    ['is nothing where the morning did not show', [cell(1, morning, enough - 1), cell(1, afternoon, 2)], []],
    [
      'is judged by all that came: what was set aside since may have shown',
      [early, moved, cell(1, afternoon, 1)],
      [[1, 1]],
    ],
    ['counts only what counts', [busy, cell(1, afternoon, 3, { standing: 'set_aside' })], []],
  ])('%s', (_, cells, expected) =>
    expect(shortRestsOf(cells, !several).map(({ placeId, rest }) => [placeId, rest])).toEqual(expected),
  )

  test("of an agency is what came after its score last moved, programs' answers too", () => {
    const cells = [busy, cell(2, morning, 1), cell(2, afternoon, 2, { provenance: 'unminted' })]
    expect(shortRestsOf(cells, several)).toContainEqual({ placeId: 0, rest: 2 })
  })
})

/** A day's row of a place as the tables give it. */
const rowOf = (day: string, cells: SlotCell[], placeId: number): DayOfPlace => {
  const rests = shortRestsOf(cells, several)
  const own = cells.filter((one) => one.placeId === placeId)
  const sums = [0, 1, 2, 3, 4, 5, 6].map((at) => own.reduce((sum, { moments }) => sum + (moments[at] as number), 0))
  const find = (id: number) => rests.find((one) => one.placeId === id)?.rest ?? null
  return {
    placeId: placeId as PlaceId,
    day,
    sums: sums as unknown as DayOfPlace['sums'],
    rest: find(placeId),
    agencyRest: find(0),
  }
}
const countOf = (cells: SlotCell[]) => cells.reduce((sum, { moments }) => sum + (moments[0] as number), 0)

describe('whoever may not export', () => {
  const day = fc.array(
    fc.record({
      place: fc.integer({ min: 1, max: 3 }),
      slot: fc.integer({ min: 14, max: 36 }),
      provenance: fc.constantFrom<Provenance>('ticket', 'presence', 'open', 'unminted'),
      count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 40, max: 120 })),
    }),
    { maxLength: 9 },
  )
  const few = (count: number) => count > 0 && count < fewestShown

  test('reads off no closed day, beside what he kept of it, an afternoon of one to four', () => {
    fc.assert(
      fc.property(day, (given) => {
        const cells = given.map(({ place, slot, provenance, count }) => cell(place, slot, count, { provenance }))
        const rows = [1, 2, 3].map((place) => rowOf('2026-11-10', cells, place))
        const period = { from: '2026-11-10', to: '2026-11-10' }
        const withheld = withheldAtPlaces(rows, period)
        for (const [placeId, kept] of shownMornings(cells, 48)) {
          const row = rows.find((one) => one.placeId === placeId) as DayOfPlace
          if (!withheld.includes(row)) expect(few((row.sums?.[0] ?? 0) - countOf(kept))).toBe(false)
        }
        const running = runningScore(cells, 48)
        const shown = shownOfDays(rows)
        if (running.through !== null && shown.length === 3) expect(few(countOf(cells) - running.sums[0])).toBe(false)
        expect(withheldAtAgency(rows, period)).toEqual(rows.filter((row) => !shown.includes(row)))
      }),
      { numRuns: 500 },
    )
  })

  test('sees such days with their month where what had not shown makes five', () => {
    const cells = [cell(1, morning, enough), cell(2, 20, 60), cell(1, afternoon, 3)]
    const rows = ['2026-11-10', '2026-11-11'].map((one) => rowOf(one, cells, 1))
    const november = { from: '2026-11-01', to: '2026-11-30' }
    expect(rows.map(({ rest }) => rest)).toEqual([3, 3])
    expect(withheldAtPlaces(rows, { from: '2026-11-01', to: '2026-11-12' })).toEqual(rows)
    expect(withheldAtPlaces(rows, november)).toEqual([])
    expect(withheldAtPlaces(rows.slice(0, 1), november)).toEqual(rows.slice(0, 1))
    expect(withheldAtAgency(rows, november)).toEqual([])
    expect(withheldAtAgency(rows.slice(0, 1), november)).toEqual(rows.slice(0, 1))
  })
})

describe('in the database', () => {
  const at = (text: string) => Date.parse(`${text}+07:00`)
  let clock = at('2026-11-23T09:00:00')
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ now: () => clock })
  })
  afterAll(() => server.stop())

  test('a day is looked at when it is over, again when it is settled, and then for good', async () => {
    // As if they had come with tickets.
    const answer = async (count: number) => {
      for (let index = 0; index < count; index++)
        expect((await server.answer(await fullBody(server, 'KHAMBENH', 4, randomUUID()))).status).toBe(201)
      await server.database.sql`update responses set provenance = 'ticket', standing = 'counted', reason = null`
    }
    const catalogue = createCatalogue(server.database, Date.now)
    const close = async (now: string) => {
      const parts = { database: server.database, readState: catalogue.read, toCells: cellsBySlot }
      await createDayCloser({ ...parts, now: () => at(now) })()
      const rows = await tallyByPlaceAndDay(server.database, '2026-11-23', '2026-11-23')
      const weeks = await tallyByPlaceAndWeek(server.database, '2026-11-23', '2026-11-23', fewestShown)
      return [rows.map(({ rest, agencyRest }) => [rest, agencyRest]), weeks.length]
    }
    await answer(50)
    clock = at('2026-11-23T15:00:00')
    await answer(2)
    expect(await close('2026-11-23T23:59:00')).toEqual([[[null, null]], 1])
    expect(await close('2026-11-24T00:01:00')).toEqual([[[2, null]], 0])
    // One more was on its way.
    await answer(1)
    expect(await Promise.all(['2026-11-24T00:03:00', '2026-11-24T00:03:00'].map(close))).toEqual([
      [[[3, null]], 0],
      [[[3, null]], 0],
    ])
    await answer(1)
    expect(await close('2026-11-27T08:00:00')).toEqual([[[3, null]], 0])
    const [through] = await server.database.sql`select value from settings where key = 'tallies.closed_through'`
    expect(through?.value).toBe('2026-11-26')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlaceId, Provenance } from '../../server/catalogue/contract.ts'
import {
  leastOthers,
  runningScore,
  type SlotCell,
  settledSlots,
  shownMornings,
  withinReach,
} from '../../server/tallies/running-day-rules.ts'

const startMs = Date.parse('2026-11-23T00:00:00+07:00')
const at = (clock: string) => Date.parse(`2026-11-23T${clock}+07:00`)

/** `count` answers of one source at a place in a half-hour, all of them satisfied. */
const cell = (place: number, slot: number, provenance: Provenance, count: number): SlotCell =>
  ({ placeId: place as PlaceId, slot, provenance, moments: [count, 0, count, count, count, count, count] }) as SlotCell

describe('a half-hour', () => {
  test.each([
    ['00:00:00', 0],
    ['00:31:59', 0],
    ['00:32:00', 1],
    ['12:01:59', 23],
    ['12:02:00', 24],
    ['23:59:59', 47],
  ])('at %s: %i are over and settled', (clock, slots) => expect(settledSlots(startMs, at(clock))).toBe(slots))
})

describe('a place', () => {
  const enough = withinReach.proven + leastOthers
  const read = (cells: SlotCell[], slots = 24) => [...shownMornings(cells, slots).keys()]

  test.each<[string, SlotCell[], number, number[]]>([
    ['shows its morning at noon', [cell(1, 20, 'ticket', enough)], 24, [1]],
    ['shows nothing before', [cell(1, 20, 'ticket', enough)], 23, []],
    ['shows nothing of the afternoon', [cell(1, 24, 'ticket', enough)], 48, []],
    ['with one answer less joins the afternoon', [cell(1, 20, 'ticket', enough - 1)], 48, []],
    ['needs more without proof', [cell(1, 20, 'open', withinReach.unproven + leastOthers - 1)], 48, []],
    ['with so many without proof', [cell(1, 20, 'open', withinReach.unproven + leastOthers)], 48, [1]],
    ['is not sheltered by programs', [cell(1, 20, 'unminted', 5000)], 48, []],
    ['is not sheltered by what stands at the counter', [cell(1, 20, 'kiosk', 80)], 48, []],
  ])('%s', (_, cells, slots, shown) => expect(read(cells, slots)).toEqual(shown))

  test('stays hidden where the rest of its agency would be somebody: the agency tells the sum', () => {
    const [busy, other] = [cell(1, 16, 'ticket', 200), cell(2, 17, 'ticket', 60)]
    expect(read([busy, cell(2, 17, 'open', 1)])).toEqual([])
    expect(read([busy, other])).toEqual([1, 2])
    // The smaller of two hides the third one with it.
    expect(read([busy, other, cell(3, 17, 'open', 1)])).toEqual([1])
  })
})

describe('an agency', () => {
  test('moves at the end of a half-hour, by answers from two places, never by programs', () => {
    const [one, two] = [cell(1, 16, 'ticket', 50), cell(2, 17, 'ticket', 1)]
    expect(runningScore([one, two], 17)).toMatchObject({ through: null })
    expect(runningScore([one, two], 18)).toMatchObject({ through: 18, sums: [51, 0, 51, 51, 51, 51, 51] })
    expect(runningScore([one, cell(2, 17, 'unminted', 1)], 48).through).toBeNull()
    expect(runningScore([one, two, cell(1, 30, 'unminted', 500)], 48).sums[0]).toBe(51)
  })

  test('whatever comes and whenever somebody looks, two looks differ by nothing or by a whole group of others', () => {
    const cells = fc.array(
      fc.record({
        place: fc.integer({ min: 1, max: 4 }),
        slot: fc.integer({ min: 14, max: 36 }),
        provenance: fc.constantFrom<Provenance>('ticket', 'presence', 'open', 'kiosk', 'unminted'),
        count: fc.integer({ min: 1, max: 40 }),
      }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(cells, (given) => {
        const all = given.map(({ place, slot, provenance, count }) => cell(place, slot, provenance, count))
        let before = 0
        for (let slots = 0; slots <= 48; slots += 1) {
          const now = runningScore(all, slots).sums[0]
          if (now !== before) expect(now - before).toBeGreaterThanOrEqual(leastOthers + withinReach.proven)
          // What has come later changes nothing of what was shown.
          const early = all.filter(({ slot }) => slot < slots)
          expect(runningScore(early, slots).sums[0]).toBe(now)
          before = now
        }
      }),
    )
  })
})

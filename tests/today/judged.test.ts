import { describe, expect, test } from 'vitest'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { leastSpread, type SourceKind } from '../../server/indicators/belief/rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { addSums, noSums, scoreOf } from '../../server/score/rules.ts'
import type { SourceDay } from '../../server/today/contract.ts'
import { judgeShown, strictest } from '../../server/today/judged-rules.ts'

const sumsOf = (n: number, satisfied: number): Sums => [n, n - satisfied, satisfied, n, satisfied, satisfied, n]

/** So many answers on each of the days, of which so many satisfied. */
const daysOf = (days: number, n: number, satisfied: number, source: SourceKind = 'open'): SourceDay[] =>
  Array.from({ length: days }, (_, index) => ({
    ...{ placeId: 1 as PlaceId, day: `2026-11-${String(index + 1).padStart(2, '0')}`, source },
    sums: sumsOf(n, satisfied),
  }))
const shownOf = (rows: SourceDay[], more: Sums = noSums) =>
  scoreOf(rows.reduce((all, { sums }) => addSums(all, sums), more))
const judgeOf = (rows: SourceDay[], more?: Sums) => judgeShown(shownOf(rows, more), 95, rows, leastSpread)

describe('what a row of the board proves', () => {
  test('five forms of one day prove nothing, however low they are', () => {
    const rows = daysOf(1, 5, 1)
    expect(shownOf(rows).upper).toBeLessThan(95)
    expect(judgeOf(rows)).toEqual({ verdict: 'not_yet_provable', reason: 'few_days', days: 1 })
  })

  test('the same share over ten days does, over nine it does not', () => {
    expect(judgeOf(daysOf(10, 5, 1))).toEqual({ verdict: 'not_met', reason: null, days: 10 })
    expect(judgeOf(daysOf(9, 5, 1))).toEqual({ verdict: 'not_yet_provable', reason: 'few_days', days: 9 })
    expect(judgeOf(daysOf(12, 40, 40))).toMatchObject({ verdict: 'met' })
  })

  test('one day that holds more than a fifth of the weight is too much', () => {
    const crowded = [...daysOf(11, 5, 1), { ...(daysOf(1, 30, 6)[0] as SourceDay), day: '2026-11-20' }]
    expect(judgeOf(crowded)).toEqual({ verdict: 'not_yet_provable', reason: 'few_days', days: 12 })
  })

  test('an owner who demands more days is heard', () => {
    const rows = daysOf(10, 5, 1)
    const sharper = strictest([null, { days: 15, largestShare: 0.1 }, { days: 10, largestShare: 0.2 }])
    expect(sharper).toEqual({ days: 15, largestShare: 0.1 })
    expect(judgeShown(shownOf(rows), 95, rows, sharper)).toMatchObject({ reason: 'few_days' })
  })

  test('the running day neither makes nor hides a verdict', () => {
    const closed = daysOf(10, 5, 4)
    expect(judgeOf(closed)).toMatchObject({ verdict: 'not_met' })
    // With many good answers of today the shown interval holds the target again.
    expect(judgeOf(closed, sumsOf(300, 296))).toEqual({ verdict: 'not_yet_provable', reason: 'interval', days: 10 })
    // Today alone is low.
    expect(judgeOf([], sumsOf(12, 4))).toEqual({ verdict: 'not_yet_provable', reason: 'few_days', days: 0 })
  })

  test('answers by no page of ours carry no verdict, and two sources that differ make none', () => {
    expect(judgeOf(daysOf(12, 10, 4, 'unminted'))).toMatchObject({ reason: 'unminted', days: 0 })
    const differing = [...daysOf(12, 10, 4, 'open'), ...daysOf(12, 10, 9, 'proven')]
    expect(judgeOf(differing)).toMatchObject({ verdict: 'not_yet_provable', reason: 'sources_differ' })
  })

  test('an interval that holds the target is the reason itself', () => {
    expect(judgeOf(daysOf(12, 10, 9))).toMatchObject({ verdict: 'not_met' })
    expect(judgeOf(daysOf(1, 20, 19))).toEqual({ verdict: 'not_yet_provable', reason: 'interval', days: 1 })
  })
})

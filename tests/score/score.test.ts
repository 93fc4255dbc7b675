import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isProvisional, targetOfPlace } from '../../server/indicators/target-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import {
  addSums,
  effectiveSize,
  missingToVerdict,
  noSums,
  scoreOf,
  studentQuantile,
  verdictOf,
  wilsonInterval,
} from '../../server/score/rules.ts'

/** The sums of respondents who each answered every criterion, given their shares of satisfied answers. */
const sumsOf = (shares: number[]): Sums =>
  shares.map((y): Sums => [1, y < 1 ? 1 : 0, y, 1, y * y, y, 1]).reduce(addSums, noSums)
const repeat = (count: number, share: number) => Array<number>(count).fill(share)

describe('the interval', () => {
  test('of 96 % among 100 is 90.2-98.4, the known Wilson interval', () => {
    expect(wilsonInterval(0.96, 100).map((end) => (end * 100).toFixed(1))).toEqual(['90.2', '98.4'])
  })

  test('lets 73 respondents without a dissatisfied answer, asked one criterion, prove 95 %, and not 72', () => {
    expect(verdictOf(scoreOf(sumsOf(repeat(73, 1))), 95)).toBe('met')
    expect(verdictOf(scoreOf(sumsOf(repeat(72, 1))), 95)).toBe('not_yet_provable')
  })

  test('follows the written formula on a worked example', () => {
    // 90 respondents wholly satisfied, 10 satisfied with half of what they were asked, everything answered.
    const sums = sumsOf([...repeat(90, 1), ...repeat(10, 0.5)])
    const index = 95 / 100
    const variance = (100 / 99) * ((92.5 - 2 * index * 95 + index * index * 100) / 100 ** 2)
    const clustered = ((index * (1 - index)) / variance) * (1.959963984540054 / studentQuantile(99)) ** 2
    const expected = (5 + 3) / (5 / clustered + 3 / 100)
    expect(effectiveSize(sums)).toBeCloseTo(expected, 9)
    const [lower, upper] = wilsonInterval(index, expected)
    expect(scoreOf(sums)).toEqual({ score: 95, lower: lower * 100, upper: upper * 100, responses: 100 })
  })

  test('is wider when dissatisfaction sits with few people than when it is spread', () => {
    const few = scoreOf(sumsOf([...repeat(90, 1), ...repeat(10, 0)]))
    const spread = scoreOf(sumsOf(repeat(100, 0.9)))
    expect(few.score).toBeCloseTo(spread.score as number, 9)
    expect((few.upper as number) - (few.lower as number)).toBeGreaterThan(
      (spread.upper as number) - (spread.lower as number),
    )
  })

  test.each([
    [1, 12.706205],
    [2, 4.302653],
    [3, 3.182446],
    [5, 2.570582],
    [30, 2.042272],
    [399, 1.965927],
  ])("uses Student's quantile for %i degrees of freedom", (degrees, quantile) => {
    expect(studentQuantile(degrees)).toBeCloseTo(quantile, 4)
  })

  test('holds the score, stays within 0-100 and needs no answers to be well-behaved', () => {
    const respondent = fc.record({ asked: fc.integer({ min: 1, max: 8 }), answered: fc.nat(8), satisfied: fc.nat(8) })
    fc.assert(
      fc.property(fc.array(respondent, { maxLength: 60 }), (people) => {
        const sums = people
          .map(({ asked, answered, satisfied }) => {
            const m = Math.min(answered, asked) / asked
            const y = Math.min(satisfied, answered, asked) / asked
            return (m === 0 ? noSums : [1, y < m ? 1 : 0, y, m, y * y, y * m, m * m]) as Sums
          })
          .reduce(addSums, noSums)
        const { score, lower, upper, responses } = scoreOf(sums)
        if (score === null || lower === null || upper === null) return responses === 0
        return 0 <= lower && lower <= score && score <= upper && upper <= 100 && lower < upper
      }),
    )
  })

  test('with one respondent or with everyone alike is finite', () => {
    for (const shares of [[1], [0], [0.4], repeat(50, 0.8)]) {
      const { lower, upper } = scoreOf(sumsOf(shares))
      expect(Number.isFinite(lower) && Number.isFinite(upper)).toBe(true)
    }
  })
})

describe('the verdict', () => {
  test('is met, not met or not yet provable by the ends of the interval', () => {
    const score = (lower: number, upper: number) => ({ score: (lower + upper) / 2, lower, upper, responses: 9 })
    expect(verdictOf(score(95, 99), 95)).toBe('met')
    expect(verdictOf(score(90, 94.999), 95)).toBe('not_met')
    expect(verdictOf(score(94.9, 95), 95)).toBe('not_yet_provable')
    expect(verdictOf(scoreOf(noSums), 95)).toBe('not_yet_provable')
  })

  test('names about how many more responses it needs, and says when that is out of reach', () => {
    const some = missingToVerdict(sumsOf([...repeat(97, 1), ...repeat(3, 0)]), 95)
    expect(some?.needed).toBeGreaterThan(100)
    expect(missingToVerdict(sumsOf([...repeat(95, 1), ...repeat(5, 0)]), 95)).toMatchObject({ outOfReach: true })
    expect(missingToVerdict(sumsOf(repeat(100, 1)), 95)).toBeNull()
    expect(missingToVerdict(noSums, 95)).toBeNull()
  })

  test('so many responses more of the same kind really give it', () => {
    const people = [...repeat(97, 1), ...repeat(3, 0)]
    const { needed } = missingToVerdict(sumsOf(people), 95) as { needed: number }
    const times = Math.ceil((100 + needed) / 100)
    expect(verdictOf(scoreOf(sumsOf(Array(times).fill(people).flat())), 95)).toBe('met')
  })

  test('stays provisional until the last year of the period is over', () => {
    expect(isProvisional('2026-2027', '2027-12-31')).toBe(true)
    expect(isProvisional('2026-2027', '2028-01-01')).toBe(false)
    expect(isProvisional('đến 2030', '2026-11-23')).toBe(true)
  })
})

test('a place is read against the target of the indicator that covers all of it', () => {
  const indicators = [
    { target: 95, definition: { sector: 'administrative', formula: 'pooled' } },
    { target: 90, definition: { sector: 'administrative', fields: ['dat-dai', 'xay-dung'], formula: 'pooled' } },
    { target: 90, definition: { sector: 'health', formula: 'pooled' } },
  ] as const
  const target = (sector: 'administrative' | 'health', fieldCodes: string[]) =>
    targetOfPlace(
      { sector, fieldCodes, serviceMode: 'ask' },
      indicators.map((one) => ({
        ...one,
        definition: { ...one.definition, fields: 'fields' in one.definition ? [...one.definition.fields] : undefined },
      })),
    )
  expect(target('administrative', ['dat-dai', 'xay-dung'])).toBe(90)
  expect(target('administrative', ['dat-dai', 'ho-tich'])).toBe(95)
  expect(target('administrative', [])).toBe(95)
  expect(target('health', [])).toBe(90)
})

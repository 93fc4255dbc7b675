import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Score, Sums } from '../../server/score/contract.ts'
import { baselineWeeks, leastAnswers, overdispersion, signalsOf } from '../../server/score/control-chart.ts'
import {
  compareScores,
  correctForPopulation,
  criterionScore,
  expectationMet,
  harmOf,
  joinSums,
  linearisedVariance,
  meanLevel,
  meanLevelOver,
  medianSeconds,
  neededSample,
  planSample,
  scoreFromList,
  stratifiedScore,
  tippingPoint,
  whollySatisfied,
} from '../../server/score/estimators.ts'
import { addSums, effectiveSize, noSums, scoreOf, wilsonInterval } from '../../server/score/rules.ts'

/** The sums of respondents who each answered every criterion, given their shares of satisfied answers. */
const sumsOf = (shares: number[]): Sums =>
  shares.map((y): Sums => [1, y < 1 ? 1 : 0, y, 1, y * y, y, 1]).reduce(addSums, noSums)
const repeat = (count: number, share: number) => Array<number>(count).fill(share)
/** Levels of one criterion: so many satisfied of so many. */
const levels = (satisfied: number, of: number) => [0, 0, 0, of - satisfied, satisfied, 0]
const rounded = (score: Score) => [score.lower, score.upper].map((end) => (end as number).toFixed(1))

describe('one criterion', () => {
  test('has the mean of its levels without "no opinion"', () => {
    expect(meanLevel([7, 1, 0, 2, 3, 4])).toBeCloseTo((1 + 6 + 12 + 20) / 10, 12)
    expect(meanLevel([7, 0, 0, 0, 0, 0])).toBeNull()
  })

  test('weighs the same in the mean over criteria however often it was asked', () => {
    expect(meanLevelOver([levels(400, 400), levels(0, 10), [5, 0, 0, 0, 0, 0]])).toBeCloseTo(3.5, 12)
    expect(meanLevelOver([])).toBeNull()
  })

  test("has the share at levels 4-5 with Wilson's known intervals", () => {
    expect(rounded(criterionScore([30, 1, 1, 2, 46, 50]))).toEqual(['90.2', '98.4'])
    expect(rounded(criterionScore(levels(384, 400)))).toEqual(['93.6', '97.5'])
    expect(criterionScore([9, 0, 0, 0, 0, 0])).toEqual({ score: null, lower: null, upper: null, responses: 0 })
    expect(criterionScore([30, 1, 1, 2, 46, 50]).responses).toBe(100)
  })
})

describe('harm done', () => {
  test('is the share of all dissatisfaction, and its points add up to what is missing', () => {
    const harm = harmOf([90, 80, 100, null].map((score) => ({ score, weight: 1 })))
    expect(harm.map((one) => one?.share.toFixed(4))).toEqual(['0.3333', '0.6667', '0.0000', undefined])
    expect(harm.map((one) => one?.points.toFixed(4))).toEqual(['3.3333', '6.6667', '0.0000', undefined])
  })

  test('of a factor grows with the number of its criteria', () => {
    expect(
      harmOf([
        { score: 90, weight: 4 },
        { score: 80, weight: 1 },
      ]).map((one) => one?.share),
    ).toEqual([2 / 3, 1 / 3])
  })

  test('is nothing where everyone is satisfied', () => {
    expect(harmOf([{ score: 100, weight: 3 }])).toEqual([{ share: 0, points: 0 }])
  })
})

describe('people', () => {
  test('wholly satisfied are counted only where everyone was asked everything', () => {
    const sums = sumsOf([...repeat(96, 1), ...repeat(4, 0.5)])
    expect(whollySatisfied(sums, false)).toBeNull()
    expect(whollySatisfied(sums, true)).toMatchObject({ score: 96, responses: 100 })
    expect(rounded(whollySatisfied(sums, true) as Score)).toEqual(['90.2', '98.4'])
    expect(whollySatisfied(noSums, true)).toMatchObject({ score: null, responses: 0 })
  })

  test('may say that more than their expectations was met', () => {
    expect(expectationMet(4, 430)).toBe(107.5)
    expect(expectationMet(0, 0)).toBeNull()
  })

  test.each([
    // Half of 10 is 5: two of the four within 20-30 lie before it.
    [[1, 2, 4, 3, 0], { seconds: 25, open: false }],
    [[4, 0, 0, 0, 0], { seconds: 5, open: false }],
    [[1, 0, 0, 0, 1], { seconds: 10, open: false }],
    [[1, 0, 0, 0, 3], { seconds: 45, open: true }],
    [[0, 0, 0, 0, 0], null],
  ])('took, in the middle, what the spans %j tell', (counts, median) => {
    expect(medianSeconds(counts, [10, 20, 30, 45])).toEqual(median)
  })
})

describe('strata', () => {
  const town = { name: 'town', population: 3000, sums: sumsOf([...repeat(45, 1), ...repeat(5, 0)]) }
  const hamlet = { name: 'hamlet', population: 1000, sums: sumsOf([...repeat(10, 1), ...repeat(10, 0)]) }

  test('weigh by their visits, worked by hand', () => {
    const result = stratifiedScore([town, hamlet])
    // 0.75·0.9 + 0.25·0.5; V = n/(n−1)·R(1−R)/n where each answers one way throughout.
    const variance = 0.75 ** 2 * (0.09 / 49) + 0.25 ** 2 * (0.25 / 19)
    const guarded = 1 / (0.75 ** 2 / effectiveSize(town.sums) + 0.25 ** 2 / effectiveSize(hamlet.sums))
    const size = Math.min((0.8 * 0.2) / variance, guarded)
    expect(result.score).toBeCloseTo(80, 10)
    expect(result.effectiveSize).toBeCloseTo(size, 8)
    expect(result.lower).toBeCloseTo(wilsonInterval(0.8, size)[0] * 100, 8)
    expect(result).toMatchObject({ responses: 70, covered: 1, unheard: [], unknown: [] })
  })

  test('without a voice are named, left out of the weights, and the share of visits covered is told', () => {
    const silent = { name: 'island', population: 1000, sums: noSums }
    const unlisted = { name: 'unlisted', population: 0, sums: sumsOf(repeat(9, 0)) }
    const result = stratifiedScore([town, silent, hamlet, unlisted])
    expect(result).toMatchObject({ covered: 0.8, unheard: ['island'], unknown: ['unlisted'], responses: 70 })
    expect(result.score).toBeCloseTo(80, 10)
    expect(stratifiedScore([silent])).toMatchObject({ score: null, lower: null, covered: 0, effectiveSize: null })
    expect(stratifiedScore([unlisted])).toMatchObject({ score: null, covered: null })
  })

  test('that are all wholly satisfied keep an honest lower end', () => {
    const { score, lower, upper, effectiveSize } = stratifiedScore([
      { ...town, sums: sumsOf(repeat(30, 1)) },
      { ...hamlet, sums: sumsOf(repeat(10, 1)) },
    ])
    expect([score, upper]).toEqual([100, 100])
    expect(effectiveSize).toBeCloseTo(40, 9)
    expect(lower).toBeLessThan(92)
  })

  test('are one: a single stratum has the pooled score, and never a narrower interval', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 80 }), (people) => {
        const sums = sumsOf(people.map((satisfied) => satisfied / 8))
        const pooled = scoreOf(sums)
        const single = stratifiedScore([{ name: 'all', population: 500, sums }])
        expect(single.score).toBeCloseTo(pooled.score as number, 9)
        expect(single.lower).toBeLessThanOrEqual((pooled.lower as number) + 1e-9)
      }),
    )
  })

  test('have the written variance', () => {
    const sums: Sums = [3, 2, 1.5, 2.5, 1.25, 1.25, 2.25]
    const index = 0.6
    expect(linearisedVariance(sums)).toBeCloseTo((1.5 * (1.25 - 2 * index * 1.25 + index ** 2 * 2.25)) / 2.5 ** 2, 12)
    expect(linearisedVariance(sumsOf([0.5]))).toBe(0)
    expect(linearisedVariance(sumsOf(repeat(7, 1 / 3)))).toBe(0)
  })

  test('joined are the sums of everyone', () => {
    expect(joinSums([town.sums, hamlet.sums])).toEqual(addSums(town.sums, hamlet.sums))
    expect(joinSums([])).toEqual(noSums)
  })
})

describe('a list of known length', () => {
  test('drawn by half counts double, drawn whole leaves no doubt, and overdrawn is an error to show', () => {
    expect(correctForPopulation(80, 100, 200)).toEqual({ kind: 'corrected', effectiveSize: 160 })
    expect(correctForPopulation(80, 201, 200)).toEqual({ kind: 'more_answers_than_people' })
    const sums = sumsOf([...repeat(90, 1), ...repeat(10, 0)])
    expect(scoreFromList(sums, 100)).toMatchObject({ score: 90, lower: 90, upper: 90 })
    expect(scoreFromList(sums, 99)).toBe('more_answers_than_people')
    expect(scoreFromList(noSums, 99)).toMatchObject({ score: null, responses: 0 })
    const drawn = scoreFromList(sums, 200) as Score
    expect(drawn.lower).toBeGreaterThan(scoreOf(sums).lower as number)
  })

  test.each([
    [500, 223],
    [1000, 286],
    [5000, 371],
    [10_000, 385],
    [400, 200],
    [0, 0],
  ])('of %i needs a sample of %i', (population, needed) => {
    expect(neededSample(population)).toBe(needed)
  })

  test('is shared out among strata by their size, the sum being the formula', () => {
    expect(planSample([3000, 1500, 500])).toEqual([223, 111, 37])
    expect(planSample([3000, 1950, 40, 10])).toEqual([222, 145, 30, 10])
    expect(planSample([0, 0])).toEqual([0, 0])
    expect(planSample([])).toEqual([])
  })

  test('never asks more than there are, less than the floor where there are as many, or less than the formula in all', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1, maxLength: 12 }), fc.nat(60), (populations, least) => {
        const planned = planSample(populations, 0.05, least)
        const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)
        planned.forEach((count, index) => {
          expect(count).toBeLessThanOrEqual(populations[index] as number)
          expect(count).toBeGreaterThanOrEqual(Math.min(least, populations[index] as number))
        })
        expect(total(planned)).toBeGreaterThanOrEqual(total(populations) ? neededSample(total(populations)) : 0)
      }),
    )
  })
})

describe('two scores', () => {
  // R. G. Newcombe 1998, table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('differ as published: %i/%i less %i/%i', (a, m, b, n, lower, upper) => {
    const result = compareScores(criterionScore(levels(a, m)), criterionScore(levels(b, n)))
    expect(result?.difference).toBeCloseTo((a / m - b / n) * 100, 9)
    expect((result?.lower as number) / 100).toBeCloseTo(lower, 4)
    expect((result?.upper as number) / 100).toBeCloseTo(upper, 4)
  })

  test('are a rise, a fall, or nothing that can be proved, and turned round the opposite', () => {
    const [high, low] = [criterionScore(levels(56, 70)), criterionScore(levels(48, 80))]
    expect(compareScores(high, low)?.change).toBe('rise')
    expect(compareScores(low, high)?.change).toBe('fall')
    expect(compareScores(high, high)?.change).toBe('not_provable')
    expect(compareScores(high, scoreOf(noSums))).toBeNull()
  })
})

describe('those who did not answer', () => {
  test.each([
    [96, 95, 0.5, 94, 'depends'],
    [96, 95, 0.99, -4, 'cannot_be_missed'],
    [50, 95, 0.5, 140, 'cannot_be_reached'],
    [90, 95, 0, 95, 'depends'],
  ])('tip a score of %d against %d at a response rate of %d', (score, target, rate, point, meaning) => {
    const result = tippingPoint(score, target, rate)
    expect(result?.point).toBeCloseTo(point, 9)
    expect(result?.meaning).toBe(meaning)
  })

  test('are unknown without a rate, and none where all answered or more than came', () => {
    for (const rate of [null, 1, 1.2, Number.NaN]) expect(tippingPoint(96, 95, rate)).toBeNull()
    expect(tippingPoint(null, 95, 0.5)).toBeNull()
  })
})

describe('early warning', () => {
  const weeksOf = (...sums: Sums[]) => sums.map((one, index) => ({ week: `w${index + 1}`, sums: one }))
  const usual = (index: number) => sumsOf([...repeat(95 + (index % 2), 1), ...repeat(5 - (index % 2), 0)])
  const calm = Array.from({ length: baselineWeeks.least + baselineWeeks.leftOut }, (_, index) => usual(index))
  const bad = sumsOf([...repeat(80, 1), ...repeat(20, 0)])

  test('stays silent until there is a baseline, then finds a fall', () => {
    const points = signalsOf(weeksOf(...calm, bad))
    expect(points.slice(0, -1).every(({ centre, signal }) => centre === null && signal === null)).toBe(true)
    expect(points.at(-1)).toMatchObject({ week: 'w11', score: 80, responses: 100, gathers: 1, signal: 'fall' })
    const { lower, centre, upper } = points.at(-1) as { lower: number; centre: number; upper: number }
    expect(centre).toBeCloseTo(95.5, 9)
    expect([80 < lower, lower < centre, centre < upper, upper <= 100]).toEqual([true, true, true, true])
  })

  test('finds a rise as well', () => {
    const low = Array.from({ length: 12 }, () => sumsOf([...repeat(70, 1), ...repeat(30, 0)]))
    expect(signalsOf(weeksOf(...low, usual(0))).at(-1)?.signal).toBe('rise')
  })

  test('draws wider limits for fewer answers', () => {
    const few = sumsOf([...repeat(19, 1), 0])
    const width = (sums: Sums) => {
      const { lower, upper } = signalsOf(weeksOf(...calm, sums)).at(-1) as { lower: number; upper: number }
      return upper - lower
    }
    expect(width(few)).toBeGreaterThan(width(usual(0)))
  })

  test('hands the answers of a small week on until there are enough', () => {
    const small = sumsOf(repeat(leastAnswers - 4, 1))
    const [first, second, third] = signalsOf(weeksOf(small, noSums, small))
    expect(first).toMatchObject({ responses: 6, gathers: 0, score: null, centre: null })
    expect(second).toMatchObject({ responses: 0, gathers: 0, score: null })
    expect(third).toMatchObject({ responses: 12, gathers: 3, score: 100 })
  })

  test('takes one accident out of the baseline, and a new level into it', () => {
    const after = Array.from({ length: 6 }, () => usual(0))
    const once = signalsOf(weeksOf(...calm, bad, ...after)).at(-1)
    expect(once?.centre as number).toBeGreaterThan(95)
    const lasting = signalsOf(weeksOf(...calm, ...Array.from({ length: 30 }, () => bad)))
    expect(lasting[11]?.signal).toBe('fall')
    expect(lasting.at(-1)).toMatchObject({ signal: null })
    expect(lasting.at(-1)?.centre).toBeCloseTo(80, 0)
  })

  test("has Laney's spread, worked by hand", () => {
    // (74.625 + 0.375) / (99.25 + 0.75) = 3/4 has the angle 2π/3, (24.625 + 0.375) / 100 = 1/4 has π/3.
    const share = 74.625 / 99.25
    const [above, below] = [sumsOf(repeat(397, share)), sumsOf(repeat(397, 1 - share))]
    // 397 respondents worth a quarter of an answer each: moving ranges of (π/3)·√99.25.
    const sigma = ((Math.PI / 3) * Math.sqrt(99.25)) / 1.128379
    expect(overdispersion([above, below, above, below], 0.25)).toBeCloseTo((3 * sigma + 4) / (3 + 4), 5)
    expect(overdispersion([above, above, above, above], 0.25)).toBe(1)
  })

  test('widens its limits where weeks vary more than respondents explain', () => {
    const restless = calm.map((_, index) =>
      index % 2 ? sumsOf(repeat(100, 1)) : sumsOf([...repeat(91, 1), ...repeat(9, 0)]),
    )
    const lower = (weeks: Sums[]) => signalsOf(weeksOf(...weeks, bad)).at(-1)?.lower as number
    expect(lower(restless)).toBeLessThan(lower(calm))
  })

  test('is never beside itself: limits hold the centre, stay within 0-100 and survive any weeks', () => {
    const week = fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 40 })
    fc.assert(
      fc.property(fc.array(week, { maxLength: 30 }), (weeks) => {
        const points = signalsOf(weeksOf(...weeks.map((people) => sumsOf(people.map((one) => one / 8)))))
        expect(points).toHaveLength(weeks.length)
        for (const { lower, centre, upper } of points) {
          const ordered = [0, lower ?? 0, centre ?? 50, upper ?? 100, 100]
          expect(ordered).toEqual([...ordered].sort((a, b) => a - b))
        }
      }),
    )
  })
})

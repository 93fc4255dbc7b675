import { describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import { createPopulation, createRandom, drawSums, formOf, type Population } from '../../scripts/study/population.ts'
import type { Questionnaire } from '../../server/catalogue/contract.ts'
import { planVersion } from '../../server/catalogue/draw-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { type Outlook, outlookOf, type SoFar } from '../../server/score/outlook-rules.ts'
import { addSums, effectiveSize, scoreOf, verdictOf } from '../../server/score/rules.ts'

const plan = planVersion(
  readReference().questionnaires.filter(({ code }) => code === 'administrative')[0] as Questionnaire,
)
const form = formOf(plan, true)

const soFarOf = (sums: Sums, target: number, expected: number): SoFar => ({
  score: scoreOf(sums).score as number,
  responses: sums[0],
  effectiveSize: effectiveSize(sums),
  target,
  expected,
})

describe('what the rest of a period must reach', () => {
  const half: SoFar = { score: 94, responses: 1000, effectiveSize: 800, target: 95, expected: 1000 }

  test('is what brings the lower end to the target, no less', () => {
    const { needed } = outlookOf(half)
    const endWith = (rest: number) => {
      const score = (half.score * half.responses + rest * half.expected) / (half.responses + half.expected)
      return outlookOf({ ...half, score, responses: 2000, effectiveSize: 1600, expected: 0 }).sure.lower
    }
    expect(endWith(needed as number)).toBeCloseTo(95, 6)
    expect(endWith((needed as number) - 0.1)).toBeLessThan(95)
  })

  test('lies above 100 where nothing can save it, at most 0 where nothing can spoil it', () => {
    expect(outlookOf({ ...half, score: 80 }).needed).toBeGreaterThan(100)
    expect(outlookOf({ ...half, score: 99.5, target: 60, expected: 100 }).needed).toBeLessThanOrEqual(0)
  })

  test('is not named where the answers are too few for any verdict, or none are to come', () => {
    expect(outlookOf({ ...half, responses: 20, effectiveSize: 20, expected: 5 }).needed).toBeNull()
    expect(outlookOf({ ...half, expected: 0 }).needed).toBeNull()
  })
})

test('the same figures give the same words', () => {
  const asked: SoFar = { score: 95.8, responses: 700, effectiveSize: 610, target: 95, expected: 320 }
  expect(outlookOf(asked)).toEqual(outlookOf(asked))
})

test('the chances are of one whole and lean with the score', () => {
  const chancesAt = (score: number) =>
    outlookOf({ score, responses: 700, effectiveSize: 610, target: 95, expected: 320 }).chances
  for (const score of [88, 93, 95, 97, 100]) {
    const { met, not_met, not_yet_provable } = chancesAt(score)
    expect(met + not_met + not_yet_provable).toBeCloseTo(1, 9)
  }
  expect(chancesAt(98.5).met).toBeGreaterThan(0.95)
  expect(chancesAt(88).not_met).toBeGreaterThan(0.95)
})

type Seen = { outlook: Outlook; end: number; verdict: ReturnType<typeof verdictOf> }

/** A period of whole respondents: what is said of its end after a part of it, and how it ended. */
function livePeriod(
  random: () => number,
  population: Population,
  { first, rest }: { first: number; rest: number },
): Seen {
  const soFar = drawSums(random, population, form, first)
  const whole = addSums(soFar, drawSums(random, population, form, rest))
  const end = scoreOf(whole)
  return { outlook: outlookOf(soFarOf(soFar, 95, rest)), end: end.score as number, verdict: verdictOf(end, 95) }
}

describe('simulated periods', () => {
  const parts = [
    { first: 60, rest: 60 },
    { first: 100, rest: 300 },
    { first: 400, rest: 100 },
    { first: 400, rest: 800 },
  ]
  /** Every true index as likely as another: chances are kept over all communes there may be, not for one alone. */
  const indices = Array.from({ length: 90 }, (_, index) => 0.87 + (0.12 * index) / 89)
  const periods: Seen[] = []

  test.each(parts)('end inside the middle 95 %% of what was simulated at least 92 times in 100 (%o)', (part) => {
    const random = createRandom(part.first + part.rest)
    const own = indices.flatMap((index) => {
      const population = createPopulation({ index, correlation: 0.3, kind: 'beta', uneven: true }, plan.criteria.length)
      return Array.from({ length: 5 }, () => livePeriod(random, population, part))
    })
    periods.push(...own)
    const inside = own.filter(({ outlook, end }) => end >= outlook.lower - 1e-9 && end <= outlook.upper + 1e-9).length
    expect(inside / own.length).toBeGreaterThanOrEqual(0.92)
    expect(inside / own.length).toBeLessThan(1)
  })

  const bins = [0, 0.2, 0.5, 0.8]
  test.each(['met', 'not_met'] as const)(
    'never promise "%s" oftener than it came, and seldom fall far short',
    (verdict) => {
      for (const [index, from] of bins.entries()) {
        const to = bins[index + 1] ?? 1.01
        const own = periods.filter(({ outlook: { chances } }) => chances[verdict] >= from && chances[verdict] < to)
        const said = own.reduce((sum, { outlook }) => sum + outlook.chances[verdict], 0) / own.length
        const came = own.filter((one) => one.verdict === verdict).length / own.length
        expect(own.length).toBeGreaterThan(60)
        expect(said - came).toBeLessThan(0.08)
        expect(came - said).toBeLessThan(0.22)
      }
    },
  )
})

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import {
  type Cell,
  countFalseChanges,
  listStrataCells,
  simulateCell,
  simulateList,
  simulateStrata,
} from '../../scripts/study/cells.ts'
import { countFalseSignals, firstJudged, type Place, shareFound } from '../../scripts/study/chart.ts'
import {
  addRespondent,
  answerAll,
  type Crowd,
  createPopulation,
  createRandom,
  drawFast,
  drawSums,
  formOf,
  marks,
  type Population,
  type Random,
} from '../../scripts/study/population.ts'
import type { Questionnaire } from '../../server/catalogue/contract.ts'
import { drawCriteria, planVersion } from '../../server/catalogue/draw-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { scoreOf, wilsonInterval } from '../../server/score/rules.ts'
import type { CountableResponse } from '../../server/tallies/contract.ts'
import { sumCells } from '../../server/tallies/rules.ts'

const plan = planVersion(
  readReference().questionnaires.filter(({ code }) => code === 'administrative')[0] as Questionnaire,
)
const crowd = { index: 0.9, correlation: 0.6, kind: 'beta', uneven: true } as const
const kinds = ['beta', 'straight'] as const
const key = 'a key for the simulation'

const idOf = (number: number): string => {
  const hex = createHash('sha256').update(String(number)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** One response as the product stores it: the criteria of its id, the crowd's marks as levels. */
function makeResponse(random: Random, population: Population, id: string, channel: 'qr' | 'paper'): CountableResponse {
  const asked = channel === 'qr' ? drawCriteria(plan, id, key) : plan.criteria.map((_, position) => position)
  const given = new Uint8Array(plan.criteria.length)
  answerAll(random, population, asked, given)
  const answers = Array<string>(plan.criteria.length).fill('.')
  for (const position of asked) answers[position] = '-35'[given[position] as number] as string
  return { ...cell, channel, answers: answers.join(''), extras: null, seconds: null, receivedAt: '' }
}

const cell = {
  ...({ placeId: 1, day: '2026-11-23', versionId: 1, fieldId: 0, serviceMode: 'direct' } as CountableResponse),
  ...({ respondent: 'citizen', standing: 'counted', waveId: 0, stratumId: 0 } as CountableResponse),
}

/** The seven sums by the product's own counting. */
const sumsByProduct = (responses: CountableResponse[]): Sums =>
  (sumCells(responses, () => plan)[0]?.moments ?? []).slice(0, 7) as unknown as Sums

describe('the simulated respondents', () => {
  test.each(['qr', 'paper'] as const)('are counted by the product as by the written formula (%s)', (channel) => {
    const population = createPopulation(crowd, plan.criteria.length)
    const random = createRandom(1)
    const responses = Array.from({ length: 200 }, (_, at) => makeResponse(random, population, idOf(at), channel))
    const sums = [0, 0, 0, 0, 0, 0, 0]
    for (const { answers } of responses) {
      const asked = [...answers].flatMap((mark, position) => (mark === '.' ? [] : [position]))
      const given = Uint8Array.from(answers, (mark) => Math.max(0, '-35'.indexOf(mark)))
      addRespondent(sums, formOf(plan, channel === 'qr'), asked, given)
    }
    sumsByProduct(responses).forEach((sum, index) => {
      expect(sum).toBeCloseTo(sums[index] as number, 9)
    })
  })

  test('are asked each criterion as often by the fast draw as by the keyed one, and as the version says', () => {
    const form = formOf(plan, true)
    const random = createRandom(2)
    const people = 6000
    const fast = plan.criteria.map(() => 0)
    const keyed = plan.criteria.map(() => 0)
    for (let at = 0; at < people; at += 1) {
      for (const position of drawFast(random, form)) fast[position] = (fast[position] as number) + 1
      for (const position of drawCriteria(plan, idOf(at), key)) keyed[position] = (keyed[position] as number) + 1
    }
    plan.probability.forEach((probability, position) => {
      const allowed = 4 * Math.sqrt((probability * (1 - probability)) / people)
      for (const count of [fast[position] as number, keyed[position] as number]) {
        expect(Math.abs(count / people - probability)).toBeLessThanOrEqual(allowed)
      }
    })
  })

  test.each(kinds)('are as satisfied and as alike as the crowd says (%s)', (kind) => {
    const population = createPopulation({ ...crowd, kind, uneven: false }, 2)
    const random = createRandom(3)
    const given = new Uint8Array(2)
    let [both, one] = [0, 0]
    const people = 60_000
    for (let at = 0; at < people; at += 1) {
      answerAll(random, population, [0, 1], given)
      const dissatisfied = given.filter((mark) => mark === marks.dissatisfied).length
      if (dissatisfied === 2) both += 1
      one += dissatisfied
    }
    const share = one / (2 * people)
    expect(share).toBeCloseTo(0.1, 2)
    expect((both / people - share ** 2) / (share * (1 - share))).toBeCloseTo(0.6, 1)
  })
})

describe('a nominal 95 %', () => {
  const runs = 700
  const crowds = [0.1, 0.6].flatMap((correlation) =>
    kinds.flatMap((kind) => [true, false].map((rotated) => ({ correlation, kind, rotated, uneven: false }))),
  )
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

  const grid = [0.8, 0.9, 0.95, 0.98].flatMap((index) => [20, 100, 400].map((size) => [index, size] as const))
  test.each(grid)(
    'covers at least 93 % at an index of %d with %i respondents, and "met" is wrong in at most 3.5 %',
    (index, respondents) => {
      const outcomes = crowds.map((one, at) =>
        simulateCell(plan, { ...one, index, respondents }, runs, 100 * at + respondents),
      )
      expect(mean(outcomes.map(({ covered }) => covered))).toBeGreaterThanOrEqual(0.93)
      expect(mean(outcomes.map(({ wronglyMet }) => wronglyMet))).toBeLessThanOrEqual(0.035)
      // A single crowd, within three standard errors of so few runs; the large study gives each fifteen thousand.
      for (const { covered, wronglyMet } of outcomes) {
        expect(covered).toBeGreaterThanOrEqual(0.93 - 3 * Math.sqrt((0.93 * 0.07) / runs))
        expect(wronglyMet).toBeLessThanOrEqual(0.035 + 3 * Math.sqrt((0.035 * 0.965) / runs))
      }
    },
  )

  test.each(kinds)('covers along the whole way: drawn by id, counted into cells (%s)', (kind) => {
    const population = createPopulation({ ...crowd, kind }, plan.criteria.length)
    const random = createRandom(4)
    let covered = 0
    for (let run = 0; run < 300; run += 1) {
      const responses = Array.from({ length: 50 }, (_, at) =>
        makeResponse(random, population, idOf(run * 50 + at), 'qr'),
      )
      const { lower, upper } = scoreOf(sumsByProduct(responses))
      if ((lower as number) <= 90 && 90 <= (upper as number)) covered += 1
    }
    expect(covered / 300).toBeGreaterThanOrEqual(0.93)
  })

  test('would not hold if answers were counted as if each came from another person', () => {
    const population = createPopulation({ ...crowd, uneven: false }, plan.criteria.length)
    const form = formOf(plan, false)
    const random = createRandom(5)
    let covered = 0
    for (let run = 0; run < 300; run += 1) {
      const [n, , y, m] = drawSums(random, population, form, 100)
      const [lower, upper] = wilsonInterval(y / m, n * plan.criteria.length)
      if (lower <= 0.9 && 0.9 <= upper) covered += 1
    }
    expect(covered / 300).toBeLessThan(0.6)
  })

  test.each(listStrataCells().filter(({ correlation }) => correlation === 0.6))(
    'covers across strata ($name, $kind)',
    (strata) => {
      const { covered, wronglyMet } = simulateStrata(plan, strata, 500, 6)
      expect(covered).toBeGreaterThanOrEqual(0.93)
      expect(wronglyMet).toBeLessThanOrEqual(0.035)
    },
  )

  test('covers the true score of a list of 500 from which 223 were drawn', () => {
    const { covered } = simulateList(
      plan,
      { ...crowd, uneven: false, correlation: 0.3 },
      { people: 500, drawn: 223, runs: 400, seed: 7 },
    )
    expect(covered).toBeGreaterThanOrEqual(0.93)
  })
})

test.each(kinds)('eight criteria of nineteen drawn at random give the score that all nineteen give (%s)', (kind) => {
  const one = { ...crowd, kind, respondents: 200 }
  const rotated = simulateCell(plan, { ...one, rotated: true }, 600, 8)
  const full = simulateCell(plan, { ...one, rotated: false }, 600, 9)
  const error = Math.hypot(rotated.standardError, full.standardError)
  expect(error).toBeLessThan(0.15)
  expect(Math.abs(rotated.meanScore - full.meanScore)).toBeLessThan(3 * error)
  expect(Math.abs(rotated.meanScore - 90)).toBeLessThan(3 * rotated.standardError)
})

test('two periods in which nothing changed are called a rise or a fall in at most 6 %', () => {
  const one: Cell = { ...crowd, uneven: false, respondents: 100, rotated: true }
  expect(countFalseChanges(plan, one, 1000, 10)).toBeLessThanOrEqual(0.06)
})

describe('early warning', () => {
  const place = (some: Partial<Place & Crowd>): Place => ({
    index: 0.95,
    perWeek: 100,
    correlation: 0.6,
    kind: 'beta',
    uneven: false,
    rotated: true,
    drift: 0,
    ...some,
  })

  test.each([
    [0.85, 25, 0.6],
    [0.95, 50, 0.6],
    [0.97, 25, 0.1],
    [0.97, 100, 0.6],
    [0.9, 200, 0.1],
  ])(
    'gives at most half a false signal a year (index %d, %i answers a week, correlation %d)',
    (index, perWeek, correlation) => {
      const { fall, rise } = countFalseSignals(plan, place({ index, perWeek, correlation }), 40, 11)
      expect(fall + rise).toBeLessThanOrEqual(0.5)
    },
  )

  test.each([firstJudged, firstJudged + 18])(
    'finds a fall from 95 to 85 within three weeks in nine of ten (%i weeks before)',
    (before) => {
      for (const kind of kinds)
        expect(shareFound(plan, place({ kind }), { fallTo: 0.85, before, runs: 200, seed: 12 })).toBeGreaterThanOrEqual(
          0.9,
        )
    },
  )
})

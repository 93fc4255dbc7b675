import type { Plan } from '../../server/catalogue/draw-rules.ts'
import type { Sums } from '../../server/score/contract.ts'

/** Numbers in [0, 1). */
export type Random = () => number

/** sfc32 of the PractRand suite (public domain): 128 bits of state, enough for the 10⁹ numbers a large study takes. */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, seed | 0, 1]
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warming = 0; warming < 15; warming += 1) next()
  return next
}

export type Crowd = {
  /** The true index: the mean over criteria of the share satisfied with each, 0-1. */
  index: number
  /** Within-respondent correlation of two answers: a beta-binomial, or a share of people who answer all from one mood. */
  correlation: number
  kind: 'beta' | 'straight'
  /** Criteria of very different quality, and one asked criterion in ten left unanswered. */
  uneven: boolean
}

/** A crowd made ready for so many criteria. */
export type Population = Crowd & { ceiling: number; worth: number[]; unanswered: number }

/**
 * A criterion's dissatisfaction is `ceiling · worth`, worth ≤ 1, so that the mean over criteria is 1 − index exactly,
 * whatever the correlation.
 */
export function createPopulation(crowd: Crowd, criteria: number): Population {
  const worth = Array.from({ length: criteria }, (_, position) =>
    crowd.uneven ? (1 + ((position * 7) % criteria)) / criteria : 1,
  )
  const mean = worth.reduce((sum, one) => sum + one, 0) / criteria
  return { ...crowd, worth, ceiling: (1 - crowd.index) / mean, unanswered: crowd.uneven ? 0.1 : 0 }
}

export const marks = { unanswered: 0, dissatisfied: 1, satisfied: 2 } as const

/** The marks of one respondent on the criteria asked, written into `into` by position. */
export function answerAll(random: Random, population: Population, asked: readonly number[], into: Uint8Array): void {
  const { kind, correlation, ceiling, worth, unanswered } = population
  const isOneMood = kind === 'straight' && random() < correlation
  const mood = isOneMood ? random() : 0
  const share = kind === 'beta' ? drawBeta(random, ceiling, correlation) : ceiling
  for (const position of asked) {
    if (unanswered > 0 && random() < unanswered) into[position] = marks.unanswered
    else {
      const limit = share * (worth[position] as number)
      into[position] = (isOneMood ? mood : random()) < limit ? marks.dissatisfied : marks.satisfied
    }
  }
}

/** Beta with the mean and the intra-class correlation 1 / (a + b + 1). */
function drawBeta(random: Random, mean: number, correlation: number): number {
  const strength = 1 / correlation - 1
  const first = drawGamma(random, mean * strength)
  const second = drawGamma(random, (1 - mean) * strength)
  return first + second === 0 ? (random() < mean ? 1 : 0) : first / (first + second)
}

/** G. Marsaglia and W. W. Tsang, ACM Transactions on Mathematical Software 26 (2000) 363-372. */
function drawGamma(random: Random, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = drawNormal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return d * v
  }
}

/** Standard normal (Box and Muller 1958). */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A plan's criteria as the fast sampler needs them; `rotated` false asks every criterion, as paper and interview do. */
export type Form = { weights: number[]; core: number[]; pools: { positions: number[]; draw: number }[] }

export function formOf(plan: Plan, rotated: boolean): Form {
  const all = plan.criteria.map((_, position) => position)
  if (!rotated) return { weights: all.map(() => 1), core: all, pools: [] }
  const pools = plan.definition.factors.map((factor, index) => ({
    positions: all.filter((position) => plan.factorOf[position] === index && !plan.criteria[position]?.core),
    draw: factor.draw,
  }))
  const core = all.filter((position) => plan.criteria[position]?.core)
  return { weights: plan.probability.map((probability) => 1 / probability), core, pools }
}

/** A draw with the probabilities of drawCriteria, without its keyed hash. */
export function drawFast(random: Random, { core, pools }: Form): number[] {
  if (pools.length === 0) return core
  const asked = [...core]
  for (const { positions, draw } of pools) {
    for (let taken = 0; taken < draw; taken += 1) {
      const other = taken + Math.floor(random() * (positions.length - taken))
      const position = positions[other] as number
      positions[other] = positions[taken] as number
      positions[taken] = position
      asked.push(position)
    }
  }
  return asked
}

/** Adds one respondent by the written formula of the index, apart from the product's own counting. */
export function addRespondent(sums: number[], { weights }: Form, asked: readonly number[], given: Uint8Array): void {
  let [all, answered, satisfied] = [0, 0, 0]
  for (const position of asked) {
    const weight = weights[position] as number
    all += weight
    if (given[position] === marks.unanswered) continue
    answered += weight
    if (given[position] === marks.satisfied) satisfied += weight
  }
  if (answered === 0) return
  const y = satisfied / all
  const m = answered / all
  const more = [1, satisfied < answered ? 1 : 0, y, m, y * y, y * m, m * m]
  for (let index = 0; index < more.length; index += 1) sums[index] = (sums[index] as number) + (more[index] as number)
}

/** The seven sums of so many respondents. */
export function drawSums(random: Random, population: Population, form: Form, respondents: number): Sums {
  const sums = [0, 0, 0, 0, 0, 0, 0]
  const given = new Uint8Array(population.worth.length)
  for (let respondent = 0; respondent < respondents; respondent += 1) {
    const asked = drawFast(random, form)
    answerAll(random, population, asked, given)
    addRespondent(sums, form, asked, given)
  }
  return sums as unknown as Sums
}

import type { Score, Sums } from './contract.ts'
import { addSums, effectiveSize, noSums, snapToEnds, wilsonInterval } from './rules.ts'

/*
 * What is computed beside the index itself, which is scoreOf in rules.ts and holds for every slice (factor, field, place,
 * channel, service mode, respondent, school level) of the same sums. Derivations: METHOD.md.
 */

/** How often each level was given to one criterion: 0 "no opinion", then 1 to 5. */
export type LevelCounts = readonly number[]

/** Mean of the levels 1-5, "no opinion" left out; null without an answer. */
export function meanLevel(counts: LevelCounts): number | null {
  const answered = answersIn(counts)
  return answered === 0 ? null : counts.reduce((sum, count, level) => sum + level * count, 0) / answered
}

/**
 * The mean /5 over several criteria, each weighing the same, however often the rotation asked it: the logic of the index.
 * Criteria that nobody answered stay out.
 */
export function meanLevelOver(criteria: LevelCounts[]): number | null {
  const means = criteria.map(meanLevel).filter((mean) => mean !== null)
  return means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0) / means.length
}

/** Share of answers at levels 4-5 for one criterion. Each respondent gives one answer, so it is Wilson's (1927) plain interval. */
export function criterionScore(counts: LevelCounts): Score {
  const answered = answersIn(counts)
  if (answered === 0) return emptyScore(0)
  return scoreFrom(((counts[4] ?? 0) + (counts[5] ?? 0)) / answered, answered, answered)
}

/** Share: of all dissatisfaction, 0-1. Points: percentage points missing to 100 because of this part; they add up to 100 − score. */
export type Harm = { share: number; points: number } | null

/**
 * How much each part takes away from the whole: importance × dissatisfaction, weight·(1 − R) / Σ. Weight 1 for criteria, the
 * number of criteria for factors, of responses for fields and places. Null where nothing was answered.
 */
export function harmOf(parts: { score: number | null; weight: number }[]): Harm[] {
  const heard = parts.filter(({ score, weight }) => score !== null && weight > 0)
  const weights = heard.reduce((sum, { weight }) => sum + weight, 0)
  const missing = (part: { score: number | null; weight: number }) => part.weight * (100 - (part.score as number))
  const total = heard.reduce((sum, part) => sum + missing(part), 0)
  return parts.map((part) => {
    if (!heard.includes(part)) return null
    return { share: total === 0 ? 0 : missing(part) / total, points: missing(part) / weights }
  })
}

/**
 * Share of respondents with every answer at 4-5. Only where each was asked every criterion: with rotation, who is asked less
 * has fewer chances to be dissatisfied. Null otherwise.
 */
export function whollySatisfied([n, b]: Sums, askedEverything: boolean): Score | null {
  if (!askedEverything) return null
  return n === 0 ? emptyScore(0) : scoreFrom((n - b) / n, n, n)
}

/** Mean of "met how many percent of your expectations" (0-100, may exceed); null without an answer. */
export function expectationMet(count: number, sum: number): number | null {
  return count === 0 ? null : sum / count
}

/** `population` = visits, pupils or households of the stratum, N_h. */
export type Stratum = { name: string; population: number; sums: Sums }

export type StratifiedScore = Score & {
  effectiveSize: number | null
  /** Share of the population whose stratum was heard, 0-1; null where no population is known. */
  covered: number | null
  /** Strata with people and without an answer. */
  unheard: string[]
  /** Strata with answers and without people, left out: a sign of error in the list of visits. */
  unknown: string[]
}

/**
 * R = Σ W_h·R_h, W_h = N_h / Σ N over the strata with answers (Cochran 1977, chapter 5), and
 * n_eff = min(R(1 − R) / Σ W_h²V_h, 1 / Σ(W_h² / n_eff,h)): the second guards strata too small to show a variance.
 */
export function stratifiedScore(strata: Stratum[]): StratifiedScore {
  const peopled = strata.filter(({ population }) => population > 0)
  const heard = peopled.filter(({ sums }) => sums[0] > 0)
  const all = sumOf(peopled, ({ population }) => population)
  const reached = sumOf(heard, ({ population }) => population)
  const about = {
    covered: all === 0 ? null : reached / all,
    unheard: peopled.filter(({ sums }) => sums[0] === 0).map(({ name }) => name),
    unknown: strata.filter(({ population, sums }) => !(population > 0) && sums[0] > 0).map(({ name }) => name),
  }
  if (heard.length === 0) return { ...emptyScore(0), effectiveSize: null, ...about }
  const weightOf = ({ population }: Stratum) => population / reached
  const index = snapToEnds(sumOf(heard, (stratum) => weightOf(stratum) * indexOf(stratum.sums)))
  const variance = sumOf(heard, (stratum) => weightOf(stratum) ** 2 * linearisedVariance(stratum.sums))
  const guarded = 1 / sumOf(heard, (stratum) => weightOf(stratum) ** 2 / effectiveSize(stratum.sums))
  const size = variance > 0 ? Math.min((index * (1 - index)) / variance, guarded) : guarded
  const responses = sumOf(heard, ({ sums }) => sums[0])
  return { ...scoreFrom(index, size, responses), effectiveSize: size, ...about }
}

/** V = n / (n − 1) · (Σy² − 2R·Σym + R²·Σm²) / (Σm)² (Cochran 1977, chapter 6; respondents as clusters); 0 for one respondent. */
export function linearisedVariance(sums: Sums): number {
  const [n, , , m, yy, ym, mm] = sums
  if (n <= 1) return 0
  const index = indexOf(sums)
  const squares = yy - 2 * index * ym + index * index * mm
  // Below this it is the rounding error of everyone alike.
  return squares < 1e-12 * m ? 0 : (n / (n - 1)) * (squares / (m * m))
}

export type Corrected =
  | { kind: 'corrected'; effectiveSize: number }
  /** n > N: someone answered twice, or the list is too short. Shown, never computed away. */
  | { kind: 'more_answers_than_people' }

/**
 * Finite population: n_eff / (1 − n/N) (Cochran 1977, chapter 2), only in a wave whose respondents were drawn from a list of N.
 * Infinite at n = N, where Wilson's interval closes on the score.
 */
export function correctForPopulation(size: number, responses: number, population: number): Corrected {
  if (responses > population) return { kind: 'more_answers_than_people' }
  return { kind: 'corrected', effectiveSize: size / (1 - responses / population) }
}

/** The index with the interval that a sample drawn from a list of N people earns; 'more_answers_than_people' as above. */
export function scoreFromList(sums: Sums, population: number): Score | 'more_answers_than_people' {
  if (sums[0] === 0) return emptyScore(0)
  const corrected = correctForPopulation(effectiveSize(sums), sums[0], population)
  if (corrected.kind !== 'corrected') return corrected.kind
  return scoreFrom(indexOf(sums), corrected.effectiveSize, sums[0])
}

/** The ministry's n = N / (1 + N·e²) (Yamane 1967), rounded up: 1 000 → 286 with e = 5 %. */
export function neededSample(population: number, error = 0.05): number {
  return Math.max(0, Math.ceil(population / (1 + population * error * error) - 1e-9))
}

/** A stratum under this many answers says too little on its own. */
export const leastPerStratum = 30

/**
 * How many to ask in each stratum: the needed sample shared out by population (largest remainders, so the sum is the formula's),
 * then each lifted to the floor and none above its population. The lifted ones come on top.
 */
export function planSample(populations: number[], error = 0.05, least = leastPerStratum): number[] {
  const whole = sumOf(populations, (population) => population)
  if (whole === 0) return populations.map(() => 0)
  const needed = neededSample(whole, error)
  const exact = populations.map((population) => (needed * population) / whole)
  const planned = exact.map(Math.floor)
  const byRemainder = exact.map((share, index) => ({ index, left: share % 1 })).sort((a, b) => b.left - a.left)
  const spare = needed - sumOf(planned, (count) => count)
  for (const { index } of byRemainder.slice(0, spare)) planned[index] = (planned[index] as number) + 1
  return planned.map((count, index) => Math.min(Math.max(count, least), populations[index] as number))
}

export type Change = 'rise' | 'fall' | 'not_provable'
export type Comparison = { difference: number; lower: number; upper: number; change: Change }

/**
 * The later (or first) score less the earlier (or other) one, in points, with R. G. Newcombe's hybrid score interval
 * (Statistics in Medicine 17 (1998) 873-890, method 10). For different respondents only. Null where one is empty.
 */
export function compareScores(later: Score, earlier: Score): Comparison | null {
  if (!isKnown(later) || !isKnown(earlier)) return null
  const difference = later.score - earlier.score
  const lower = difference - Math.hypot(later.score - later.lower, earlier.upper - earlier.score)
  const upper = difference + Math.hypot(later.upper - later.score, earlier.score - earlier.lower)
  return { difference, lower, upper, change: lower > 0 ? 'rise' : upper < 0 ? 'fall' : 'not_provable' }
}

/** The score that those who did not answer would need to lie under (or reach) for the target to be missed (or met), percent. */
export type TippingPoint = { point: number; meaning: 'cannot_be_missed' | 'depends' | 'cannot_be_reached' }

/**
 * (T − r·R) / (1 − r). At or below 0 the target holds even if every silent person is dissatisfied; above 100 it fails even if
 * all are satisfied. Null where the rate is unknown, everybody answered, or more did than came.
 */
export function tippingPoint(score: number | null, target: number, responseRate: number | null): TippingPoint | null {
  if (score === null || responseRate === null || !(responseRate >= 0 && responseRate < 1)) return null
  const point = (target - responseRate * score) / (1 - responseRate)
  return { point, meaning: point <= 0 ? 'cannot_be_missed' : point > 100 ? 'cannot_be_reached' : 'depends' }
}

/** `open`: the median lies in the last span, which has no upper end, so it is more than `seconds`. */
export type MedianTime = { seconds: number; open: boolean }

/**
 * Median answering time from counts per span, straight line inside the span; `edges` are the spans' upper ends in seconds, one
 * fewer than the counts (answeringSpans of respond). Null without a time.
 */
export function medianSeconds(counts: readonly number[], edges: readonly number[]): MedianTime | null {
  const half = sumOf(counts, (count) => count) / 2
  if (half === 0) return null
  let before = 0
  for (const [span, count] of counts.entries()) {
    const start = span === 0 ? 0 : (edges[span - 1] as number)
    if (before + count >= half && count > 0) {
      const end = edges[span]
      return end === undefined
        ? { seconds: start, open: true }
        : { seconds: start + ((end - start) * (half - before)) / count, open: false }
    }
    before += count
  }
  return null
}

/** The sums of a slice that spans several cells. */
export const joinSums = (sums: Sums[]): Sums => sums.reduce(addSums, noSums)

const answersIn = (counts: LevelCounts): number => counts.slice(1).reduce((sum, count) => sum + count, 0)
const sumOf = <T>(items: readonly T[], measure: (item: T) => number): number =>
  items.reduce((sum, item) => sum + measure(item), 0)
// Sums of thirds and fifths miss the ends by a rounding error; a share is never outside [0, 1].
const indexOf = ([, , y, m]: Sums): number => snapToEnds(y / m)
const emptyScore = (responses: number): Score => ({ score: null, lower: null, upper: null, responses })

function scoreFrom(share: number, size: number, responses: number): Score {
  const [lower, upper] = wilsonInterval(share, size)
  return { score: share * 100, lower: lower * 100, upper: upper * 100, responses }
}

type KnownScore = { score: number; lower: number; upper: number }
const isKnown = (score: Score): score is Score & KnownScore => score.score !== null

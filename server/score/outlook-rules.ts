import type { Score, Verdict } from './contract.ts'
import { verdictOf, wilsonInterval } from './rules.ts'

/** The period so far: its score (percent), what it is worth in respondents, and how many responses are still to come. */
export type SoFar = { score: number; responses: number; effectiveSize: number; target: number; expected: number }

/** Where the end of a period may lie if it goes on as it went; percents. */
export type Outlook = SoFar & {
  /**
   * What the rest must score for the end to be met: at most 0 where nothing can spoil it, above 100 where nothing can save
   * it. Null where so few are to come that the target would stay within the interval even if all were satisfied.
   */
  needed: number | null
  /** The middle 95 % of the simulated ends. */
  lower: number
  upper: number
  /** The interval the end will have if its score is the one so far. */
  sure: { lower: number; upper: number }
  /** Share of the simulated ends with each verdict, 0-1. */
  chances: Record<Verdict, number>
}

const runs = 2000
const seed = 20260101

/**
 * Simulates the end: a true share from what the answers so far leave open (Jeffreys' Beta(k + ½, n_eff − k + ½), k = R·n_eff;
 * Brown, Cai & DasGupta, Statistical Science 16 (2001) 101-133), then the responses still to come as a binomial of their
 * worth, then the end's own interval and verdict. One fixed seed: the same figures give the same words.
 */
export function outlookOf(soFar: SoFar): Outlook {
  const random = makeRandom(seed)
  const drawShare = makeShareDraw(soFar)
  const rest = Math.round(worthOf(soFar, soFar.expected))
  const ends = Array.from({ length: runs }, () => {
    const share = drawShare(random())
    const satisfied = rest === 0 ? share : 1 - drawBinomial(rest, 1 - share, random) / rest
    return joinRest(soFar, satisfied)
  }).sort((a, b) => a - b)
  const verdicts = ends.map((end) => verdictOf(asScore(end, soFar), soFar.target))
  const shareOf = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length / runs
  return {
    ...soFar,
    needed: neededOf(soFar),
    lower: 100 * (ends[Math.floor(0.025 * runs)] as number),
    upper: 100 * (ends[Math.ceil(0.975 * runs) - 1] as number),
    sure: boundsOf(soFar.score / 100, soFar),
    chances: { met: shareOf('met'), not_met: shareOf('not_met'), not_yet_provable: shareOf('not_yet_provable') },
  }
}

/** Respondents' worth of so many responses, if they are as much alike as those so far. */
const worthOf = ({ responses, effectiveSize }: SoFar, count: number): number => (count * effectiveSize) / responses

/** The score of the end, 0-1, given the share among those still to come. */
const joinRest = ({ score, responses, expected }: SoFar, share: number): number =>
  (responses * (score / 100) + expected * share) / (responses + expected)

function boundsOf(share: number, soFar: SoFar): { lower: number; upper: number } {
  const [lower, upper] = wilsonInterval(share, worthOf(soFar, soFar.responses + soFar.expected))
  return { lower: 100 * lower, upper: 100 * upper }
}

const asScore = (share: number, soFar: SoFar): Score => ({
  score: 100 * share,
  ...boundsOf(share, soFar),
  responses: soFar.responses + soFar.expected,
})

/** The least end whose lower bound reaches the target, by halving; then what the rest owes to it. */
function neededOf(soFar: SoFar): number | null {
  const { score, responses, expected, target } = soFar
  const reaches = (share: number) => boundsOf(share, soFar).lower >= target
  if (expected === 0 || !reaches(1)) return null
  let [low, high] = [0, 1]
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2
    if (reaches(middle)) high = middle
    else low = middle
  }
  return (100 * high * (responses + expected) - responses * score) / expected
}

/** Points the unit interval is cut into; finer changes no printed figure. */
const cuts = 2000

/** The inverse of the share's distribution over a grid: a uniform number in, a share out. */
function makeShareDraw({ score, effectiveSize }: SoFar): (uniform: number) => number {
  const good = (score / 100) * effectiveSize
  const [a, b] = [good + 0.5, effectiveSize - good + 0.5]
  const shares = Array.from({ length: cuts }, (_, index) => (index + 0.5) / cuts)
  const logs = shares.map((share) => (a - 1) * Math.log(share) + (b - 1) * Math.log1p(-share))
  const highest = Math.max(...logs)
  let sum = 0
  const sums = logs.map((log) => {
    sum += Math.exp(log - highest)
    return sum
  })
  return (uniform) => shares[findFirst(sums, uniform * sum)] as number
}

function findFirst(sums: number[], wanted: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] as number) >= wanted) high = middle
    else low = middle + 1
  }
  return low
}

/** Above so many expected events the normal curve is as good. */
const mostCounted = 40

/** Events in so many trials; rare events are counted along the binomial itself. */
function drawBinomial(trials: number, probability: number, random: () => number): number {
  const mean = trials * probability
  if (mean > mostCounted) {
    const spread = Math.sqrt(mean * (1 - probability)) * drawNormal(random)
    return Math.min(trials, Math.max(0, Math.round(mean + spread)))
  }
  let [count, chance] = [0, Math.exp(trials * Math.log1p(-probability))]
  let left = random() - chance
  while (left > 0 && count < trials) {
    chance *= ((trials - count) / (count + 1)) * (probability / (1 - probability))
    count += 1
    left -= chance
  }
  return count
}

/** Box & Muller (1958). */
const drawNormal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Uniform numbers in [0, 1) from one seed: Marsaglia's xorshift (2003), 32 bits. */
function makeRandom(start: number): () => number {
  let state = start | 0
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

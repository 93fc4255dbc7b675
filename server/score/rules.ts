import type { Missing, Score, Sums, Verdict } from './contract.ts'

/** z of a two-sided 95 % interval. */
const z = 1.959963984540054

export const noSums: Sums = [0, 0, 0, 0, 0, 0, 0]

export function addSums(a: Sums, b: Sums): Sums {
  return a.map((value, index) => value + (b[index] as number)) as unknown as Sums
}

/**
 * The index R = Σy / Σm and its 95 % interval, in percent.
 * Variance by linearisation with the respondent as cluster (Cochran 1977, ratio estimator); the effective size is
 * steadied by the dissatisfaction in respondents' worth; the interval is Wilson's (1927) on R with that size.
 * Simulated coverage ≥ 94.1 % (design, The number). All members null but `responses` where nothing was answered.
 */
export function scoreOf(sums: Sums): Score {
  const [n, , y, m] = sums
  if (n === 0 || m === 0) return { score: null, lower: null, upper: null, responses: n }
  // Sums of thirds and fifths miss the ends by a rounding error; a share is never outside [0, 1].
  const index = snapToEnds(y / m)
  const [lower, upper] = wilsonInterval(index, effectiveSize(sums))
  return { score: index * 100, lower: lower * 100, upper: upper * 100, responses: n }
}

/** So few answers are somebody's: no screen shows a score of fewer. */
export const fewestShown = 5

/** A score as staff and the public see it; how many answered stays. Programs with the key read scoreOf. */
export const shown = (score: Score): Score =>
  score.responses >= fewestShown ? score : { score: null, lower: null, upper: null, responses: score.responses }

export const shownScoreOf = (sums: Sums): Score => shown(scoreOf(sums))

/**
 * n_eff = (k + 3) / (k / n̂ + 3 / n) with k = n(1 − R), n̂ = R(1 − R) / V · (1.96 / t_{n−1})² and
 * V = n / (n − 1) · (Σy² − 2R·Σym + R²·Σm²) / (Σm)²; n̂ = n where R is 0 or 1, V is 0 or n is 1.
 */
export function effectiveSize([n, , y, m, yy, ym, mm]: Sums): number {
  const index = snapToEnds(y / m)
  const k = n * (1 - index)
  return (k + 3) / (k / clusteredSize(n, index, yy - 2 * index * ym + index * index * mm, m) + 3 / n)
}

function clusteredSize(n: number, index: number, squares: number, m: number): number {
  if (n <= 1 || index === 0 || index === 1) return n
  const variance = (n / (n - 1)) * (squares / (m * m))
  // Below this the sum of squares is rounding error: every respondent answered alike.
  if (squares < 1e-12 * m) return n
  return ((index * (1 - index)) / variance) * (z / studentQuantile(n - 1)) ** 2
}

export const snapToEnds = (share: number): number => (share < 1e-12 ? 0 : share > 1 - 1e-12 ? 1 : share)

/** Wilson's score interval for a share with a (possibly fractional) sample size. */
export function wilsonInterval(share: number, size: number): [lower: number, upper: number] {
  const middle = (share + (z * z) / (2 * size)) / (1 + (z * z) / size)
  const half = (z / (1 + (z * z) / size)) * Math.sqrt((share * (1 - share)) / size + (z * z) / (4 * size * size))
  return [share === 0 ? 0 : Math.max(0, middle - half), share === 1 ? 1 : Math.min(1, middle + half)]
}

/**
 * The 97.5 % quantile of Student's t: closed forms for 1 and 2 degrees of freedom, above them G. W. Hill's
 * expansion (Communications of the ACM 13 (1970), algorithm 396), within 0.000003 of the tables.
 */
export function studentQuantile(degrees: number): number {
  if (degrees === 1) return Math.tan(Math.PI * (0.975 - 0.5))
  const p = 0.05
  if (degrees === 2) return Math.sqrt(2 / (p * (2 - p)) - 2)
  const a = 1 / (degrees - 0.5)
  const b = (48 / a) * (1 / a)
  let c = ((20700 * a) / b - 98) * a - 16
  c = c * a + 96.36
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * degrees
  const x = d * p
  let y = x ** (2 / degrees)
  if (y > 0.05 + a) {
    const u = -z
    y = u * u
    if (degrees < 5) c += 0.3 * (degrees - 4.5) * (u + 0.6)
    c = (((0.05 * d * u - 5) * u - 7) * u - 2) * u + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * u
    y = Math.expm1(a * y * y)
  } else {
    y =
      ((1 / (((degrees + 6) / (degrees * y) - 0.089 * d - 0.822) * (degrees + 2) * 3) + 0.5 / (degrees + 4)) * y - 1) *
        ((degrees + 1) / (degrees + 2)) +
      1 / y
  }
  return Math.sqrt(degrees * y)
}

/** Met when even the lower end reaches the target, not met when even the upper end misses it. Percents. */
export function verdictOf(score: Score, target: number): Verdict {
  if (score.lower === null || score.upper === null) return 'not_yet_provable'
  if (score.lower >= target) return 'met'
  return score.upper < target ? 'not_met' : 'not_yet_provable'
}

/** About how many more responses like these would give a verdict: k = ⌈n·(z²T(1 − T) / ((R − T)²·n_eff) − 1)⌉. */
export function missingToVerdict(sums: Sums, targetPercent: number): Missing {
  return missingAt(scoreOf(sums), effectiveSize(sums), targetPercent)
}

/** The same for a score whose effective size is known: a stratified one. */
export function missingAt(score: Score, size: number, targetPercent: number): Missing {
  const n = score.responses
  if (score.score === null || verdictOf(score, targetPercent) !== 'not_yet_provable') return null
  const target = targetPercent / 100
  const distance = score.score / 100 - target
  const needed = Math.ceil(n * ((z * z * target * (1 - target)) / (distance * distance * size) - 1))
  return { needed: Math.max(1, needed), outOfReach: !(needed <= 5 * n) }
}

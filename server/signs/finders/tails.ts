/*
 * Exact tails of the distributions that the signs compare with. Sums are taken in logarithms, so that a chance of one in
 * a thousand million is as right as one in two.
 */

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

/** ln Γ(x), x > 0: Lanczos (1964) with g = 7, relative error below 10⁻¹³. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const t = x + 6.5
  const series = lanczos.reduce((sum, part, index) => sum + part / (x + index), 0.99999999999980993)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series)
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** P(X ≥ k), X Poisson with this mean. */
export function poissonTail(mean: number, k: number): number {
  if (k <= 0) return 1
  if (mean <= 0) return 0
  let term = Math.exp(k * Math.log(mean) - mean - logGamma(k + 1))
  let sum = 0
  for (let at = k; at < k + 10_000; at += 1) {
    sum += term
    term *= mean / (at + 1)
    if (at > mean && term < sum * 1e-15) break
  }
  return Math.min(1, sum)
}

/** The smallest count that a Poisson of this mean reaches or exceeds with at most this chance. */
export function poissonLimit(mean: number, chance: number): number {
  let limit = Math.max(1, Math.floor(mean))
  while (poissonTail(mean, limit) > chance) limit += 1
  return limit
}

/** P(X ≥ k) of n with a share drawn from Beta(a, b): what a past of a hits and b misses foretells. */
export function betaBinomialTail(n: number, k: number, a: number, b: number): number {
  if (k <= 0) return 1
  // From the middle outwards by ratios of neighbours: one logarithm for the whole sum.
  const middle = Math.max(k, Math.min(n, Math.floor((n * a) / (a + b))))
  const first = Math.exp(logChoose(n, middle) + logBeta(middle + a, n - middle + b) - logBeta(a, b))
  const upwards = (at: number) => ((n - at) * (at + a)) / ((at + 1) * (n - at - 1 + b))
  let sum = first
  for (let at = middle, term = first; at < n; at += 1) {
    term *= upwards(at)
    sum += term
    // With less than one miss foretold the chances rise again at the end.
    if (b >= 1 && term < sum * 1e-15) break
  }
  for (let at = middle, term = first; at > k; at -= 1) {
    term /= upwards(at - 1)
    sum += term
  }
  return Math.min(1, sum)
}

/** P(X ≥ k), X Poisson with a mean that itself is Gamma of this shape around `mean`: a negative binomial. */
export function gammaPoissonTail(mean: number, shape: number, k: number): number {
  if (k <= 0) return 1
  if (mean <= 0) return 0
  const part = mean / (mean + shape)
  let term = Math.exp(
    logGamma(k + shape) - logGamma(shape) - logGamma(k + 1) + k * Math.log(part) + shape * Math.log1p(-part),
  )
  let sum = 0
  for (let at = k; at < k + 10_000; at += 1) {
    sum += term
    term *= (part * (at + shape)) / (at + 1)
    if (at > mean && term < sum * 1e-15) break
  }
  return Math.min(1, sum)
}

/** Fisher's exact test, one side: P(at least k of the n are hits) where `hits` of all `total` are (hypergeometric). */
export function fisherTail(total: number, hits: number, n: number, k: number): number {
  let sum = 0
  for (let at = Math.max(k, n - (total - hits)); at <= Math.min(n, hits); at += 1)
    sum += Math.exp(logChoose(hits, at) + logChoose(total - hits, n - at) - logChoose(total, n))
  return Math.min(1, sum)
}

/**
 * P(the largest of m gaps ≤ share of the whole), for points thrown at random on a line: Fisher (1929),
 * Σ (−1)^j C(m, j) (1 − j·share)₊^(m−1). Exact in doubles for m ≤ 25 and chances above 10⁻⁸.
 */
export function largestGapTail(m: number, share: number): number {
  let sum = 0
  for (let j = 0; j <= m && j * share < 1; j += 1)
    sum += (j % 2 ? -1 : 1) * Math.exp(logChoose(m, j)) * (1 - j * share) ** (m - 1)
  return Math.min(1, Math.max(0, sum))
}

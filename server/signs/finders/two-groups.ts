type Timed = { seconds: number }

/** Answers of one kind, by time, and the place's times of that kind before. */
export type Group<T extends Timed> = { meant: readonly T[]; before: readonly number[] }

/** What a scan found in it: so many beginning at an index, of whom the past expects some. */
export type Band = { start: number; count: number; expected: number }

/** An answer is proposed where it is likelier of the pattern than of the place's usual people. */
const mostLocalFdr = 0.5

/** One hand's times differ by about a fifth; known as from so many answers, so that five alike do not hide a sixth. */
const usualSpread = 0.2
const spreadKnownFrom = 10

/** Times all alike still differ by the second they are rounded to. */
const leastSpread = 0.1

const rounds = 3

/**
 * Of answers of a kind, `people` of whom are expected anyway, those that are likelier of the pattern than of the past: two groups (Efron, Tibshirani, Storey
 * and Tusher 2001), the usual one lognormal (van der Linden 2006) as the past has it, the other normal in the logarithm of its times, fitted to what the
 * scan found and to the shares that follow from it (Dempster, Laird and Rubin 1977, three rounds). So the pattern holds
 * about as many as are beyond the expected, and neither a band's edge nor honest neighbours decide who is in it.
 */
export function likelierOfPattern<T extends Timed>({ meant, before }: Group<T>, band: Band, people: number): T[] {
  const past = middleOf(before)
  const logs = meant.map(({ seconds }) => logOf(seconds))
  let shares = meant.map((_, at) =>
    at >= band.start && at < band.start + band.count ? 1 - band.expected / band.count : 0,
  )
  for (let round = 0; round < rounds; round += 1) {
    const { size, mean, spread } = describe(logs, shares)
    shares = logs.map((log) => {
      const own = size * density(log, { mean, spread })
      return own / (own + people * density(log, past))
    })
  }
  return meant.filter((_, at) => 1 - (shares[at] as number) <= mostLocalFdr)
}

type Normal = { mean: number; spread: number }

/** Without its factor 1/√(2π), which is common to both groups. */
const density = (log: number, { mean, spread }: Normal): number =>
  Math.exp(-((log - mean) ** 2) / (2 * spread ** 2)) / spread

/** Half of a normal's values lie within so many spreads of its middle. */
const quartile = 0.6745

/** The logarithms of sorted times by their quartiles, which do not move when patterns took the fastest out of the past. */
function middleOf(sorted: readonly number[]): Normal {
  const at = (share: number) => logOf(sorted[Math.floor(share * (sorted.length - 1))] as number)
  return { mean: at(0.5), spread: Math.max(leastSpread, (at(0.75) - at(0.25)) / (2 * quartile)) }
}

const logOf = (seconds: number): number => Math.log(Math.max(1, seconds))

/** Size, mean and spread of what belongs to the pattern, each answer by its share. */
function describe(logs: readonly number[], shares: readonly number[]) {
  const sum = (value: (log: number) => number) =>
    logs.reduce((total, log, at) => total + value(log) * (shares[at] as number), 0)
  const size = sum(() => 1)
  const mean = sum((log) => log) / size
  const apart = sum((log) => (log - mean) ** 2) + spreadKnownFrom * usualSpread ** 2
  const spread = Math.sqrt(apart / (size + spreadKnownFrom))
  return { size, mean, spread }
}

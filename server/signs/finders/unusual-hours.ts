import type { Finding, Watch } from '../contract.ts'
import { pickCandidate } from './limits.ts'
import { byArrival, countBelow, judgeShare, leastPast } from './past.ts'

/**
 * Hours that together hold no more than this share of the past, or no more than one sitting that nobody saw, are hours at
 * which hardly anybody comes.
 */
const seldom = 0.01

/** The last people of a day answer one after the other: a queue of six is nothing unusual. */
const leastLate = 8

const halfHour = 30
const endOfDay = 24 * 60
const starts = Array.from({ length: endOfDay / halfHour }, (_, at) => at * halfHour)

type Stretch = readonly [from: number, to: number]

/** Half an hour, an hour, two hours, and everything before or after a half-hour of the day. */
const stretches: readonly Stretch[] = starts.flatMap((start): Stretch[] => [
  [start, start + halfHour],
  [start, start + 2 * halfHour],
  [start, start + 4 * halfHour],
  [0, start],
  [start, endOfDay],
])

/**
 * Answers at hours at which this place hardly ever had any: after closing, before opening, at the midday rest, whether
 * hours were declared or not. Null: a stretch of the day has the share of the past (Beta-binomial), corrected for the
 * stretches that hold next to nothing.
 */
export function findUnusualHours({ from, to, judged, past }: Watch): Finding | null {
  const first = judged[0]
  if (past.count < leastPast || !first) return null
  const hitsIn = ([start, end]: Stretch) => countBelow(past.minutes, end) - countBelow(past.minutes, start)
  const quiet = stretches
    .map((stretch) => ({ stretch, hits: hitsIn(stretch) }))
    .filter(({ hits }) => hits <= Math.max(leastLate, seldom * past.count))
  const sorted = [...judged].sort((a, b) => a.minute - b.minute || byArrival(a, b))
  const minutes = sorted.map(({ minute }) => minute)
  const found = quiet.map(({ stretch: [start, end], hits }) => {
    const at = countBelow(minutes, start)
    const count = countBelow(minutes, end) - at
    const judgedShare =
      count < leastLate ? { chance: 1, expected: 0 } : judgeShare(count, judged.length, hits, past.count)
    return { ...judgedShare, chance: Math.min(1, judgedShare.chance * quiet.length), at, count }
  })
  const best = pickCandidate(found)
  if (!best) return null
  const members = sorted.slice(best.at, best.at + best.count).map(({ id }) => id)
  const { chance, expected, count } = best
  return { sign: 'unusual_hours', from, to, provenance: first.provenance, chance, observed: count, expected, members }
}

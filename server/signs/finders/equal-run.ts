import type { Finding, Watch } from '../contract.ts'
import { betaOf, byArrival, leastPast } from './past.ts'

/**
 * Equal answers one after the other, more than the place's own habit makes likely. Null: each response has these levels
 * with the place's own share q, taken three standard errors high. P(a run of r or more among n) ≤ (1 + (n − r)(1 − q))·q^r
 * (Feller 1968, chapter XIII, by the sum over where a run begins).
 */
export function findEqualRun({ from, to, judged, past }: Watch): Finding | null {
  if (past.count < leastPast) return null
  const sorted = [...judged].sort(byArrival)
  const runs = longestRuns(sorted.map(({ levels }) => levels))
  const judgedRuns = runs.map(({ levels, start, length }) => {
    const { a, b } = betaOf(past.byLevels.get(levels) ?? 0, past.count)
    const mean = a / (a + b)
    const share = Math.min(0.98, mean + 3 * Math.sqrt((mean * (1 - mean)) / (a + b + 1)))
    const chance = Math.min(1, (1 + (sorted.length - length) * (1 - share)) * share ** length * runs.length)
    return { chance, start, length, expected: Math.log(Math.max(1, sorted.length * (1 - share))) / -Math.log(share) }
  })
  const best = judgedRuns.sort((one, other) => one.chance - other.chance)[0]
  const first = sorted[0]
  if (!best || !first) return null
  const members = sorted.slice(best.start, best.start + best.length).map(({ id }) => id)
  const about = { from, to, provenance: first.provenance, members }
  return { sign: 'equal_run', chance: best.chance, observed: best.length, expected: best.expected, ...about }
}

type Run = { levels: string; start: number; length: number }

/** The longest run of each sequence of levels that comes twice in a row. */
function longestRuns(all: readonly string[]): Run[] {
  const longest = new Map<string, Run>()
  for (let start = 0; start < all.length; ) {
    const levels = all[start] as string
    let length = 1
    while (all[start + length] === levels) length += 1
    if (length > Math.max(1, longest.get(levels)?.length ?? 0) && levels !== '')
      longest.set(levels, { levels, start, length })
    start += length
  }
  return [...longest.values()]
}

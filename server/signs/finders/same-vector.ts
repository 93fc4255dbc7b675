import { groupBy } from '../../tallies/group-rules.ts'
import type { Finding, Watch } from '../contract.ts'
import { isLevel, judgeShare, leastPast } from './past.ts'

/** Shorter forms are equal by chance. */
const leastLevels = 6

/**
 * The same uneven sequence of levels too often. All on one level is what honest people do and never a sign here. Null: the
 * share of that sequence in the place's past (Beta-binomial), corrected for the different sequences met.
 */
export function findSameVector({ from, to, judged, past }: Watch): Finding | null {
  const first = judged[0]
  if (past.count < leastPast || !first) return null
  const groups = [...groupBy(judged, ({ levels }) => levels)].filter(
    ([levels, seen]) => seen.length > 1 && levels.length >= leastLevels && !isLevel(levels),
  )
  const distinct = new Set(judged.map(({ levels }) => levels)).size
  const found = groups.map(([levels, seen]) => {
    return { seen, ...judgeShare(seen.length, judged.length, past.byLevels.get(levels) ?? 0, past.count) }
  })
  const best = found.sort((a, b) => a.chance - b.chance)[0]
  if (!best) return null
  const about = { from, to, provenance: first.provenance, members: best.seen.map(({ id }) => id) }
  const chance = Math.min(1, best.chance * distinct)
  return { sign: 'same_vector', chance, observed: best.seen.length, expected: best.expected, ...about }
}

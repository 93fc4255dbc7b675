import { groupBy } from '../../tallies/group-rules.ts'
import type { Finding, Watch } from '../contract.ts'
import { fullestWindow, widths } from './busiest.ts'
import { pickCandidate } from './limits.ts'
import { byArrival, leastPast } from './past.ts'
import { poissonTail } from './tails.ts'

/** A queue of one family is no burst, however quiet the place. */
const leastBurst = 8

/**
 * More arrivals within some minutes than the busiest minutes of a usual week. The scan statistic (Naus 1965): the fullest
 * window of a day, Poisson with the mean of each past week's fullest one, corrected for widths and days.
 */
export function findBurst({ from, to, judged, past }: Watch): Finding | null {
  if (past.count < leastPast) return null
  const days = groupBy(judged, ({ day }) => day)
  const found = widths.flatMap((width) => {
    const expected = past.busiest.get(width)
    if (typeof expected !== 'number') return []
    return [...days.values()].map((seen) => {
      const sorted = [...seen].sort(byArrival)
      const { start, count } = fullestWindow(
        sorted.map(({ minute }) => minute),
        width,
      )
      const chance = count < leastBurst ? 1 : poissonTail(expected, count) * widths.length * days.size
      return { chance, count, expected, members: sorted.slice(start, start + count) }
    })
  })
  const best = pickCandidate(found)
  const first = best?.members[0]
  if (!best || !first) return null
  const about = { from, to, provenance: first.provenance, members: best.members.map(({ id }) => id) }
  return { sign: 'burst', chance: Math.min(1, best.chance), observed: best.count, expected: best.expected, ...about }
}

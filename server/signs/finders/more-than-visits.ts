import { groupBy } from '../../tallies/group-rules.ts'
import type { Finding, Watch } from '../contract.ts'
import { poissonTail } from './tails.ts'

/**
 * More answers on a day than visits were counted, or answers where nobody came. Null: every visitor answers, once; the
 * Poisson around the count leaves room for a slip of the counting and for who answers a day late.
 */
export function findMoreThanVisits({ from, to, judged, visits }: Watch): Finding | null {
  const days = [...groupBy(judged, ({ day }) => day)].filter(([day]) => visits.has(day))
  const found = days.map(([day, seen]) => {
    const expected = visits.get(day) as number
    return { seen, expected, chance: poissonTail(Math.max(1, expected), seen.length) * days.length }
  })
  const best = found.sort((a, b) => a.chance - b.chance)[0]
  const first = best?.seen[0]
  if (!best || !first) return null
  const about = { from, to, provenance: first.provenance, members: best.seen.map(({ id }) => id) }
  const chance = Math.min(1, best.chance)
  return { sign: 'more_than_visits', chance, observed: best.seen.length, expected: best.expected, ...about }
}

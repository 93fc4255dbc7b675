import { groupBy } from '../../tallies/group-rules.ts'
import type { Finding, Watch } from '../contract.ts'
import { byArrival } from './past.ts'
import { largestGapTail } from './tails.ts'

/** So many gaps in a row are looked at together. */
const gapsLookedAt = 20

/** A programme's answers come like a clock. Only answers at least a minute apart on average have gaps that say something. */
const leastMeanGap = 1

/**
 * Arrivals too evenly spread. Null: within a stretch people come at random; people who come in groups are less even still.
 * The largest of m gaps as a share of the stretch (Fisher 1929), its ends widened by the minute that times are rounded to.
 */
export function findRegularArrivals({ from, to, judged }: Watch): Finding | null {
  const stretches = [...groupBy(judged, ({ day }) => day).values()].flatMap((seen) => {
    const sorted = [...seen].sort(byArrival)
    const starts = Math.max(0, sorted.length - gapsLookedAt)
    return Array.from({ length: starts }, (_, start) => sorted.slice(start, start + gapsLookedAt + 1))
  })
  const found = stretches.flatMap((stretch) => {
    const gaps = stretch.slice(1).map(({ minute }, at) => minute - (stretch[at] as (typeof stretch)[number]).minute)
    const whole = gaps.reduce((sum, gap) => sum + gap, 0)
    if (whole / gapsLookedAt < leastMeanGap) return []
    const share = (Math.max(...gaps) + 1) / (whole + 1)
    return [{ chance: largestGapTail(gapsLookedAt, share) * stretches.length, stretch, share }]
  })
  const best = found.sort((a, b) => a.chance - b.chance)[0]
  const first = best?.stretch[0]
  if (!best || !first) return null
  const even = found.filter(({ chance }) => chance < 1e-4).flatMap(({ stretch }) => stretch.map(({ id }) => id))
  const members = [...new Set(even.length > 0 ? even : best.stretch.map(({ id }) => id))]
  const about = { from, to, provenance: first.provenance, members }
  const usual = Math.log(gapsLookedAt) / gapsLookedAt
  const shares = { observed: best.share * 100, expected: usual * 100 }
  return { sign: 'regular_arrivals', chance: Math.min(1, best.chance), ...shares, ...about }
}

import { groupBy } from '../../tallies/group-rules.ts'
import type { Finding, Seen, Watch } from '../contract.ts'
import { fisherTail } from './tails.ts'

/** Fewer on either side are not compared. */
const leastPerSide = 20

const isPleased = ({ levels }: Seen): boolean => !/[123]/.test(levels)
const noon = 720

/**
 * A half-day (a clerk's shift) or a whole span whose answers without proof are more, or less, content than those with
 * proof around it. Null: both are the same people; respondents with no level below 4, Fisher's exact test, two sides.
 */
export function findUnlikeProven({ from, to, judged, proven }: Watch): Finding | null {
  const first = judged[0]
  if (first?.provenance !== 'open' || proven.length < leastPerSide) return null
  const shifts = [...groupBy(judged, ({ day, minute }) => `${day} ${minute < noon ? 'sáng' : 'chiều'}`).values()]
  const spans = [judged, ...(shifts.length > 1 ? shifts : [])].filter((seen) => seen.length >= leastPerSide)
  const content = proven.filter(isPleased).length
  const found = spans.map((seen) => {
    const pleased = seen.filter(isPleased).length
    const [all, hits] = [seen.length + proven.length, pleased + content]
    const tails = [
      fisherTail(all, hits, seen.length, pleased),
      fisherTail(all, all - hits, seen.length, seen.length - pleased),
    ]
    return { seen, pleased, chance: Math.min(...tails) * 2 * spans.length }
  })
  const best = found.sort((a, b) => a.chance - b.chance)[0]
  if (!best) return null
  const about = { from, to, provenance: first.provenance, members: best.seen.map(({ id }) => id) }
  const expected = (content / proven.length) * best.seen.length
  return { sign: 'unlike_proven', chance: Math.min(1, best.chance), observed: best.pleased, expected, ...about }
}

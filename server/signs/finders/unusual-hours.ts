import type { Finding, Watch } from '../contract.ts'
import { judgeShare, leastPast } from './past.ts'

/** The usual hours hold all but this share of the past, half of it at either end. */
const outside = 0.01

/** Minutes on either side of them that are still usual: an office that closes late once. */
const grace = 30

/**
 * Answers at hours at which this place hardly ever had any. Null: the share outside the usual hours is that of the past
 * (Beta-binomial). Finds who fills in after closing also where no opening hours were declared.
 */
export function findUnusualHours({ from, to, judged, past }: Watch): Finding | null {
  const first = judged[0]
  if (past.count < leastPast || !first) return null
  const { minutes } = past
  const cut = Math.floor((minutes.length * outside) / 2)
  const [earliest, latest] = [minutes[cut] as number, minutes[minutes.length - 1 - cut] as number]
  const isUnusual = (minute: number) => minute < earliest - grace || minute > latest + grace
  const late = judged.filter(({ minute }) => isUnusual(minute))
  const before = minutes.filter(isUnusual).length
  const { chance, expected } = judgeShare(late.length, judged.length, before, past.count)
  const about = { from, to, provenance: first.provenance, members: late.map(({ id }) => id) }
  return { sign: 'unusual_hours', chance, observed: late.length, expected, ...about }
}

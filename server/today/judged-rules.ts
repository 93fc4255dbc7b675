import {
  carryingSums,
  type Demand,
  describeSources,
  isSpread,
  judge,
  leastSpread,
  spreadOf,
} from '../indicators/belief/rules.ts'
import type { Score, Sums } from '../score/contract.ts'
import { addSums, noSums, scoreOf, verdictOf } from '../score/rules.ts'
import type { SourceDay } from './contract.ts'
import type { Judgment } from './sentence-contract.ts'

export const notJudged: Judgment = { verdict: 'not_yet_provable', reason: 'interval', days: 0 }

/**
 * What a score on a board proves, by the rule of every verdict: closed days only, so that it does not move within a day.
 * A verdict that the shown interval, which may hold some of the running day, does not bear out is none.
 */
export function judgeShown(shown: Score, target: number, rows: SourceDay[], demand: Demand): Judgment {
  const bySource = addUp(rows, ({ source }) => source)
  const carrying = rows.filter(({ source }) => source !== 'unminted')
  const spread = spreadOf([...addUp(carrying, ({ day }) => day).values()])
  const enough = isSpread(spread, demand)
  const belief = { ...describeSources(bySource), carrying: scoreOf(carryingSums(bySource)) }
  const { verdict, reason } = judge(belief, shown, target, enough)
  const { days } = spread
  const side = verdictOf(shown, target)
  if (verdict === side && side !== 'not_yet_provable') return { verdict, reason, days }
  const undecided = { verdict: 'not_yet_provable', days } as const
  if (side === 'not_yet_provable' || verdict !== 'not_yet_provable') return { ...undecided, reason: 'interval' }
  // Only with the running day does the interval lie on one side.
  if (reason === 'interval' && !enough) return { ...undecided, reason: 'few_days' }
  return { ...undecided, reason }
}

function addUp<Key>(rows: SourceDay[], keyOf: (row: SourceDay) => Key): Map<Key, Sums> {
  const sums = new Map<Key, Sums>()
  for (const row of rows) sums.set(keyOf(row), addSums(sums.get(keyOf(row)) ?? noSums, row.sums))
  return sums
}

/** What the strictest of several demands; at least what every verdict is asked for. */
export const strictest = (demands: (Demand | null)[]): Demand =>
  demands.reduce<Demand>(
    (all, one) => ({
      days: Math.max(all.days, one?.days ?? 0),
      largestShare: Math.min(all.largestShare, one?.largestShare ?? 1),
    }),
    leastSpread,
  )

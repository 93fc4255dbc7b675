import type { Score } from '../score/contract.ts'
import { compareScores, leastPerStratum } from '../score/estimators.ts'
import type { Gap, Voice } from './commune-contract.ts'

/** Fewer answers stand in no comparison: the score would be somebody's. */
export const leastToCompare = 5

/** So many working days without an answer are silence. */
export const silentWorkdays = 7

/**
 * Scores from the highest down, cut into groups only where the answers prove every place above the cut to differ from every
 * place below it (the interval of the difference excludes 0: compareScores). Whoever cannot be told apart stays together, also
 * through a third one: groups do not overlap, so fewer differences are claimed than pairs would show, never more.
 */
export function groupByProof<T extends { score: Score }>(places: T[]): T[][] {
  const sorted = places
    .filter(({ score }) => score.score !== null)
    .toSorted((a, b) => (b.score.score as number) - (a.score.score as number))
  const groups: T[][] = []
  let start = 0
  for (let cut = 1; cut <= sorted.length; cut += 1) {
    const [above, below] = [sorted.slice(start, cut), sorted.slice(cut)]
    if (cut < sorted.length && !isProven(above, below)) continue
    groups.push(above)
    start = cut
  }
  return groups
}

const isProven = (above: { score: Score }[], below: { score: Score }[]): boolean =>
  above.every((high) => below.every((low) => compareScores(high.score, low.score)?.change === 'rise'))

/** Working days after the last answer up to and with `through`. */
export function workdaysSince(last: string, through: string, isOfficeDay: (day: string) => boolean): number {
  let count = 0
  for (let ms = Date.parse(last) + dayMs; ms <= Date.parse(through); ms += dayMs) {
    if (isOfficeDay(new Date(ms).toISOString().slice(0, 10))) count += 1
  }
  return count
}

const dayMs = 86_400_000

/** The first that holds of what may be wrong with how a part is heard; `average` = the response rate of the whole. */
export function gapOf({ responses, visits, rate }: Omit<Voice, 'gap'>, average: number | null): Gap | null {
  if (responses === 0) return visits === null ? 'uncounted' : visits > 0 ? 'unheard' : null
  if (rate !== null && rate > 1) return 'more_than_came'
  if (rate !== null && average !== null && rate < average / 2) return 'quiet'
  return responses < leastPerStratum ? 'few' : null
}

/** The response rate over parts whose visits are known; null without any. */
export function averageRate(voices: Pick<Voice, 'visits' | 'rate'>[]): number | null {
  const known = voices.flatMap(({ visits, rate }) => (visits && rate !== null ? [{ visits, rate }] : []))
  const visits = known.reduce((sum, one) => sum + one.visits, 0)
  return visits === 0 ? null : known.reduce((sum, one) => sum + one.rate * one.visits, 0) / visits
}

import type { Harm } from '../indicators/contract.ts'
import type { AskedCounts } from '../indicators/harm-rules.ts'
import { rankCriteria } from '../indicators/harm-rules.ts'
import type { Difference, Score, Sums } from '../score/contract.ts'
import { compareScores } from '../score/estimators.ts'
import { addSums, fewestShown, noSums, scoreOf } from '../score/rules.ts'
import { type DayOfPlace, shownOfDays } from '../tallies/small-days-rules.ts'

/** So far back an answer still makes a morning; so long is the time it is compared with. */
export const searchedDays = 7
export const comparedDays = 28

/** The last day with a counted response, and its sums over the places of the agency that it shows; null without one. */
export function lastDayOf(rows: DayOfPlace[]): { day: string; sums: Sums } | null {
  const counted = rows.filter(({ sums }) => sums !== null && sums[0] > 0)
  const day = counted
    .map((row) => row.day)
    .sort()
    .at(-1)
  if (day === undefined) return null
  const own = shownOfDays(counted.filter((row) => row.day === day)).map(({ sums }) => sums as Sums)
  return { day, sums: own.reduce(addSums, noSums) }
}

/** Null for fewer than five: one answer would be somebody's. */
export function shownScore(sums: Sums): Score | null {
  return sums[0] >= fewestShown ? scoreOf(sums) : null
}

/** Both sides of a comparison rest on at least five. */
export function compareDays(score: Score | null, before: Sums): { score: Score; difference: Difference } | null {
  const earlier = shownScore(before)
  const difference = score && earlier && compareScores(score, earlier)
  return difference ? { score: earlier as Score, difference } : null
}

/** What leaves most citizens dissatisfied among the criteria that at least five answered; on a day of fewer than five, nothing. */
export function worstOf(asked: AskedCounts[], score: Score | null): Harm | null {
  if (score === null) return null
  return rankCriteria(asked).find(({ answered }) => answered >= fewestShown) ?? null
}

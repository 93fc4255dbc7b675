import { groupBy } from '../../tallies/group-rules.ts'
import type { Past, Seen } from '../contract.ts'
import { busiestOfWeek, busyDays, widths } from './busiest.ts'
import { describeRhythm } from './rhythm.ts'
import { betaBinomialTail } from './tails.ts'

/** A place with fewer earlier responses has no past to be compared with: nothing is said about it. */
export const leastPast = 60

/**
 * A share known from the past counts as known from at most so many responses: a place's honest weeks differ by more than
 * chance (a bad week, a market day), by about 3.5 points at a share of one half.
 */
export const mostPast = 200

/** Or, where that would be more, as known from so many hits: a share that is seldom differs by a quarter of itself. */
export const mostHits = 16

/** What the past foretells of a share, as the two parameters of a Beta. Half a hit and half a miss stand for no past. */
export function betaOf(hits: number, all: number): { a: number; b: number } {
  const shrink = Math.min(1, Math.max(mostPast / all, mostHits / hits))
  return { a: hits * shrink + 0.5, b: (all - hits) * shrink + 0.5 }
}

/** How likely the past foretells k or more hits among n, and how many it expects. */
export function judgeShare(k: number, n: number, hits: number, all: number): { chance: number; expected: number } {
  const { a, b } = betaOf(hits, all)
  return { chance: betaBinomialTail(n, k, a, b), expected: (n * a) / (a + b) }
}

/** Seen.levels, from what is stored: one character per criterion, `.` not asked, `-` left out, 0-5. */
export const givenLevels = (answers: string): string => answers.replace(/[^0-5]/g, '')

/** All on one level: 30-60 % of honest people answer so, and it is no sign by itself. */
export const isLevel = (levels: string): boolean => levels !== '' && levels === levels.charAt(0).repeat(levels.length)

/** With fewer answers one exception says nothing. */
const leastOfOneLevel = 4

/** The level that all answers are on, or all but one; `null` where they are uneven. */
export function mainLevel(levels: string): string | null {
  const allowed = levels.length >= leastOfOneLevel ? 1 : 0
  // Read for every response of a quarter: no array is made of its levels.
  for (let candidate = 0; candidate <= allowed && candidate < levels.length; candidate += 1) {
    let others = 0
    for (let at = 0; at < levels.length; at += 1) if (levels[at] !== levels[candidate]) others += 1
    if (others <= allowed) return levels[candidate] as string
  }
  return null
}

export const byArrival = (a: Seen, b: Seen): number =>
  a.day === b.day ? a.minute - b.minute || (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1

/** The newest comments only: they are compared pair by pair. */
const mostComments = 300

export function describePast(history: readonly Seen[]): Past {
  const timed = history.filter((seen): seen is Seen & { seconds: number } => seen.seconds !== null)
  // Without a comparison of our own: half a million numbers in 20 ms instead of 200.
  const sorted = (numbers: number[]) => Array.from(Float64Array.from(numbers).sort())
  const days = busyDays(history)
  return {
    count: history.length,
    rhythm: describeRhythm(days),
    busiest: new Map(widths.map((width) => [width, busiestOfWeek(days, width)])),
    byMainLevel: countBy(history, ({ levels }) => mainLevel(levels)),
    byLevels: countBy(history, ({ levels }) => levels),
    seconds: sorted(timed.map(({ seconds }) => seconds)),
    secondsByLevel: new Map(
      [...groupBy(timed, ({ levels }) => mainLevel(levels))].map(([level, seen]) => [
        level,
        sorted(seen.map(({ seconds }) => seconds)),
      ]),
    ),
    minutes: sorted(history.map(({ minute }) => minute)),
    comments: history.flatMap(({ comment }) => comment ?? []).slice(-mostComments),
  }
}

function countBy<K>(seen: readonly Seen[], keyOf: (one: Seen) => K): Map<K, number> {
  const counts = new Map<K, number>()
  for (const one of seen) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}

/** How many of sorted numbers are below a limit. */
export function countBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < limit) low = middle + 1
    else high = middle
  }
  return low
}

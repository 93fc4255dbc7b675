import type { Past, Seen } from '../contract.ts'
import { busiestOfWeek, busyDays, widths } from './busiest.ts'
import { betaBinomialTail } from './tails.ts'

/** A place with fewer earlier responses has no past to be compared with: nothing is said about it. */
export const leastPast = 60

/**
 * A share known from the past counts as known from at most so many responses: a place's honest weeks differ by more than
 * chance (a bad week, a market day), by about 3.5 points at a share of one half.
 */
export const mostPast = 200

/** What the past foretells of a share, as the two parameters of a Beta. Half a hit and half a miss stand for no past. */
export function betaOf(hits: number, all: number): { a: number; b: number } {
  const shrink = all > mostPast ? mostPast / all : 1
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
    busiest: new Map(widths.map((width) => [width, busiestOfWeek(days, width)])),
    byLevels: countBy(history, ({ levels }) => levels),
    seconds: sorted(timed.map(({ seconds }) => seconds)),
    secondsOfLevel: sorted(timed.filter(({ levels }) => isLevel(levels)).map(({ seconds }) => seconds)),
    minutes: sorted(history.map(({ minute }) => minute)),
    comments: history.flatMap(({ comment }) => comment ?? []).slice(-mostComments),
  }
}

function countBy(seen: readonly Seen[], keyOf: (one: Seen) => string): Map<string, number> {
  const counts = new Map<string, number>()
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

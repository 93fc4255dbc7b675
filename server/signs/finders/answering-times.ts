import type { Finding, Seen, Watch } from '../contract.ts'
import { pickCandidate } from './limits.ts'
import { countBelow, isLevel, judgeShare, leastPast } from './past.ts'

/** Upper ends, in seconds, under which answers are "fast". */
const fastEnds = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const

/** Bands [s, 1.3·s] of times that are alike, each beginning 15 % above the one before, from 3 s to 10 min. */
const alikeBands = Array.from({ length: 38 }, (_, step) => 3 * 1.15 ** step).map((low) => [low, low * 1.3] as const)

type Band = readonly [low: number, high: number]
const bands: readonly Band[] = [...fastEnds.map((end) => [0, end] as const), ...alikeBands]

type Timed = Seen & { seconds: number }
const isTimed = (seen: Seen): seen is Timed => seen.seconds !== null

/**
 * Answering times too fast or too alike: more of them within a band of seconds than the place's past foretells, among all
 * answers and among those on one level. A scan over bands; null Beta-binomial for each, corrected for their number.
 */
export function findAnsweringTimes({ from, to, judged, past }: Watch): Finding | null {
  const now = judged.filter(isTimed)
  const first = now[0]
  if (past.seconds.length < leastPast || !first) return null
  const groups = [
    { meant: now, before: past.seconds },
    { meant: now.filter(({ levels }) => isLevel(levels)), before: past.secondsOfLevel },
  ].filter(({ before }) => before.length >= leastPast / 2)
  const found = groups.flatMap(({ meant, before }) => bands.map((band) => judgeBand(band, meant, before)))
  const corrected = found.map((one) => ({ ...one, chance: one.chance * found.length, count: one.members.length }))
  const best = pickCandidate(corrected)
  if (!best) return null
  const about = { from, to, provenance: first.provenance, members: best.members.map(({ id }) => id) }
  const chance = Math.min(1, best.chance)
  return { sign: 'answering_times', chance, observed: best.members.length, expected: best.expected, ...about }
}

function judgeBand([low, high]: Band, now: Timed[], before: readonly number[]) {
  const members = now.filter(({ seconds }) => seconds >= low && seconds <= high)
  const hits = countBelow(before, high + 1e-9) - countBelow(before, low)
  // Not more than the past expects: no tail needs to be summed.
  if (members.length * before.length <= hits * now.length) return { chance: 1, expected: 0, members }
  return { ...judgeShare(members.length, now.length, hits, before.length), members }
}

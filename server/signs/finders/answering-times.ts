import { groupBy } from '../../tallies/group-rules.ts'
import type { Finding, Past, Seen, Watch } from '../contract.ts'
import { largestChance, leastMembers } from './limits.ts'
import { beyondUsual } from './members.ts'
import { countBelow, judgeShare, leastPast, mainLevel } from './past.ts'
import { type Group, likelierOfPattern } from './two-groups.ts'

/** Upper ends, in seconds, under which answers are "fast". */
const fastEnds = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const

/** Bands [s, 1.3·s] of times that are alike, each beginning 15 % above the one before, from 3 s to 10 min. */
const alikeBands = Array.from({ length: 38 }, (_, step) => 3 * 1.15 ** step).map((low) => [low, low * 1.3] as const)

type Band = readonly [low: number, high: number]
const bands: readonly Band[] = [...fastEnds.map((end) => [0, end] as const), ...alikeBands]

type Timed = Seen & { seconds: number }
const isTimed = (seen: Seen): seen is Timed => seen.seconds !== null

/**
 * Answering times too fast or too alike: more of them within a band of seconds than the place's past foretells, among
 * those that are on one level but for one answer at most, each level apart, among the uneven ones, or else among all. A
 * scan over bands; null Beta-binomial for each, given how many there are of the kind: who answers on one level is no sign,
 * only how fast. Corrected for the bands and kinds looked at.
 */
export function findAnsweringTimes({ from, to, judged, past }: Watch): Finding | null {
  const now = judged.filter(isTimed).sort((a, b) => a.seconds - b.seconds)
  const first = now[0]
  if (past.seconds.length < leastPast || !first) return null
  const everyone = { meant: now, before: past.seconds }
  const kinds = kindsOf(now, past)
  const looks = (kinds.length + 1) * bands.length
  const judgeAll = (group: Group<Timed>) =>
    bands.map((band) => judgeBand(band, group)).map((one) => ({ ...one, chance: Math.min(1, one.chance * looks) }))
  const best = leastLikely(kinds.flatMap(judgeAll))
  const found = best && best.chance <= largestChance ? best : leastLikely(judgeAll(everyone))
  if (!found || found.chance > largestChance) return null
  // How many usual people of the kind there are, the past tells: a day has too few to be counted.
  const beyond = found.count - found.expected
  const people = ((now.length - beyond) * found.before.length) / past.seconds.length
  const likelier = likelierOfPattern(found, found, people)
  const members = beyondUsual(likelier, found.expected, past)
  const about = { from, to, provenance: first.provenance, members: members.map(({ id }) => id) }
  const { chance, count, expected } = found
  return { sign: 'answering_times', chance, observed: count, expected, ...about }
}

const leastLikely = <T extends { chance: number }>(found: readonly T[]): T | undefined =>
  [...found].sort((a, b) => a.chance - b.chance)[0]

function kindsOf(now: readonly Timed[], past: Past): Group<Timed>[] {
  return [...groupBy(now, ({ levels }) => mainLevel(levels))]
    .map(([level, meant]) => ({ meant, before: past.secondsByLevel.get(level) ?? [] }))
    .filter(({ before }) => before.length >= leastPast / 2)
}

function judgeBand([low, high]: Band, { meant, before }: Group<Timed>) {
  const seconds = meant.map((one) => one.seconds)
  const start = countBelow(seconds, low)
  const count = countBelow(seconds, high + 1e-9) - start
  const hits = countBelow(before, high + 1e-9) - countBelow(before, low)
  // Not more than the past expects: no tail needs to be summed.
  const isUsual = count < leastMembers || count * before.length <= hits * meant.length
  const judged = isUsual ? { chance: 1, expected: 0 } : judgeShare(count, meant.length, hits, before.length)
  return { ...judged, meant, before, start, count }
}

import type { Score } from '../../score/contract.ts'
import { scoreOf } from '../../score/rules.ts'
import type { ClosedSign, Seen } from '../../signs/contract.ts'
import type { AnsweringTimes, Arrivals, Contrast, Evidence, TimeBand, Vector, Vectors, VisitDay } from './contract.ts'

/** A response around a pattern, as far as it is drawn: no id, no comment. */
export type Drawn = Omit<Seen, 'id' | 'comment' | 'settled'> & { inPattern: boolean }

export type Surroundings = {
  sign: ClosedSign
  from: string
  to: string
  /** Of the pattern's place and days, and its days before, every source. */
  drawn: readonly Drawn[]
  provenance: Seen['provenance']
  visits: ReadonlyMap<string, number>
}

/** Signs about minutes are drawn finer. */
const finely: readonly ClosedSign[] = ['burst', 'regular_arrivals']

/** What a pattern looks like beside its place's own days and past. */
export function describeEvidence({ sign, from, to, drawn, provenance, visits }: Surroundings): Evidence {
  const own = drawn.filter((one) => one.provenance === provenance)
  const span = own.filter(({ day }) => day >= from && day <= to)
  const pattern = span.filter(({ inPattern }) => inPattern)
  const usual = own.filter(({ day, inPattern }) => day < from && !inPattern)
  return {
    arrivals: describeArrivals(span, finely.includes(sign) ? 5 : 15),
    gaps: describeGaps(pattern),
    times: describeTimes(pattern, usual),
    vectors: describeVectors(pattern, usual),
    contrast: sign === 'unlike_proven' ? describeContrast(pattern, drawn, from, to) : null,
    visits: countVisits(span, visits),
  }
}

const hour = 60

/** The days on which the pattern has responses, on one scale of whole hours. */
function describeArrivals(span: readonly Drawn[], width: number): Arrivals {
  const days = [...new Set(span.filter(({ inPattern }) => inPattern).map(({ day }) => day))].sort()
  const shown = span.filter(({ day }) => days.includes(day))
  const minutes = shown.map(({ minute }) => minute)
  const from = Math.floor(Math.min(...minutes) / hour) * hour
  const to = Math.max(from + 2 * hour, (Math.floor(Math.max(...minutes) / hour) + 1) * hour)
  const binned = days.map((day) => ({
    day,
    bins: binsOf(
      shown.filter((one) => one.day === day),
      width,
    ),
  }))
  const most = Math.max(...binned.flatMap(({ bins }) => bins.map(({ pattern, others }) => pattern + others)))
  return { width, from, to, most, days: binned }
}

function binsOf(arrived: readonly Drawn[], width: number) {
  const bins = new Map<number, { start: number; pattern: number; others: number }>()
  for (const { minute, inPattern } of arrived) {
    const start = Math.floor(minute / width) * width
    const bin = bins.get(start) ?? { start, pattern: 0, others: 0 }
    bin[inPattern ? 'pattern' : 'others'] += 1
    bins.set(start, bin)
  }
  return [...bins.values()].sort((a, b) => a.start - b.start)
}

function describeGaps(pattern: readonly Drawn[]): Evidence['gaps'] {
  const sorted = [...pattern].sort((a, b) => (a.day === b.day ? a.minute - b.minute : a.day < b.day ? -1 : 1))
  const gaps = sorted.slice(1).flatMap(({ day, minute }, at) => {
    const before = sorted[at] as Drawn
    return before.day === day ? [minute - before.minute] : []
  })
  return gaps.length < 2 ? null : { shortest: Math.min(...gaps), longest: Math.max(...gaps) }
}

const bandStarts = [0, 5, 10, 15, 20, 30, 45, 60, 90, 180] as const

/** Null where too few of the pattern, or of the past, have a time. */
function describeTimes(pattern: readonly Drawn[], usual: readonly Drawn[]): AnsweringTimes | null {
  const secondsOf = (all: readonly Drawn[]) => all.flatMap(({ seconds }) => seconds ?? [])
  const [now, before] = [secondsOf(pattern), secondsOf(usual)]
  if (now.length < 3 || before.length < 10) return null
  const bands = bandStarts.map((from, at): TimeBand => {
    const to = bandStarts[at + 1] ?? null
    const share = (all: number[]) => all.filter((one) => one >= from && (to === null || one < to)).length / all.length
    return { from, to, pattern: share(now), usual: share(before) }
  })
  return { timed: now.length, usual: before.length, bands }
}

const mostVectors = 5

/** The commonest sequences on either side; one that came once in the past is somebody's, and is not shown. */
function describeVectors(pattern: readonly Drawn[], usual: readonly Drawn[]): Vectors {
  return {
    pattern: commonest(pattern, 1),
    usual: commonest(usual, 2),
    of: pattern.length,
    usualOf: usual.length,
  }
}

function commonest(all: readonly Drawn[], least: number): Vector[] {
  const counts = new Map<string, number>()
  for (const { levels } of all) counts.set(levels, (counts.get(levels) ?? 0) + 1)
  return [...counts]
    .filter(([levels, count]) => count >= least && levels !== '')
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, mostVectors)
    .map(([levels, count]) => ({ levels, count, share: count / all.length }))
}

/** With proof: of the days looked at and the twenty-eight before, as the sign compares. */
function describeContrast(pattern: readonly Drawn[], drawn: readonly Drawn[], from: string, to: string): Contrast {
  const earliest = new Date(Date.parse(from) - 28 * 86_400_000).toISOString().slice(0, 10)
  const proven = drawn.filter(
    ({ provenance, day }) => (provenance === 'ticket' || provenance === 'presence') && day >= earliest && day <= to,
  )
  return { pattern: pleasedScore(pattern), proven: pleasedScore(proven) }
}

/** The share of people with no level below 4: each is one answer, so the interval is plain Wilson's. */
function pleasedScore(all: readonly Drawn[]): Score {
  const pleased = all.filter(({ levels }) => !/[123]/.test(levels)).length
  return scoreOf([all.length, all.length - pleased, pleased, all.length, pleased, pleased, all.length])
}

function countVisits(span: readonly Drawn[], visits: ReadonlyMap<string, number>): VisitDay[] {
  return [...visits]
    .map(([day, count]) => ({ day, visits: count, responses: span.filter((one) => one.day === day).length }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

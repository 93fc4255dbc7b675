import type { Comparison, Harm, PlaceWarning } from '../indicators/contract.ts'
import type { Score } from '../score/contract.ts'
import type { ActionSaid, ChangeSaid, Compared, Said, StateSaid, Subject } from './sentence-contract.ts'

/** What is measured against a target and compared with earlier periods: an agency, or one of its places. */
export type Measured = {
  code: string
  name: string
  received: number
  shown: Score
  target: number
  comparisons: Comparison[]
  warning?: PlaceWarning
}
export type MeasuredAgency = Measured & { places: Measured[] }

/** With `criteria` by harm, the largest first. */
export function saySentences(agencies: MeasuredAgency[], criteria: Harm[]): Said {
  const heard = agencies.filter(({ places }) => places.length > 0)
  const change = sayChange(heard)
  return { state: sayState(heard), change, action: sayAction(heard, change, criteria) }
}

function sayState(agencies: Measured[]): StateSaid {
  const received = agencies.reduce((sum, one) => sum + one.received, 0)
  if (received === 0) return { kind: 'silent' }
  const scored = agencies.filter(({ shown }) => shown.score !== null)
  const [first] = scored
  if (!first) return { kind: 'few', received }
  if (agencies.length === 1) {
    const { name, shown: score, target } = first
    return { kind: 'one', name, score, target, standing: standingOf(first) }
  }
  const namesOf = (standing: Standing) => scored.filter((one) => standingOf(one) === standing).map(({ name }) => name)
  const withheld = agencies.filter(({ shown, received: got }) => shown.score === null && got > 0)
  const sides = { above: namesOf('above'), across: namesOf('across'), below: namesOf('below') }
  return { kind: 'several', ...sides, withheld: withheld.map(({ name }) => name) }
}

type Standing = 'above' | 'across' | 'below'

const standingOf = ({ shown: { lower, upper }, target }: Pick<Measured, 'shown' | 'target'>): Standing => {
  if (lower !== null && lower >= target) return 'above'
  return upper !== null && upper < target ? 'below' : 'across'
}

/** A fall first, as weeks of a control chart find it, then as the period does; a rise only where nothing fell. */
function sayChange(agencies: MeasuredAgency[]): ChangeSaid {
  const places = agencies.flatMap((agency) => agency.places)
  const than = comparisonOf(agencies)
  const moves = than ? findMoves(agencies, than) : []
  for (const direction of ['fall', 'rise'] as const) {
    const weeks = places.filter(({ warning }) => warning?.signal === direction)
    const week = weeks[0]?.warning?.week
    if (week) return { kind: 'weeks', signal: direction, week, of: weeks.map(({ name, code }) => ({ name, code })) }
    const own = moves.filter(({ points }) => (direction === 'fall' ? points < 0 : points > 0))
    if (than && own.length > 0) return { kind: 'period', change: direction, than, of: own }
  }
  return than ? { kind: 'calm', than } : { kind: 'unknown' }
}

/** One comparison, chosen before looking at what it says: the longest earlier period that anything can be compared with. */
function comparisonOf(agencies: MeasuredAgency[]): Compared | null {
  const all = agencies.flatMap((agency) => [agency, ...agency.places]).flatMap(({ comparisons }) => comparisons)
  const known = all.filter(({ difference }) => difference !== null)
  const kinds = ['month', 'before', 'weekday', 'yesterday'] as const
  const found = kinds.map((kind) => known.find((one) => one.with === kind)).find((one) => one !== undefined)
  return found ? { with: found.with, from: found.from, to: found.to } : null
}

type Move = Subject & { points: number }

/** Agencies first, then places, each by size: two families, so that an agency is not judged by how many places it has. */
function findMoves(agencies: MeasuredAgency[], than: Compared): Move[] {
  // An agency of one place is that place.
  const wholes = agencies.filter(({ places }) => places.length > 1).map((agency) => ({ ...agency, code: null }))
  return [
    ...movesAmong(wholes, than),
    ...movesAmong(
      agencies.flatMap(({ places }) => places),
      than,
    ),
  ]
}

function movesAmong(subjects: (Subject & Pick<Measured, 'comparisons'>)[], than: Compared): Move[] {
  const compared = subjects.flatMap(({ name, code, comparisons }) => {
    const found = comparisons.find((one) => one.with === than.with && one.difference !== null)
    return found ? [{ name, code, found }] : []
  })
  return compared
    .filter(({ found }) => holdsAmong(found, compared.length))
    .map(({ name, code, found }) => ({ name, code, points: found.difference as number }))
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
}

/**
 * Whether a difference excludes 0 also as one of `count` that were looked at (Bonferroni): the half of its interval on the
 * side of 0 widened from 1.96 to the z that `count` tails of 2.5 % together ask for.
 */
export function holdsAmong({ difference, lower, upper }: Comparison, count: number): boolean {
  if (difference === null || lower === null || upper === null) return false
  const half = difference < 0 ? upper - difference : difference - lower
  const widened = count <= 1 ? 1 : tailBound(0.025 / count) / 1.96
  return Math.abs(difference) > half * widened
}

/** The z with φ(z)/z = tail, found by iteration: a little above the exact quantile, because P(Z > z) < φ(z)/z (Gordon 1941). */
function tailBound(tail: number): number {
  let z = 2.5
  for (let round = 0; round < 12; round += 1) z = Math.sqrt(-2 * Math.log(tail * Math.sqrt(2 * Math.PI) * z))
  return z
}

function sayAction(agencies: MeasuredAgency[], change: ChangeSaid, criteria: Harm[]): ActionSaid {
  if (agencies.every(({ received }) => received === 0)) return { kind: 'collect' }
  const [first] = criteria
  const mend = first?.leads ? { label: first.label, share: first.share, answered: first.answered } : null
  const look = lookAt(agencies, change)
  if (look || mend) return { kind: 'act', look, mend }
  const scored = agencies.filter(({ shown }) => shown.score !== null)
  const isWell = scored.length > 0 && scored.every((agency) => standingOf(agency) === 'above')
  return { kind: isWell ? 'keep' : 'unknown' }
}

/** The place that fell; else the lowest of those provably below their target. */
function lookAt(agencies: MeasuredAgency[], change: ChangeSaid): (Subject & { why: 'fell' | 'below' }) | null {
  const fallen =
    (change.kind === 'weeks' && change.signal === 'fall') || (change.kind === 'period' && change.change === 'fall')
      ? change.of.find(({ code }) => code !== null)
      : undefined
  if (fallen) return { name: fallen.name, code: fallen.code, why: 'fell' }
  const [lowest] = agencies
    .flatMap(({ places }) => places)
    .filter((place) => standingOf(place) === 'below')
    .toSorted((a, b) => (a.shown.score as number) - (b.shown.score as number))
  return lowest ? { name: lowest.name, code: lowest.code, why: 'below' } : null
}

import type { Comparison, PlaceWarning } from '../indicators/contract.ts'
import type { ChangeSaid, Compared, Subject } from './sentence-contract.ts'

/** An agency or a place with what its score is compared with. */
type Moving = Subject & { comparisons: Comparison[] }
type MovingPlace = Moving & { warning?: PlaceWarning | undefined }
type MovingAgency = Omit<Moving, 'code'> & { places: (MovingPlace & { code: string })[] }

/** A fall first, as weeks of a control chart find it, then as the period does; a rise only where nothing fell. */
export function sayChange(agencies: MovingAgency[]): ChangeSaid {
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
  return than ? { kind: 'calm', than, alone: countAlone(agencies, than) } : { kind: 'unknown' }
}

/** One comparison, chosen before looking at what it says: the longest earlier period that anything can be compared with. */
function comparisonOf(agencies: MovingAgency[]): Compared | null {
  const all = agencies.flatMap((agency) => [agency, ...agency.places]).flatMap(({ comparisons }) => comparisons)
  const known = all.filter(({ difference }) => difference !== null)
  const kinds = ['month', 'before', 'weekday', 'yesterday'] as const
  const found = kinds.map((kind) => known.find((one) => one.with === kind)).find((one) => one !== undefined)
  return found ? { with: found.with, from: found.from, to: found.to } : null
}

type Move = Subject & { points: number }

/** Agencies first, then places, each by size. */
const findMoves = (agencies: MovingAgency[], than: Compared): Move[] =>
  familiesOf(agencies).flatMap((family) => movesAmong(family, than))

/** Two families, so that an agency is not judged by how many places it has. An agency of one place is that place. */
function familiesOf(agencies: MovingAgency[]): [wholes: Moving[], places: Moving[]] {
  const wholes = agencies.filter(({ places }) => places.length > 1).map((agency) => ({ ...agency, code: null }))
  return [wholes, agencies.flatMap(({ places }) => places)]
}

function movesAmong(subjects: Moving[], than: Compared): Move[] {
  const compared = comparedAmong(subjects, than.with)
  return compared
    .filter(({ found }) => holdsAmong(found, compared.length))
    .map(({ name, code, found }) => ({ name, code, points: found.difference as number }))
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
}

const comparedAmong = (subjects: Moving[], kind: Comparison['with']) =>
  subjects.flatMap(({ name, code, comparisons }) => {
    const found = comparisons.find((one) => one.with === kind && one.difference !== null)
    return found ? [{ name, code, found }] : []
  })

/** How many changed by themselves only. */
const countAlone = (agencies: MovingAgency[], than: Compared): number =>
  familiesOf(agencies)
    .flat()
    .filter(({ comparisons }) => comparisons.some((one) => one.with === than.with && isMove(one))).length

const isMove = ({ change }: Comparison): boolean => change === 'rise' || change === 'fall'

/**
 * The rows as the sentence above them weighs them: a rise or fall that does not hold among everything that is looked at
 * together is marked. What the sentence is about is looked at once per row, each other comparison in as many ways as
 * there are.
 */
export function markAlone<Agency extends MovingAgency>(agencies: Agency[]): Agency[] {
  const than = comparisonOf(agencies)
  const [wholes, places] = familiesOf(agencies)
  const mark = <Row extends { comparisons: Comparison[] }>(row: Row, family: Moving[]): Row => ({
    ...row,
    comparisons: row.comparisons.map((one) => {
      const looks = comparedAmong(family, one.with).length * (one.with === than?.with ? 1 : row.comparisons.length)
      return isMove(one) && !holdsAmong(one, looks) ? { ...one, alone: true } : one
    }),
  })
  return agencies.map((agency) => ({
    ...mark(agency, agency.places.length > 1 ? wholes : places),
    places: agency.places.map((place) => mark(place, places)),
  }))
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

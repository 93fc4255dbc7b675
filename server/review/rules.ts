import { createHash } from 'node:crypto'
import type { AgencyId, IndicatorReference, Sector } from '../catalogue/contract.ts'
import type { Score, Sums, VerdictReason } from '../score/contract.ts'
import { addSums, noSums, scoreOf, verdictOf } from '../score/rules.ts'
import type { StaffMember } from '../staff/contract.ts'
import type { CellKey, CellSums, Reason } from '../tallies/contract.ts'
import type { Effect, Sign } from './contract.ts'

export type RatedPlace = {
  agencyId: AgencyId
  sector: Sector
  questionnaire: string
  fieldCodes: string[]
  serviceMode: string
  /** Responses that belong to a wave. */
  inWave: boolean
}

type Definition = IndicatorReference['definition']
export type OwnedIndicator = { ownerAgencyId: AgencyId; definition: Definition }

/**
 * Whether a member may count or set aside responses of a place: never the rated body, never the owner of an indicator
 * that the place feeds. The coordinating agency's manager decides; about schools and waves, whose indicators that
 * agency owns, the administrator does, and about nothing else.
 */
export function mayReview(member: StaffMember, place: RatedPlace, indicators: OwnedIndicator[]): boolean {
  const isConcerned = indicators.some(
    ({ ownerAgencyId, definition }) => member.agencies.includes(ownerAgencyId) && isFedBy(definition, place),
  )
  if (isConcerned || member.agencies.includes(place.agencyId)) return false
  if (needsAdministrator(place)) return member.role === 'administrator'
  return member.role === 'manager' && member.coordinates
}

export const needsAdministrator = ({ sector, inWave }: Pick<RatedPlace, 'sector' | 'inWave'>): boolean =>
  sector === 'education' || inWave

/** Whether any response of a place may fall under an indicator. */
export function isFedBy(
  { sector, questionnaire, fields, serviceModes }: Definition,
  place: Omit<RatedPlace, 'agencyId'>,
): boolean {
  // A wave asks its own questionnaire, wherever its forms are entered.
  if (place.inWave && questionnaire === 'household') return true
  return (
    (!sector || sector === place.sector) &&
    (!questionnaire || questionnaire === place.questionnaire) &&
    (!fields || place.fieldCodes.length === 0 || place.fieldCodes.some((code) => fields.includes(code))) &&
    (!serviceModes || place.serviceMode === 'ask' || (serviceModes as string[]).includes(place.serviceMode))
  )
}

export const isCountedSign = (sign: Sign): boolean => sign === 'same_hour' || sign === 'very_fast'

/** Names a response in a page: its id never stands in one. */
export const tokenOf = ({ placeId, id }: { placeId: number; id: string }): string =>
  createHash('sha256').update(`${placeId}|${id}`).digest('hex').slice(0, 16)

/** Changes with any response that joins, leaves or is decided otherwise. */
export function signatureOf(responses: { placeId: number; id: string; reason: Reason | null }[]): string {
  const lines = responses.map(({ placeId, id, reason }) => `${placeId}|${id}|${reason ?? 'counted'}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/** Sums per stratum, by its key. */
export type Strata = ReadonlyMap<string, Sums>
/** A stratified score from its strata; null where the formula is pooled. */
export type Weigh = ((strata: Strata) => Score | null) | null

/** Each stratum with something added to or, with −1, taken from it. */
export function shiftStrata(strata: Strata, by: Strata, sign: 1 | -1): Strata {
  const shifted = new Map(strata)
  for (const [key, sums] of by) {
    const moved = sums.map((value) => sign * value) as unknown as Sums
    shifted.set(key, addSums(strata.get(key) ?? noSums, moved))
  }
  return shifted
}

export function compareStandings(
  indicator: { code: string; title: string; target: number; reason?: VerdictReason | null; dueFrom?: number | null },
  before: Strata,
  after: Strata,
  weigh: Weigh,
): Effect {
  const { code, title, target, reason = null, dueFrom = null } = indicator
  // Too few days or two sources that differ keep a verdict back whatever is decided about one pattern.
  const keepsBack = reason === 'few_days' || reason === 'sources_differ'
  const isJudged = !keepsBack && dueFrom === null
  const scores = { before: scoreStrata(before, weigh), after: scoreStrata(after, weigh) }
  return {
    code,
    title,
    target,
    ...scores,
    reason: keepsBack ? reason : null,
    dueFrom,
    beforeVerdict: isJudged ? verdictOf(scores.before, target) : 'not_yet_provable',
    afterVerdict: isJudged ? verdictOf(scores.after, target) : 'not_yet_provable',
  }
}

function scoreStrata(strata: Strata, weigh: Weigh): Score {
  const pooled = [...strata.values()].reduce(addSums, noSums)
  if (!weigh) return scoreOf(pooled)
  return weigh(strata) ?? { ...scoreOf(noSums), responses: pooled[0] }
}

/** The cells' sums over all criteria, added up per stratum. */
export function sumByStratum<Cell extends CellKey & CellSums>(cells: Cell[], keyOf: (cell: Cell) => string): Strata {
  const strata = new Map<string, Sums>()
  for (const cell of cells) {
    const sums = cell.moments.slice(0, 7) as unknown as Sums
    strata.set(keyOf(cell), addSums(strata.get(keyOf(cell)) ?? noSums, sums))
  }
  return strata
}

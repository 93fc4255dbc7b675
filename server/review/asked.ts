import { readIndicators } from '../../db/catalogue/indicators.ts'
import { type PatternResponse, readPattern } from '../../db/review/review.ts'
import { whoDecides } from '../../web/review/decider-words.ts'
import { type CatalogueState, getPlace, type Place } from '../catalogue/catalogue.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffMember } from '../staff/contract.ts'
import { isInScope, scopeOf } from '../staff/permission-rules.ts'
import { refused } from '../staff/refusal-words.ts'
import { type Pattern, PatternQuery } from './contract.ts'
import { mayReview, needsAdministrator } from './rules.ts'

export type ReviewParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'background' | 'assets' | 'demo' | 'today'>

export type Asked = {
  state: CatalogueState
  place: Place
  pattern: Pattern
  found: PatternResponse[]
  /** Names of the picked ones; empty = all. */
  tokens: string[]
  mayDecide: boolean
}

/** The pattern that an address or a form names, as far as this member may read it; 404 otherwise, and for the running day. */
export async function readAsked(parts: ReviewParts, member: StaffMember, source: unknown): Promise<Asked> {
  const query = PatternQuery.safeParse(source)
  if (!query.success) throw new PublicError('bad_request')
  const { diem, ngay, kenh, dot, mau, phieu } = query.data
  const state = await parts.catalogue.read()
  const place = getPlace(state, diem)
  if (!readablePlaces(state, member).includes(place) || ngay >= parts.today()) throw new PublicError('not_found')
  const pattern: Pattern = {
    placeId: place.id,
    day: ngay,
    sign: query.data['dau-hieu'],
    channel: kenh ?? null,
    inWave: dot === '1',
    mark: mau ?? null,
  }
  const found = await readPattern(parts.database.query, pattern)
  const mayDecide = await isDecider(parts, member, place, pattern.inWave)
  return { state, place, pattern, found, tokens: phieu, mayDecide }
}

export async function isDecider({ database }: ReviewParts, member: StaffMember, place: Place, inWave: boolean) {
  return mayReview(member, { ...place, inWave }, await readIndicators(database))
}

/** 403 for whoever reads a pattern and has a stake in it, or none of the decision. */
export const refuseDecision = (place: Place, inWave: boolean): PublicError =>
  refused(whoDecides(needsAdministrator({ ...place, inWave })))

export const readablePlaces = (state: CatalogueState, member: StaffMember): Place[] => {
  const scope = scopeOf(member, 'review.read')
  return state.places.filter((place) => isInScope(scope, place.agencyId))
}

import type { Database } from '../../db/client.ts'
import { type Selection, tallyBy } from '../../db/results-slices.ts'
import { countResponses, readVisits } from '../../db/surveys-visits.ts'
import type { CatalogueState } from '../surveys/catalogue.ts'
import type { IndicatorReference } from '../surveys/contract.ts'
import type { Stratum } from '../surveys/visits-contract.ts'
import { denominatorOf, fieldStrata, placeStrata, visitsFor } from '../surveys/visits-rules.ts'
import type { Score, Sums } from './contract.ts'
import type { IndicatorDetail } from './detail-contract.ts'
import { stratifiedScore } from './estimators.ts'
import type { Range } from './indicators.ts'
import { noSums } from './rules.ts'

type Definition = IndicatorReference['definition']

/** How many could have answered, and the score weighed by visits, where visits are known. */
export async function readDenominator(
  database: Database,
  state: CatalogueState,
  definition: Definition,
  selection: Selection,
  range: Range,
  today: string,
): Promise<{ known: IndicatorDetail['denominator']; stratified: IndicatorDetail['other'] }> {
  const by = definition.fields ? 'field' : 'place'
  const strata = strataOf(definition, state)
  // A part of a place's visits (online ones, one channel's) is not counted anywhere.
  if (strata.length === 0 || definition.serviceModes || definition.channels || range.from > range.to) {
    return { known: null, stratified: null }
  }
  const [counts, responses, slices] = await Promise.all([
    readVisits(database, range.from, range.to),
    countResponses(database, by, range.from, range.to),
    tallyBy(database, by, selection, range.from, range.to),
  ])
  const question = { counts, by, strata, range, today } as const
  const ids = new Set(strata.map(({ id }) => id))
  const { visits, responseRate, ...rest } = denominatorOf({ ...question, responses: responses.filter(({ id }) => ids.has(id)) })
  const sumsOf = (id: number) => slices.find(({ key }) => key === String(id))?.sums ?? noSums
  const weighed = visitsFor(question).strata.flatMap((one) =>
    one.visits ? [{ name: one.stratum.name, weight: one.visits, sums: sumsOf(one.stratum.id) }] : [],
  )
  return {
    known: visits !== null && responseRate !== null ? { visits, responseRate, ...rest } : null,
    stratified: describeStratified(weighed),
  }
}

function strataOf({ sector, questionnaire, fields }: Definition, state: CatalogueState): Stratum[] {
  if (fields) return fieldStrata(state.fields.filter(({ code }) => fields.includes(code)))
  const places = state.places
    .filter((place) => !sector || place.sector === sector)
    .filter((place) => !questionnaire || place.questionnaire === questionnaire)
  return placeStrata(places)
}

function describeStratified(strata: { name: string; weight: number; sums: Sums }[]): IndicatorDetail['other'] {
  if (strata.every(({ sums }) => sums[0] === 0)) return null
  const { covered, score, lower, upper, responses }: Score & { covered: number } = stratifiedScore(strata)
  return { formula: 'stratified', score: { score, lower, upper, responses }, covered }
}

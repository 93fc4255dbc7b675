import type { Database } from '../../db/client.ts'
import { type Selection, type Slice, tallyBy } from '../../db/tallies/slices.ts'
import { countResponses, readVisits } from '../../db/visits/visits.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { Definition } from '../catalogue/contract.ts'
import { type StratifiedScore, stratifiedScore } from '../score/estimators.ts'
import { noSums } from '../score/rules.ts'
import type { Range, Stratum } from '../visits/contract.ts'
import { denominatorAmong, fieldStrata, knowVisits, placeStrata, visitsAmong } from '../visits/rules.ts'
import type { OtherFormula, VisitDenominator } from './detail/contract.ts'

export type Weighed = OtherFormula & { effectiveSize: number | null }

/** The same weights over other sums of the same strata: what the score would be. */
export type WeighSlices = (slices: Pick<Slice, 'key' | 'sums'>[]) => Weighed | null

export type Counted = { definition: Definition; selection: Selection; range: Range; today: string }

/** How many could have answered, and the score weighed by visits, where visits are known. */
export async function readDenominator(
  database: Database,
  state: CatalogueState,
  { definition, selection, range, today }: Counted,
): Promise<{ known: VisitDenominator | null; weighed: Weighed | null; weigh: WeighSlices | null }> {
  const by = definition.fields ? 'field' : 'place'
  if (!hasVisits(definition) || range.from > range.to) return { known: null, weighed: null, weigh: null }
  const [counts, responses, slices] = await Promise.all([
    readVisits(database, range.from, range.to),
    countResponses(database, by, range.from, range.to),
    tallyBy(database, by, selection, range),
  ])
  const strata = strataOf(definition, state, new Set(slices.map(({ key }) => Number(key))))
  if (strata.length === 0) return { known: null, weighed: null, weigh: null }
  const question = { counts, by, range, today } as const
  const ids = new Set(strata.map(({ id }) => id))
  const own = responses.filter(({ id }) => ids.has(id))
  const found = knowVisits(question)
  const { visits, responseRate, covered, missing, silent } = denominatorAmong(found, { strata, responses: own })
  const peopled = visitsAmong(found, strata).strata
  const weigh: WeighSlices = (some) =>
    describeWeighed(
      stratifiedScore(
        peopled.map((one) => ({
          name: one.stratum.name,
          population: one.visits ?? 0,
          sums: some.find(({ key }) => key === String(one.stratum.id))?.sums ?? noSums,
        })),
      ),
    )
  return {
    known: visits !== null && responseRate !== null ? { visits, responseRate, covered, missing, silent } : null,
    weighed: weigh(slices),
    weigh,
  }
}

/** A part of a place's visits (online ones, one channel's) is not counted anywhere. */
export const hasVisits = ({ serviceModes, channels }: Definition): boolean => !serviceModes && !channels

/** A closed place counts as long as it had responses. */
function strataOf({ sector, questionnaire, fields }: Definition, state: CatalogueState, heard: Set<number>): Stratum[] {
  if (fields) return fieldStrata(state.fields.filter(({ code }) => fields.includes(code)))
  const places = state.places
    .filter((place) => place.open || heard.has(place.id))
    .filter((place) => !sector || place.sector === sector)
    .filter((place) => !questionnaire || place.questionnaire === questionnaire)
  return placeStrata(places)
}

function describeWeighed({ score, lower, upper, responses, covered, effectiveSize }: StratifiedScore): Weighed | null {
  if (score === null) return null
  return { formula: 'stratified', score: { score, lower, upper, responses }, covered, effectiveSize }
}

import type { Database } from '../../db/client.ts'
import { readVisits } from '../../db/surveys-visits.ts'
import { neededSample, planSample } from '../results/estimators.ts'
import { daysBefore } from '../results/rules.ts'
import type { CatalogueState } from '../surveys/catalogue.ts'
import type { Sector } from '../surveys/contract.ts'
import { placeStrata, visitsFor } from '../surveys/visits-rules.ts'
import type { SampleBasis } from './input-contract.ts'
import { yearUntil } from './period-rules.ts'

/** The sample a coming period needs, by the visits (or pupils) of the last twelve months known before it. */
export async function readBasis(
  database: Database,
  state: CatalogueState,
  sector: Sector,
  firstDay: string,
  today: string,
): Promise<SampleBasis> {
  const to = daysBefore(firstDay < today ? firstDay : today, 1)
  const from = yearUntil(to)
  const places = state.places.filter((place) => place.sector === sector && place.open)
  const counts = await readVisits(database, from, to)
  const { strata, visits } = visitsFor({ counts, by: 'place', strata: placeStrata(places), range: { from, to }, today })
  const populations = strata.map((one) => one.visits)
  const isWhole = populations.every((population) => population !== null)
  const planned = isWhole ? planSample(populations) : []
  return {
    ...{ from, to },
    places: strata.map(({ stratum, visits: population }, index) => ({
      ...{ name: stratum.name, population },
      planned: planned[index] ?? null,
    })),
    population: isWhole ? visits : null,
    needed: isWhole && visits !== null ? neededSample(visits) : null,
  }
}

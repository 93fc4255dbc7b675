import type { Database } from '../../../db/client.ts'
import { readVisits } from '../../../db/visits/visits.ts'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import type { Sector } from '../../catalogue/contract.ts'
import { daysBefore } from '../../days.ts'
import { neededSample, planSample } from '../../score/estimators.ts'
import { placeStrata, visitsFor } from '../../visits/rules.ts'
import { yearUntil } from '../period-rules.ts'
import type { SampleBasis } from './contract.ts'

/** The sample a coming period needs, by the visits (or pupils) of the last twelve months known before it. */
export async function readBasis(
  database: Database,
  state: CatalogueState,
  { sector, firstDay, today }: { sector: Sector; firstDay: string; today: string },
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
    from,
    to,
    places: strata.map(({ stratum, visits: population }, index) => ({
      name: stratum.name,
      population,
      planned: planned[index] ?? null,
    })),
    population: isWhole ? visits : null,
    needed: isWhole && visits !== null ? neededSample(visits) : null,
  }
}

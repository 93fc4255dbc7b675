import { readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import type { PlaceWarning } from '../indicators/contract.ts'
import { mondayOf } from '../indicators/period-rules.ts'
import { takesWholePlaces, type Warnings } from '../indicators/warnings.ts'
import { isInScope } from '../staff/permission-rules.ts'
import type { TodayView } from './contract.ts'

/** The board of the running day with a word at each place whose last closed week fell or rose by more than chance. */
export async function addWarnings(
  database: Database,
  view: TodayView,
  { state, warnings, today, readable }: { state: CatalogueState; warnings: Warnings; today: string; readable: Scope },
): Promise<TodayView> {
  const [charts, indicators] = await Promise.all([warnings.read(today), readIndicators(database)])
  const week = daysBefore(mondayOf(today), 7)
  const warningOf = (code: string): PlaceWarning | undefined => {
    const place = state.placeByCode.get(code)
    const last = place && charts.get(place.id)?.at(-1)
    if (!last || last.week !== week || last.signal === null) return undefined
    const { signal, score, lower, upper, responses, gathers } = last
    const about = indicators.find(
      ({ definition, ownerAgencyId }) =>
        takesWholePlaces(definition) && definition.sector === place.sector && isInScope(readable, ownerAgencyId),
    )
    return { signal, week, score, lower, upper, responses, gathers, indicator: about?.code ?? null }
  }
  return {
    ...view,
    agencies: view.agencies.map((agency) => ({
      ...agency,
      places: agency.places.map((place) => {
        const warning = warningOf(place.code)
        return warning ? { ...place, warning } : place
      }),
    })),
  }
}

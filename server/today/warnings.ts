import type { CatalogueState } from '../catalogue/catalogue.ts'
import { daysBefore } from '../days.ts'
import type { PlaceWarning } from '../indicators/contract.ts'
import { mondayOf } from '../indicators/period-rules.ts'
import type { Charts, Warnings } from '../indicators/warnings.ts'
import type { Closeness } from '../tallies/contract.ts'
import type { AgencyToday } from './contract.ts'

/** The agencies with a word at each place whose last closed week fell or rose by more than chance. */
export async function addWarnings(
  agencies: AgencyToday[],
  {
    state,
    warnings,
    today,
    closeness,
  }: { state: CatalogueState; warnings: Warnings; today: string; closeness: Closeness },
): Promise<AgencyToday[]> {
  const charts = await warnings.read(today, closeness)
  return agencies.map((agency) => ({
    ...agency,
    places: agency.places.map((place) => {
      const id = state.placeByCode.get(place.code)?.id
      const warning = id && warningOf(charts.get(id), today)
      return warning ? { ...place, warning } : place
    }),
  }))
}

/** What the last week that is over says, where it stands out. */
function warningOf(weeks: ReturnType<Charts['get']>, today: string): PlaceWarning | null {
  const last = weeks?.at(-1)
  if (!last || last.week !== daysBefore(mondayOf(today), 7) || last.signal === null) return null
  const { signal, week, score, lower, upper, responses, gathers } = last
  return { signal, week, score, lower, upper, responses, gathers }
}

import type { Database } from '../../db/client.ts'
import { readFirstRun, readFirstRunCounts } from '../../db/first-run/first-run.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { StaffMember } from '../staff/contract.ts'
import { mayDo } from '../staff/permission-rules.ts'
import type { FirstRunView } from './contract.ts'
import { isShownOnLanding, viewFirstRun } from './rules.ts'

export async function readFirstRunView(
  database: Database,
  state: CatalogueState,
  publicUrl: string | null,
): Promise<FirstRunView> {
  const [counts, aside] = await Promise.all([readFirstRunCounts(database), readFirstRun(database)])
  const agencies = state.agencies.filter(({ open }) => open)
  const places = state.places.filter(({ open, questionnaire }) => open && state.publishedByCode.has(questionnaire))
  return viewFirstRun({
    ...counts,
    ...aside,
    publicUrl,
    openAgencies: agencies.length,
    coordinator: agencies.find(({ coordinates }) => coordinates)?.name.vi ?? null,
    openPlaces: places.length,
    trialPlace: places[0]?.code ?? null,
  })
}

/** For the landing page: null once every step is settled, or for whoever does not set the commune up. */
export async function findFirstRun(
  database: Database,
  state: CatalogueState,
  publicUrl: string | null,
  member: StaffMember,
): Promise<FirstRunView | null> {
  if (!mayDo(member, 'agencies.change') || (await readFirstRun(database)).dismissed) return null
  const view = await readFirstRunView(database, state, publicUrl)
  return isShownOnLanding(view) ? view : null
}

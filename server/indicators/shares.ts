import { readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import { isInScope } from '../staff/permission-rules.ts'
import type { IndicatorShare } from './contract.ts'
import { type Range, readIndicatorView } from './indicators.ts'

/**
 * What the reader's own places add to indicators that another agency answers for: a head of schools owns none, but their
 * parents' answers make II.9. Closed days only, so that no running sum is held for a part of an indicator.
 */
export async function readIndicatorShares(
  database: Database,
  state: CatalogueState,
  { range: asked, today, scope }: { range: Range; today: string; scope: Scope },
): Promise<IndicatorShare[]> {
  if (scope === 'all') return []
  const own = state.places.filter(({ agencyId }) => isInScope(scope, agencyId))
  const yesterday = daysBefore(today, 1)
  const range = { from: asked.from, to: asked.to < yesterday ? asked.to : yesterday }
  const fed = (await readIndicators(database)).flatMap((indicator) => {
    const places = own.filter((place) => feeds(place, indicator.definition))
    return isInScope(scope, indicator.ownerAgencyId) || places.length === 0 ? [] : [{ indicator, places }]
  })
  return Promise.all(
    fed.map(async ({ indicator, places }) => {
      const part = { ...indicator, placeIds: places.map(({ id }) => id) }
      const view = await readIndicatorView(database, state, part, { range, today, precision: 'held' })
      return { view, places: places.map(({ name }) => name.vi) }
    }),
  )
}

const feeds = (place: Place, { sector, questionnaire }: { sector?: string; questionnaire?: string }): boolean =>
  Boolean(sector) && place.sector === sector && (!questionnaire || place.questionnaire === questionnaire)

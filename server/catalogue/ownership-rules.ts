import type { CatalogueState } from './catalogue.ts'
import type { AgencyId, IndicatorReference, Scope } from './contract.ts'

type OwnedIndicator = { ownerAgencyId: AgencyId; definition: IndicatorReference['definition'] }

/** Whether a questionnaire feeds an indicator of these agencies: by its name, or by the whole sector. */
export function ownsQuestionnaire(
  scope: Scope,
  indicators: OwnedIndicator[],
  { code, sector }: { code: string; sector: string },
): boolean {
  if (scope === 'all') return true
  return indicators.some(({ ownerAgencyId, definition }) => {
    const covers = definition.questionnaire ? definition.questionnaire === code : definition.sector === sector
    return covers && scope.includes(ownerAgencyId)
  })
}

/** The surveys as a member sees them: places of the own agencies, and the fields that those places serve. */
export function narrowCatalogue(state: CatalogueState, scope: Scope): CatalogueState {
  if (scope === 'all') return state
  const places = state.places.filter(({ agencyId }) => scope.includes(agencyId))
  const served = new Set(places.flatMap(({ fieldCodes }) => fieldCodes))
  return {
    ...state,
    places,
    agencies: state.agencies.filter(({ id }) => scope.includes(id)),
    fields: state.fields.filter(({ code }) => served.has(code)),
    placeByCode: new Map(places.map((place) => [place.code, place])),
  }
}

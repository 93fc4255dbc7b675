import type { IndicatorReference, Sector } from '../catalogue/contract.ts'

type TargetSource = { target: number; definition: IndicatorReference['definition'] }

/**
 * The target a place is read against: that of the indicator about its own fields or mode where all its responses fall
 * under it, else that of its sector.
 */
export function targetOfPlace(
  place: { sector: Sector; fieldCodes: string[]; serviceMode: string },
  indicators: TargetSource[],
): number {
  const ofSector = indicators.filter(({ definition }) => definition.sector === place.sector)
  const covers = ({ definition: { fields, serviceModes } }: TargetSource) =>
    (!fields || (place.fieldCodes.length > 0 && place.fieldCodes.every((code) => fields.includes(code)))) &&
    (!serviceModes || (serviceModes as string[]).includes(place.serviceMode))
  const narrowness = ({ definition }: TargetSource) =>
    Number(Boolean(definition.fields)) + Number(Boolean(definition.serviceModes))
  const [closest] = ofSector.filter(covers).sort((a, b) => narrowness(b) - narrowness(a))
  return closest?.target ?? 95
}

/** A verdict is provisional until the last year that the indicator's period names is over. */
export function isProvisional(period: string, today: string): boolean {
  const years = period.match(/\d{4}/g)?.map(Number) ?? []
  return years.length === 0 || today <= `${Math.max(...years)}-12-31`
}

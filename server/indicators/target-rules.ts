import type { IndicatorReference, Sector } from '../catalogue/contract.ts'

type TargetSource = { target: number; definition: IndicatorReference['definition'] }

type Served = { sector: Sector; fieldCodes: string[]; serviceMode: string }

/**
 * The indicator a place is read against: the one about its own fields or mode where all its responses fall under it, else
 * that of its sector.
 */
export function indicatorOfPlace<Source extends TargetSource>(place: Served, indicators: Source[]): Source | undefined {
  const ofSector = indicators.filter(({ definition }) => definition.sector === place.sector)
  const covers = ({ definition: { fields, serviceModes } }: TargetSource) =>
    (!fields || (place.fieldCodes.length > 0 && place.fieldCodes.every((code) => fields.includes(code)))) &&
    (!serviceModes || (serviceModes as string[]).includes(place.serviceMode))
  const narrowness = ({ definition }: TargetSource) =>
    Number(Boolean(definition.fields)) + Number(Boolean(definition.serviceModes))
  return ofSector.filter(covers).sort((a, b) => narrowness(b) - narrowness(a))[0]
}

export const targetOfPlace = (place: Served, indicators: TargetSource[]): number =>
  indicatorOfPlace(place, indicators)?.target ?? 95

/** The year the target a place is read against is due from, where a day lies before it. */
export function dueOfPlace(
  place: Served,
  indicators: (TargetSource & { period: string })[],
  day: string,
): number | null {
  const own = indicatorOfPlace(place, indicators)
  return own ? dueFrom(own.period, day) : null
}

/**
 * The same of several places together: where they are not due alike, by the indicator that is about everything in their
 * sector, so that one service that is due does not make the others so.
 */
export function dueOfAll(
  places: Served[],
  indicators: (TargetSource & { period: string })[],
  day: string,
): number | null {
  const [year = null, ...others] = [...new Set(places.map((place) => dueOfPlace(place, indicators, day)))]
  if (others.length === 0) return year
  const [sector, ...more] = [...new Set(places.map((place) => place.sector))]
  if (sector === undefined || more.length > 0) return null
  return dueOfPlace({ sector, fieldCodes: [], serviceMode: '' }, indicators, day)
}

/** A verdict is provisional until the last year that the indicator's period names is over. */
export function isProvisional(period: string, today: string): boolean {
  const years = yearsOf(period)
  return years.length === 0 || today <= `${Math.max(...years)}-12-31`
}

/**
 * The first year a target must be met in, where a day lies before it: a score before that year is watched, never failed.
 * Null once it is due. "2028-2030" names its years; "đến 2030" is due in every year until then.
 */
export function dueFrom(period: string, day: string): number | null {
  const [first] = yearsOf(period)
  if (first === undefined || isUntil(period)) return null
  return Number(day.slice(0, 4)) < first ? first : null
}

/** Whether a target must be met in a year. */
export function isDueIn(period: string, year: number): boolean {
  const [first, last = first] = yearsOf(period)
  if (first === undefined || last === undefined) return false
  return year <= last && (year >= first || isUntil(period))
}

const yearsOf = (period: string): number[] => (period.match(/\d{4}/g) ?? []).map(Number)
const isUntil = (period: string): boolean => /^đến /i.test(period.trim())

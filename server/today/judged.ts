import { readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { tallySourceDays } from '../../db/today/source-days.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { demandOf } from '../indicators/belief/rules.ts'
import type { Period } from '../indicators/period-rules.ts'
import { indicatorOfPlace } from '../indicators/target-rules.ts'
import type { Withheld } from './closed.ts'
import type { AgencyToday, SourceDay } from './contract.ts'
import { judgeShown, strictest } from './judged-rules.ts'

/**
 * The agencies, with all of their places, and what their scores prove over the closed days of the board's period: the same
 * days as the scores hold.
 */
export async function addJudgments(
  database: Database,
  state: CatalogueState,
  agencies: AgencyToday[],
  { period, withheld }: { period: Period; withheld: Withheld | null },
): Promise<AgencyToday[]> {
  const idOf = (code: string) => state.placeByCode.get(code)?.id
  const ids = agencies.flatMap(({ places }) => places.flatMap(({ code }) => idOf(code) ?? []))
  const [rows, indicators] = await Promise.all([
    period.from > period.to ? [] : tallySourceDays(database, ids, period),
    readIndicators(database),
  ])
  const demandAt = (code: string) => {
    const place = state.placeByCode.get(code)
    const definition = place && indicatorOfPlace(place, indicators)?.definition
    return definition ? demandOf(definition) : null
  }
  return agencies.map((agency) => {
    const codes = agency.places.map(({ code }) => code)
    const own = new Set(codes.map(idOf))
    const ofAgency = rows.filter(({ placeId }) => own.has(placeId))
    const shownAtPlaces = without(ofAgency, withheld?.atPlaces)
    const places = agency.places.map((place) => {
      const ofPlace = shownAtPlaces.filter(({ placeId }) => placeId === idOf(place.code))
      return { ...place, judged: judgeShown(place.shown, place.target, ofPlace, strictest([demandAt(place.code)])) }
    })
    const demand = strictest(codes.map(demandAt))
    const judged = judgeShown(agency.shown, agency.target, without(ofAgency, withheld?.atAgency), demand)
    return { ...agency, places, judged }
  })
}

function without(rows: SourceDay[], left: Withheld['atPlaces'] = []): SourceDay[] {
  const days = new Set(left.map(({ placeId, day }) => `${placeId} ${day}`))
  return rows.filter(({ placeId, day }) => !days.has(`${placeId} ${day}`))
}

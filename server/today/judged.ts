import { readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { tallySourceDays } from '../../db/today/source-days.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { demandOf } from '../indicators/belief/rules.ts'
import type { Period } from '../indicators/period-rules.ts'
import { indicatorOfPlace } from '../indicators/target-rules.ts'
import type { AgencyToday } from './contract.ts'
import { judgeShown, strictest } from './judged-rules.ts'

/** The agencies and their places with what their scores prove over the `closed` days of the board's period. */
export async function addJudgments(
  database: Database,
  state: CatalogueState,
  agencies: AgencyToday[],
  closed: Period,
): Promise<AgencyToday[]> {
  const idOf = (code: string) => state.placeByCode.get(code)?.id
  const ids = agencies.flatMap(({ places }) => places.flatMap(({ code }) => idOf(code) ?? []))
  const [rows, indicators] = await Promise.all([
    closed.from > closed.to ? [] : tallySourceDays(database, ids, closed),
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
    const places = agency.places.map((place) => {
      const ofPlace = ofAgency.filter(({ placeId }) => placeId === idOf(place.code))
      return { ...place, judged: judgeShown(place.shown, place.target, ofPlace, strictest([demandAt(place.code)])) }
    })
    const judged = judgeShown(agency.shown, agency.target, ofAgency, strictest(codes.map(demandAt)))
    return { ...agency, places, judged }
  })
}

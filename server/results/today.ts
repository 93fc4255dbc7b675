import type { Database } from '../../db/client.ts'
import { type Indicator, moveHeldSums, type PlaceDay, readIndicators, tallyByPlaceAndDay } from '../../db/results.ts'
import type { CatalogueState, Place } from '../surveys/catalogue.ts'
import type { AgencyToday, PlaceToday, Sums, TodayView } from './contract.ts'
import { addSums, clockOf, daysBefore, heldStep, noSums, scoreOf, targetOfPlace } from './rules.ts'

const trendDays = 14

/** The board of one day. On the running day scores are held back (rules: heldStep), counts are not. */
export async function readToday(
  database: Database,
  state: CatalogueState,
  day: string,
  today: string,
): Promise<TodayView> {
  const [rows, held, indicators] = await Promise.all([
    tallyByPlaceAndDay(database, daysBefore(day, trendDays), day),
    day === today ? moveHeldSums(database, 'all', null, day, heldStep) : null,
    readIndicators(database),
  ])
  const agencies = state.agencies
    .map((agency) => {
      const places = state.places.filter((place) => place.agencyId === agency.id)
      const shown = places.map((place) =>
        describePlace(
          place,
          rows.filter((row) => row.placeId === place.id),
          held,
          day,
          indicators,
        ),
      )
      return { agency, shown }
    })
    .filter(({ shown }) => shown.length > 0)
    .map(({ agency, shown }) => sumAgency(agency.code, agency.name.vi, shown))
  return { day, isToday: day === today, agencies }
}

type ShownPlace = { view: PlaceToday; sums: Sums }

function describePlace(
  place: Place,
  rows: PlaceDay[],
  held: Map<number, Sums> | null,
  day: string,
  indicators: Indicator[],
): ShownPlace {
  const own = rows.find((row) => row.day === day)
  const sums = (held ? held.get(place.id) : own?.sums) ?? noSums
  const past = new Map(rows.map((row) => [row.day, row]))
  const trend = Array.from({ length: trendDays }, (_, index) => {
    const trendDay = daysBefore(day, trendDays - index)
    const { score, responses } = scoreOf(past.get(trendDay)?.sums ?? noSums)
    return { day: trendDay, score, responses }
  })
  const view: PlaceToday = {
    code: place.code,
    name: place.name.vi,
    open: place.open,
    received: own?.received ?? 0,
    setAside: own?.setAside ?? 0,
    lastAnswer: own ? clockOf(Date.parse(own.lastReceivedAt)) : null,
    shown: scoreOf(sums),
    trend,
    target: targetOfPlace(place, indicators),
  }
  return { view, sums }
}

function sumAgency(code: string, name: string, places: ShownPlace[]): AgencyToday {
  return {
    code,
    name,
    received: places.reduce((sum, { view }) => sum + view.received, 0),
    setAside: places.reduce((sum, { view }) => sum + view.setAside, 0),
    shown: scoreOf(places.reduce((total, { sums }) => addSums(total, sums), noSums)),
    target: Math.max(...places.map(({ view }) => view.target)),
    places: places.map(({ view }) => view),
  }
}

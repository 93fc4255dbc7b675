import { createHash } from 'node:crypto'
import type { Database } from '../../db/client.ts'
import { type PlaceDay, tallyByPlaceAndDay } from '../../db/results.ts'
import type { CatalogueState, Place } from '../surveys/catalogue.ts'
import { addressOfPlace, drawQr, quietModules, spellAddress, traceQr } from '../surveys/qr.ts'
import { addSums, daysBefore, heldStep, noSums, scoreOf } from './rules.ts'
import { readToday } from './today.ts'
import type { WallPlace, WallView } from './wall-contract.ts'

const trendDays = 30

/** By the agency's code; an agency without places has no screen. `origin` and `build` go into the edition. */
export async function readWalls(
  database: Database,
  state: CatalogueState,
  today: string,
  { origin, build }: { origin: string; build: string },
): Promise<Map<string, WallView>> {
  const [board, rows] = await Promise.all([
    readToday(database, state, today, today),
    tallyByPlaceAndDay(database, daysBefore(today, trendDays), daysBefore(today, 1)),
  ])
  const views = board.agencies.map(({ code, name, received, shown, target }): WallView => {
    const ids = new Set(state.places.filter((place) => place.agency.code === code).map(({ id }) => id))
    const trend = drawTrend(
      rows.filter(({ placeId }) => ids.has(placeId)),
      today,
    )
    const links = openPlaces(state, code).map((place) => [place.name.vi, addressOf(place, origin, state)])
    const edition = createHash('sha256')
      .update(JSON.stringify([build, name, target, links]))
      .digest('hex')
      .slice(0, 12)
    return { agency: code, name, day: today, received, shown, target, trend, edition }
  })
  return new Map(views.map((view) => [view.agency, view]))
}

/** The codes of the places that take answers now. */
export function drawPlaces(state: CatalogueState, agency: string, origin: string): WallPlace[] {
  return openPlaces(state, agency).map((place) => {
    const address = addressOf(place, origin, state)
    const modules = drawQr(address)
    return {
      code: place.code,
      name: place.name.vi,
      address: spellAddress(address),
      path: traceQr(modules, quietModules),
      side: modules.length + 2 * quietModules,
    }
  })
}

const openPlaces = (state: CatalogueState, agency: string): Place[] =>
  state.places.filter((place) => place.open && place.agency.code === agency)

const addressOf = (place: Place, origin: string, state: CatalogueState) =>
  addressOfPlace(origin, place.code, state.qrCapitals)

function drawTrend(rows: PlaceDay[], today: string): WallView['trend'] {
  return Array.from({ length: trendDays }, (_, index) => {
    const day = daysBefore(today, trendDays - index)
    const sums = rows.reduce((total, row) => (row.day === day && row.sums ? addSums(total, row.sums) : total), noSums)
    return { day, score: sums[0] < heldStep ? null : scoreOf(sums).score }
  })
}

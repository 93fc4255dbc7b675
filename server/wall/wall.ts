import { createHash } from 'node:crypto'
import { readImprovements } from '../../db/cases/cases.ts'
import type { Database } from '../../db/client.ts'
import { type PlaceDay, tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import { daysBefore } from '../days.ts'
import { addressOfPlace, drawQr, quietModules, spellAddress, traceQr } from '../qr.ts'
import { addSums, noSums, scoreOf } from '../score/rules.ts'
import { heldStep } from '../tallies/rules.ts'
import { readScores } from '../today/today.ts'
import type { WallImprovement, WallPlace, WallView } from './contract.ts'

const trendDays = 30

/** By the agency's code; an agency without places has no screen. `origin` and `build` go into the edition. */
export async function readWalls(
  database: Database,
  state: CatalogueState,
  today: string,
  { origin, build }: { origin: string; build: string },
): Promise<Map<string, WallView>> {
  const [board, rows, improvements] = await Promise.all([
    readScores(database, state, { from: today, to: today }, today),
    tallyByPlaceAndDay(database, daysBefore(today, trendDays), daysBefore(today, 1)),
    readWallImprovements(database, state),
  ])
  const views = board.agencies.map(({ code, name, received, shown, target }): WallView => {
    const ids = new Set(state.places.filter((place) => place.agency.code === code).map(({ id }) => id))
    const trend = drawTrend(
      rows.filter(({ placeId }) => ids.has(placeId)),
      today,
    )
    const links = openPlaces(state, code).map((place) => [place.name.vi, addressOf(place, origin, state)])
    const edition = createHash('sha256')
      .update(JSON.stringify([build, name, target, links, improvements.get(code)]))
      .digest('hex')
      .slice(0, 12)
    return { agency: code, name, day: today, received, shown, target, trend, edition }
  })
  return new Map(views.map((view) => [view.agency, view]))
}

const mostImprovements = 3

/** The newest published improvements by the agency's code. */
export async function readWallImprovements(
  database: Database,
  state: CatalogueState,
): Promise<Map<string, WallImprovement[]>> {
  const all = await readImprovements(database, null)
  return new Map(
    state.agencies.map(({ id, code }) => {
      const own = all.filter(({ agencyId }) => agencyId === id).slice(0, mostImprovements)
      return [code, own.map(({ said, did }) => ({ said, did }))]
    }),
  )
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

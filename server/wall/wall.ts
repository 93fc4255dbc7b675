import { createHash } from 'node:crypto'
import { readImprovements } from '../../db/cases/cases.ts'
import type { Database } from '../../db/client.ts'
import { type PlaceDay, tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { links } from '../../web/links.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import { daysBefore } from '../days.ts'
import type { Score } from '../score/contract.ts'
import { addSums, noSums, shownScoreOf } from '../score/rules.ts'
import type { ShownDay } from '../tallies/running-day.ts'
import { shownOfDays } from '../tallies/small-days-rules.ts'
import { readScores } from '../today/today.ts'
import type { WallImprovement, WallInvitation, WallView } from './contract.ts'

const trendDays = 30

/** By the agency's code; an agency without places has no screen. `origin` and `build` go into the edition. */
export async function readWalls(
  database: Database,
  state: CatalogueState,
  running: ShownDay,
  { origin, build }: { origin: string; build: string },
): Promise<Map<string, WallView>> {
  const { day: today } = running
  const [board, rows, improvements] = await Promise.all([
    readScores(database, state, { period: { from: today, to: today }, running }),
    tallyByPlaceAndDay(database, daysBefore(today, trendDays), daysBefore(today, 1)),
    readWallImprovements(database, state),
  ])
  const views = board.agencies.map(({ code, name, received, shown, target, dueFrom }): WallView => {
    const ids = new Set(state.places.filter((place) => place.agency.code === code).map(({ id }) => id))
    const days = scoreDays(shownOfDays(rows.filter(({ placeId }) => ids.has(placeId))), today)
    const trend = days.map(({ day, shown: { score } }) => ({ day, score }))
    const last = shown.score === null ? (days.findLast((one) => one.shown.score !== null) ?? null) : null
    const invitation = inviteTo(state, code, origin)
    const edition = createHash('sha256')
      .update(JSON.stringify([build, name, target, dueFrom, invitation, improvements.get(code)]))
      .digest('hex')
      .slice(0, 12)
    return { agency: code, name, day: today, received, shown, last, target, dueFrom, trend, edition }
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

/** One code for all places of an agency: one that changed between them led a slow scan to the wrong counter. */
export function inviteTo(state: CatalogueState, agency: string, origin: string): WallInvitation | null {
  const places = openPlaces(state, agency)
  const [only] = places
  if (!only) return null
  return { address: new URL(origin).origin + links.counters(agency), place: places.length === 1 ? only.name.vi : null }
}

const openPlaces = (state: CatalogueState, agency: string): Place[] =>
  state.places.filter((place) => place.open && place.agency.code === agency)

/** Every drawn day, oldest first; one of fewer than five answers has no score. */
function scoreDays(rows: PlaceDay[], today: string): { day: string; shown: Score }[] {
  return Array.from({ length: trendDays }, (_, index) => {
    const day = daysBefore(today, trendDays - index)
    const sums = rows.reduce((total, row) => (row.day === day && row.sums ? addSums(total, row.sums) : total), noSums)
    return { day, shown: shownScoreOf(sums) }
  })
}

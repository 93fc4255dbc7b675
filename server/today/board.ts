import type { Database } from '../../db/client.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { readSpecialDays, tallyOpenings } from '../../db/today/today.ts'
import { countResponses, readVisits } from '../../db/visits/visits.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { PlaceId } from '../catalogue/contract.ts'
import { clockOf, daysBefore } from '../days.ts'
import type { House } from '../house.ts'
import type { Reach } from '../indicators/contract.ts'
import { earlierPeriods, type Period } from '../indicators/period-rules.ts'
import type { Warnings } from '../indicators/warnings.ts'
import type { StaffMember } from '../staff/contract.ts'
import { isInScope, mayDo, scopeOf } from '../staff/permission-rules.ts'
import { countsOf, denominatorAmong, knowVisits, placeStrata } from '../visits/rules.ts'
import { readComments } from './comments.ts'
import type { PlaceToday, TodayView, Viewer } from './contract.ts'
import { readHarm } from './harm.ts'
import { isOfficeDay, isSilent } from './silence-rules.ts'
import { readScores } from './today.ts'
import { addWarnings } from './warnings.ts'

export type BoardParts = Pick<House, 'database' | 'now' | 'running'> & { warnings: Warnings }

/** Everything a viewer sees of a period. */
export async function readBoard(
  { database, warnings, running, now }: BoardParts,
  state: CatalogueState,
  viewer: Viewer,
  asked?: Period,
): Promise<TodayView> {
  const shown = await running.read()
  const today = shown.day
  const period = asked ?? { from: today, to: today }
  const places = state.places.filter(({ agencyId }) => isInScope(viewer.places, agencyId))
  const ids = places.map(({ id }) => id)
  const isToday = period.from === today && period.to === today
  const [scores, harm, comments, reaches, openings, isQuiet] = await Promise.all([
    readScores(database, state, { period, running: shown, scope: viewer.places, earlier: earlierPeriods(period) }),
    readHarm(database, state, places, { period, running: shown }),
    readComments(database, viewer.comments, places, { period, running: shown }),
    readReaches(database, period, today),
    tallyOpenings(database, period.from, period.to, ids),
    isToday ? readSilence(database, today, ids, now()) : () => false,
  ])
  const idsOf = (code: string) => places.filter(({ agency }) => agency.code === code).map(({ id }) => id)
  const finish = (place: PlaceToday): PlaceToday => {
    const id = state.placeByCode.get(place.code)?.id
    const opened = openings.find(({ placeId }) => placeId === id)
    return {
      ...place,
      reach: reaches(places.filter((one) => one.id === id)),
      openings: opened ? { opened: opened.opened, sent: opened.sent } : null,
      silent: isQuiet(place, id),
    }
  }
  const proven = await Promise.all(scores.agencies.map(({ code }) => readProven(database, state, idsOf(code), period)))
  const agencies = scores.agencies.map((agency, index) => ({
    ...agency,
    proven: proven[index] ?? null,
    reach: reaches(places.filter((place) => place.agency.code === agency.code)),
    places: agency.places.map(finish),
  }))
  const view = { ...scores, agencies, ...harm, comments }
  return scores.isToday ? addWarnings(database, view, { state, warnings, today, readable: viewer.indicators }) : view
}

/** How many of the counted responses came with proof: a count, which may move at once. */
async function readProven(database: Database, state: CatalogueState, placeIds: PlaceId[], { from, to }: Period) {
  const selection = { versionIds: state.versions.map(({ id }) => id), placeIds }
  const slices = await tallyBy(database, 'source', selection, { from, to })
  const countedIn = (some: typeof slices) => some.reduce((sum, { received, setAside }) => sum + received - setAside, 0)
  const counted = countedIn(slices)
  return counted > 0 ? { responses: countedIn(slices.filter(({ key }) => key === 'proven')), counted } : null
}

/** What a member's board holds; the agencies are in one order, so that equal viewers are the same text. */
export const viewerOf = (member: StaffMember): Viewer => ({
  places: scopeOf(member, 'today.read'),
  comments: mayDo(member, 'cases.read') ? scopeOf(member, 'cases.read') : null,
  indicators: scopeOf(member, 'results.read'),
})

/** Whether a place is silent at this moment. The minute of its last answer stays here. */
async function readSilence(database: Database, today: string, ids: PlaceId[], nowMs: number) {
  const [special, rows] = await Promise.all([
    readSpecialDays(database, daysBefore(today, 14), today),
    tallyByPlaceAndDay(database, today, today, ids),
  ])
  const works = isOfficeDay(special)
  return (place: PlaceToday, id: PlaceId | undefined): boolean => {
    const last = rows.find(({ placeId }) => placeId === id)?.lastReceivedAt
    const lastClock = last ? clockOf(Date.parse(last)) : null
    return works(today) && isSilent({ ...place, lastClock }, clockOf(nowMs), works)
  }
}

/** How many could have answered at some of the places, from one reading of visits and responses. */
async function readReaches(database: Database, range: Period, today: string) {
  const [counts, responses] = await Promise.all([
    readVisits(database, range.from, range.to),
    countResponses(database, 'place', range.from, range.to),
  ])
  const known = knowVisits({ counts, by: 'place', range, today })
  return (some: Place[]): Reach | null => {
    const kinds = new Set(some.map(({ sector }) => countsOf(sector)))
    const [kind] = kinds
    // Pupils are a headcount of a year: over one day a share of them means nothing.
    if (!kind || kinds.size > 1 || (kind === 'people' && range.from === range.to)) return null
    const ids = new Set<number>(some.map(({ id }) => id))
    const own = responses.filter(({ id }) => ids.has(id))
    const { visits, responseRate } = denominatorAmong(known, { strata: placeStrata(some), responses: own })
    return { counts: kind, number: visits, rate: responseRate }
  }
}

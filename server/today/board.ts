import type { Database } from '../../db/client.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { findLastHeardDay, readSpecialDays, tallyOpenings } from '../../db/today/today.ts'
import { countResponses, readVisits } from '../../db/visits/visits.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { PlaceId } from '../catalogue/contract.ts'
import { clockOf, daysBefore } from '../days.ts'
import type { House } from '../house.ts'
import type { Reach } from '../indicators/contract.ts'
import { earlierPeriods, type Period } from '../indicators/period-rules.ts'
import type { Warnings } from '../indicators/warnings.ts'
import { fewestShown } from '../score/rules.ts'
import type { StaffMember } from '../staff/contract.ts'
import { isInScope, mayDo, scopeOf } from '../staff/permission-rules.ts'
import type { Closeness } from '../tallies/contract.ts'
import type { ShownDay } from '../tallies/running-day.ts'
import { countsOf, denominatorAmong, knowVisits, placeStrata } from '../visits/rules.ts'
import { markAlone } from './change-rules.ts'
import { readWithheld } from './closed.ts'
import { readComments } from './comments.ts'
import type { Offer, PlaceToday, TodayView, Viewer } from './contract.ts'
import { closedPart, readHarm } from './harm.ts'
import { addJudgments } from './judged.ts'
import { saySentences } from './sentence-rules.ts'
import { isOfficeDay, isSilent } from './silence-rules.ts'
import { noTickets, type TicketRates } from './ticket-rates.ts'
import { readScores } from './today.ts'
import { addWarnings } from './warnings.ts'

export type BoardParts = Pick<House, 'database' | 'now' | 'running'> & { warnings: Warnings; rates: TicketRates }

/** Everything a viewer sees of a period; of one day without an answer also the last one before it that had any. */
export async function readBoard(
  parts: BoardParts,
  state: CatalogueState,
  viewer: Viewer,
  asked?: Period,
): Promise<TodayView> {
  const running = await parts.running.read()
  const period = asked ?? { from: running.day, to: running.day }
  const isToday = period.from === running.day && period.to === running.day
  const view = await readPeriod(parts, state, viewer, { period, running, alarms: isToday })
  if (period.from < period.to || view.agencies.some(({ received }) => received > 0)) return view
  const ids = placesOf(state, viewer).map(({ id }) => id)
  const last = await findLastHeardDay(parts.database, { before: period.to, placeIds: ids, least: fewestShown })
  if (last === null) return view
  const question = { period: { from: last, to: last }, running, alarms: isToday }
  return { ...view, lastOpen: await readPeriod(parts, state, viewer, question) }
}

const placesOf = (state: CatalogueState, viewer: Viewer): Place[] =>
  state.places.filter(({ agencyId }) => isInScope(viewer.places, agencyId))

/** `alarms`: this is what the running day opens with, so the last closed week is told. */
type Question = { period: Period; running: ShownDay; alarms: boolean }

async function readPeriod(parts: BoardParts, state: CatalogueState, viewer: Viewer, question: Question) {
  const { period, running } = question
  const places = placesOf(state, viewer)
  const { closeness } = viewer
  const { day } = running
  const closed = closedPart(period, day)
  const withheld = await readWithheld(parts.database, places, { period: closed, closeness })
  const [measured, harm, comments] = await Promise.all([
    readAgencies(parts, state, { places, viewer, question }),
    readHarm(parts.database, state, places, { period, running, withheld }),
    readComments(parts.database, viewer.comments, places, { period, running }),
  ])
  const { agencies } = question.alarms
    ? { agencies: await addWarnings(measured.agencies, { state, warnings: parts.warnings, today: day, closeness }) }
    : measured
  const judged = await addJudgments(parts.database, state, agencies, { period: closed, withheld })
  const said = saySentences(judged, harm.criteria)
  return { ...measured, agencies: markAlone(judged), ...harm, comments, said, offer: viewer.offer, lastOpen: null }
}

type Asked = { places: Place[]; viewer: Viewer; question: Question }

/** Scores and counts of each agency and its places. */
async function readAgencies(
  { database, now, rates }: BoardParts,
  state: CatalogueState,
  { places, viewer, question: { period, running } }: Asked,
) {
  const today = running.day
  const ids = places.map(({ id }) => id)
  const isToday = period.from === today && period.to === today
  const [scores, reaches, openings, isQuiet] = await Promise.all([
    readScores(database, state, {
      period,
      running,
      scope: viewer.places,
      closeness: viewer.closeness,
      earlier: earlierPeriods(period),
    }),
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
  const tickets = await Promise.all(scores.agencies.map(({ code }) => rates(idsOf(code), today)))
  const agencies = scores.agencies.map((agency, index) => ({
    ...agency,
    proven: proven[index] ?? null,
    tickets: tickets[index] ?? noTickets,
    reach: reaches(places.filter((place) => place.agency.code === agency.code)),
    places: agency.places.map(finish),
  }))
  return { ...scores, agencies }
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
  closeness: closenessOf(member),
  comments: mayDo(member, 'cases.read') ? scopeOf(member, 'cases.read') : null,
  offer: offerOf(member),
})

/** Whoever may export responses has their rows; nobody else looks closer than at groups. */
export const closenessOf = (member: StaffMember): Closeness => (mayDo(member, 'exports.make') ? 'rows' : 'groups')

/** What brings answers: posters for whoever may print them, else slips to give out. */
const offerOf = (member: StaffMember): Offer =>
  mayDo(member, 'places.read') ? 'posters' : mayDo(member, 'tickets.give') ? 'tickets' : null

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

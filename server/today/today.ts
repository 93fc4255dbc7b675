import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { type PlaceDay, tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { tallyByPlaceAndWeek } from '../../db/tallies/weeks.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { PlaceId, Scope } from '../catalogue/contract.ts'
import { countDays, daysBefore, halfOf } from '../days.ts'
import { compareWith, type Earlier, type Period } from '../indicators/period-rules.ts'
import { dueOfAll, dueOfPlace, targetOfPlace } from '../indicators/target-rules.ts'
import type { Sums } from '../score/contract.ts'
import { addSums, noSums, shownScoreOf } from '../score/rules.ts'
import { isInScope } from '../staff/permission-rules.ts'
import type { ShownDay } from '../tallies/running-day.ts'
import { sumsOf } from '../tallies/running-day-rules.ts'
import type { AgencyToday, PlaceToday, TodayView } from './contract.ts'
import { notJudged } from './judged-rules.ts'
import { noTickets } from './ticket-rates.ts'

const trendDays = 14
/** Days of a longer period are drawn by weeks. */
const longestDailyTrend = 31

/** Scores, counts and comparisons: all that the tallies alone say. */
export type Scores = Pick<TodayView, 'from' | 'day' | 'isToday' | 'agencies'>

export type ScoresAsked = { period: Period; running: ShownDay; scope?: Scope; earlier?: Omit<Earlier, 'sums'>[] }

/**
 * The places of a scope over a period. Of the running day a place shows its morning at most, an agency its running score
 * (server/tallies/running-day-rules.ts), counts move at once; the closed days before it are exact. Each score is compared with those of the `earlier` periods. Reads months and cells.
 */
export async function readScores(
  database: Database,
  state: CatalogueState,
  { period, running, scope = 'all', earlier = [] }: ScoresAsked,
): Promise<Scores> {
  const places = state.places.filter(({ agencyId }) => isInScope(scope, agencyId))
  const ids = places.map(({ id }) => id)
  const { day: today } = running
  const hasToday = period.from <= today && period.to >= today
  const [counted, trends, before, indicators] = await Promise.all([
    readPeriod(database, state, ids, { period, running }),
    readTrends(database, ids, period, today),
    Promise.all(earlier.map((one) => sumPlaces(database, state, ids, one))),
    readIndicators(database),
  ])
  const agencyScores = hasToday ? running.agencies : null
  const parts = { to: period.to, counted, trends, earlier, before, indicators, agencyScores }
  const agencies = state.agencies
    .map((agency) => ({ agency, own: places.filter(({ agencyId }) => agencyId === agency.id) }))
    .filter(({ own }) => own.length > 0)
    .map(({ agency, own }) => describeAgency(agency, own, parts))
  const isToday = period.from === today && period.to === today
  return { from: period.from, day: period.to, isToday, agencies }
}

type Counted = {
  received: number
  setAside: number
  /** Of the closed days alone, and with what the place shows of the running day. */
  closed: Sums
  sums: Sums
  /** When the last answer came (ISO); null without one, and over several days. */
  lastAt: string | null
}
type Trend = PlaceToday['trend']
type Parts = {
  to: string
  counted: Map<PlaceId, Counted>
  trends: Map<PlaceId, Trend>
  earlier: Omit<Earlier, 'sums'>[]
  before: Map<PlaceId, Sums>[]
  indicators: Indicator[]
  /** Null where the running day is not in the period. */
  agencyScores: ShownDay['agencies'] | null
}

/** Sums of closed days, exact. */
async function sumPlaces(database: Database, state: CatalogueState, placeIds: PlaceId[], { from, to }: Period) {
  const slices = from > to ? [] : await tallyBy(database, 'place', everything(state, placeIds), { from, to })
  return new Map(slices.map(({ key, sums }) => [Number(key) as PlaceId, sums ?? noSums]))
}

const everything = (state: CatalogueState, placeIds: PlaceId[]) => ({
  versionIds: state.versions.map(({ id }) => id),
  placeIds,
})

/** What came in the period; of the running day the mornings that show, everything before it as it is. */
async function readPeriod(
  database: Database,
  state: CatalogueState,
  ids: PlaceId[],
  { period: { from, to }, running: { day: today, mornings } }: { period: Period; running: ShownDay },
): Promise<Map<PlaceId, Counted>> {
  const isDay = from === to
  const hasToday = from <= today && to >= today
  const closedTo = hasToday || isDay ? daysBefore(to, 1) : to
  const [slices, rows] = await Promise.all([
    from > closedTo ? [] : tallyBy(database, 'place', everything(state, ids), { from, to: closedTo }),
    isDay || hasToday ? tallyByPlaceAndDay(database, to, to, ids) : [],
  ])
  return new Map(
    ids.map((id) => {
      const closed = slices.find(({ key }) => Number(key) === id)
      const last = rows.find(({ placeId }) => placeId === id)
      const closedSums = closed?.sums ?? noSums
      return [
        id,
        {
          received: (closed?.received ?? 0) + (last?.received ?? 0),
          setAside: (closed?.setAside ?? 0) + (last?.setAside ?? 0),
          closed: closedSums,
          sums: addSums(closedSums, hasToday ? sumsOf(mornings.get(id) ?? []) : (last?.sums ?? noSums)),
          lastAt: isDay && last ? last.lastReceivedAt : null,
        },
      ]
    }),
  )
}

/** The closed days that a small line draws. */
async function readTrends(database: Database, ids: PlaceId[], period: Period, today: string) {
  const yesterday = daysBefore(today, 1)
  const isDay = period.from === period.to
  const from = isDay ? daysBefore(period.to, trendDays) : period.from
  const to = isDay ? daysBefore(period.to, 1) : period.to < today ? period.to : yesterday
  const long = countDays(from, to) > longestDailyTrend
  const rows: Pick<PlaceDay, 'placeId' | 'day' | 'sums'>[] = long
    ? (await tallyByPlaceAndWeek(database, from, to)).map(({ week, ...row }) => ({ ...row, day: week }))
    : await tallyByPlaceAndDay(database, from, to, ids)
  const days = long ? [...new Set(rows.map(({ day }) => day))].sort() : listDays(from, to)
  const drawOf = (id: PlaceId): Trend => {
    const own = new Map(rows.filter(({ placeId }) => placeId === id).map(({ day, sums }) => [day, sums]))
    return days.map((day) => {
      const { score, responses } = shownScoreOf(own.get(day) ?? noSums)
      return { day, score, responses }
    })
  }
  return new Map(ids.map((id) => [id, drawOf(id)]))
}

const listDays = (from: string, to: string) =>
  Array.from({ length: Math.max(0, countDays(from, to)) }, (_, index) => daysBefore(from, -index))

function describeAgency({ id, code, name }: Place['agency'], own: Place[], parts: Parts): AgencyToday {
  const places = own.map((place) => describePlace(place, parts))
  const add = (sums: (Sums | undefined)[]) => sums.reduce<Sums>((all, one) => (one ? addSums(all, one) : all), noSums)
  const running = parts.agencyScores?.get(id)
  const which = parts.agencyScores ? 'closed' : 'sums'
  const shown = shownScoreOf(add([running?.sums, ...own.map((place) => parts.counted.get(place.id)?.[which])]))
  const earlier = parts.earlier.map((one, index) => ({
    ...one,
    sums: add(own.map((place) => parts.before[index]?.get(place.id))),
  }))
  return {
    code,
    name: name.vi,
    shown,
    through: running?.through ?? null,
    places,
    reach: null,
    proven: null,
    tickets: noTickets,
    received: places.reduce((sum, { received }) => sum + received, 0),
    setAside: places.reduce((sum, { setAside }) => sum + setAside, 0),
    target: Math.max(...places.map(({ target }) => target)),
    dueFrom: dueOfAll(own, parts.indicators, parts.to),
    judged: notJudged,
    comparisons: compareWith(shown, earlier),
  }
}

function describePlace(place: Place, parts: Parts): PlaceToday {
  const { received, setAside, sums, lastAt } = parts.counted.get(place.id) as Counted
  const shown = shownScoreOf(sums)
  const earlier = parts.earlier.map((one, index) => ({ ...one, sums: parts.before[index]?.get(place.id) ?? noSums }))
  return {
    code: place.code,
    name: place.name.vi,
    open: place.open,
    received,
    setAside,
    lastAnswer: lastAt ? halfOf(lastAt) : null,
    shown,
    trend: parts.trends.get(place.id) ?? [],
    target: targetOfPlace(place, parts.indicators),
    dueFrom: dueOfPlace(place, parts.indicators, parts.to),
    judged: notJudged,
    comparisons: compareWith(shown, earlier),
    reach: null,
    openings: null,
    silent: false,
  }
}

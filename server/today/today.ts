import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { type PlaceDay, tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { tallyByPlaceAndWeek } from '../../db/tallies/weeks.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { AgencyId, PlaceId, Scope } from '../catalogue/contract.ts'
import { countDays, daysBefore, halfOf } from '../days.ts'
import { compareWith, type Earlier, type Period } from '../indicators/period-rules.ts'
import { dueOfAll, dueOfPlace, targetOfPlace } from '../indicators/target-rules.ts'
import type { Sums } from '../score/contract.ts'
import { addSums, noSums, shownScoreOf } from '../score/rules.ts'
import { isInScope } from '../staff/permission-rules.ts'
import type { Closeness } from '../tallies/contract.ts'
import type { ShownDay } from '../tallies/running-day.ts'
import { sumsOf } from '../tallies/running-day-rules.ts'
import { leastOfDay } from '../tallies/small-days-rules.ts'
import { type ClosedPlace, type ClosedSums, sumClosed } from './closed.ts'
import type { AgencyToday, PlaceToday, TodayView } from './contract.ts'
import { notJudged } from './judged-rules.ts'
import { noTickets } from './ticket-rates.ts'

const trendDays = 14
/** Days of a longer period are drawn by weeks. */
const longestDailyTrend = 31

/** Scores, counts and comparisons: all that the tallies alone say. */
export type Scores = Pick<TodayView, 'from' | 'day' | 'isToday' | 'agencies'>

export type ScoresAsked = {
  period: Period
  running: ShownDay
  scope?: Scope
  earlier?: Omit<Earlier, 'sums'>[]
  /** Without it, the reader is one of those who may export responses. */
  closeness?: Closeness
}

/**
 * The places of a scope over a period. Of the running day a place shows its morning at most, an agency its running score
 * (server/tallies/running-day-rules.ts), counts move at once; the closed days before it are as close as the reader may look
 * (server/tallies/small-days-rules.ts). Each score is compared with those of the `earlier` periods. Reads months and cells.
 */
export async function readScores(
  database: Database,
  state: CatalogueState,
  { period, running, scope = 'all', earlier = [], closeness = 'rows' }: ScoresAsked,
): Promise<Scores> {
  const places = state.places.filter(({ agencyId }) => isInScope(scope, agencyId))
  const ids = places.map(({ id }) => id)
  const { day: today } = running
  const hasToday = period.from <= today && period.to >= today
  const [counted, trends, before, indicators] = await Promise.all([
    readPeriod(database, state, places, { period, running, closeness }),
    readTrends(database, ids, { period, today, closeness }),
    Promise.all(earlier.map((one) => sumClosed(database, state, places, { period: one, closeness }))),
    readIndicators(database),
  ])
  const agencyScores = hasToday ? running.agencies : null
  const { counts, closed } = counted
  const parts = { to: period.to, counts, closed: closed.agencies, trends, earlier, before, indicators, agencyScores }
  const agencies = state.agencies
    .map((agency) => ({ agency, own: places.filter(({ agencyId }) => agencyId === agency.id) }))
    .filter(({ own }) => own.length > 0)
    .map(({ agency, own }) => describeAgency(agency, own, parts))
  const isToday = period.from === today && period.to === today
  return { from: period.from, day: period.to, isToday, agencies }
}

/** Its sums with what the place shows of the running day. */
type Counted = ClosedPlace & {
  /** When the last answer came (ISO); null without one, and over several days. */
  lastAt: string | null
}
type Trend = PlaceToday['trend']
type Parts = {
  to: string
  counts: Map<PlaceId, Counted>
  /** Closed days of agencies. */
  closed: Map<AgencyId, Sums>
  trends: Map<PlaceId, Trend>
  earlier: Omit<Earlier, 'sums'>[]
  before: ClosedSums[]
  indicators: Indicator[]
  /** Null where the running day is not in the period. */
  agencyScores: ShownDay['agencies'] | null
}

/** What came in the period; of the running day the mornings that show, closed days as close as the reader may look. */
async function readPeriod(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period, running, closeness }: { period: Period; running: ShownDay; closeness: Closeness },
): Promise<{ counts: Map<PlaceId, Counted>; closed: ClosedSums }> {
  const { from, to } = period
  const { day: today, mornings } = running
  const isDay = from === to
  const hasToday = from <= today && to >= today
  const ids = places.map(({ id }) => id)
  const [closed, rows] = await Promise.all([
    sumClosed(database, state, places, { period: { from, to: hasToday ? daysBefore(to, 1) : to }, closeness }),
    isDay || hasToday ? tallyByPlaceAndDay(database, to, to, ids) : [],
  ])
  const countOf = (id: PlaceId): Counted => {
    const own = closed.places.get(id) ?? { received: 0, setAside: 0, sums: noSums, waiting: 0 }
    const last = rows.find(({ placeId }) => placeId === id)
    const lastAt = isDay && last ? last.lastReceivedAt : null
    if (!hasToday) return { ...own, lastAt }
    return {
      ...own,
      received: own.received + (last?.received ?? 0),
      setAside: own.setAside + (last?.setAside ?? 0),
      sums: addSums(own.sums, sumsOf(mornings.get(id) ?? [])),
      lastAt,
    }
  }
  return { counts: new Map(ids.map((id) => [id, countOf(id)])), closed }
}

/** The closed days that a small line draws. */
async function readTrends(
  database: Database,
  ids: PlaceId[],
  { period, today, closeness }: { period: Period; today: string; closeness: Closeness },
) {
  const yesterday = daysBefore(today, 1)
  const isDay = period.from === period.to
  const from = isDay ? daysBefore(period.to, trendDays) : period.from
  const to = isDay ? daysBefore(period.to, 1) : period.to < today ? period.to : yesterday
  const long = countDays(from, to) > longestDailyTrend
  const rows: Pick<PlaceDay, 'placeId' | 'day' | 'sums'>[] = long
    ? (await tallyByPlaceAndWeek(database, from, to, leastOfDay(closeness))).map(({ week, ...row }) => ({
        ...row,
        day: week,
      }))
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
  const shown = shownScoreOf(add([running?.sums, parts.closed.get(id)]))
  const earlier = parts.earlier.map((one, index) => ({
    ...one,
    sums: parts.before[index]?.agencies.get(id) ?? noSums,
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
  const { received, setAside, sums, waiting, lastAt } = parts.counts.get(place.id) as Counted
  const shown = shownScoreOf(sums)
  const earlier = parts.earlier.map((one, index) => ({
    ...one,
    sums: parts.before[index]?.places.get(place.id)?.sums ?? noSums,
  }))
  return {
    code: place.code,
    name: place.name.vi,
    open: place.open,
    received,
    setAside,
    lastAnswer: lastAt ? halfOf(lastAt) : null,
    shown,
    waiting,
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

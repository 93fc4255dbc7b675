import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import { tallyBy } from '../../db/tallies/slices.ts'
import { moveHeldSums, type PlaceDay, tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { tallyByPlaceAndWeek } from '../../db/tallies/weeks.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { PlaceId, Scope } from '../catalogue/contract.ts'
import { clockOf, countDays, daysBefore } from '../days.ts'
import { compareWith, type Earlier, type Period } from '../indicators/period-rules.ts'
import { targetOfPlace } from '../indicators/target-rules.ts'
import type { Sums } from '../score/contract.ts'
import { addSums, noSums, scoreOf } from '../score/rules.ts'
import { isInScope } from '../staff/permission-rules.ts'
import { heldStep } from '../tallies/rules.ts'
import type { AgencyToday, PlaceToday, TodayView } from './contract.ts'

const trendDays = 14
/** Days of a longer period are drawn by weeks. */
const longestDailyTrend = 31

/** Scores, counts and comparisons: all that the tallies alone say. */
export type Scores = Pick<TodayView, 'from' | 'day' | 'isToday' | 'agencies'>

export type ScoresAsked = { period: Period; today: string; scope?: Scope; earlier?: Omit<Earlier, 'sums'>[] }

/**
 * The places of a scope over a period. On the running day scores are held back (rules: heldStep), counts are not; the
 * closed days before it are exact. Each score is compared with those of the `earlier` periods. Reads months and cells.
 */
export async function readScores(
  database: Database,
  state: CatalogueState,
  { period, today, scope = 'all', earlier = [] }: ScoresAsked,
): Promise<Scores> {
  const places = state.places.filter(({ agencyId }) => isInScope(scope, agencyId))
  const ids = places.map(({ id }) => id)
  const [counted, trends, before, indicators] = await Promise.all([
    readPeriod(database, state, ids, { period, today }),
    readTrends(database, ids, period, today),
    Promise.all(earlier.map((one) => sumPlaces(database, state, ids, one))),
    readIndicators(database),
  ])
  const parts = { counted, trends, earlier, before, indicators }
  const agencies = state.agencies
    .map((agency) => ({ agency, own: places.filter(({ agencyId }) => agencyId === agency.id) }))
    .filter(({ own }) => own.length > 0)
    .map(({ agency, own }) => describeAgency(agency.code, agency.name.vi, own, parts))
  const isToday = period.from === today && period.to === today
  return { from: period.from, day: period.to, isToday, agencies }
}

type Counted = { received: number; setAside: number; sums: Sums; lastAnswer: string | null }
type Trend = PlaceToday['trend']
type Parts = {
  counted: Map<PlaceId, Counted>
  trends: Map<PlaceId, Trend>
  earlier: Omit<Earlier, 'sums'>[]
  before: Map<PlaceId, Sums>[]
  indicators: Indicator[]
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

/** What came in the period; the running day's sums as held, everything before it as it is. */
async function readPeriod(
  database: Database,
  state: CatalogueState,
  ids: PlaceId[],
  { period: { from, to }, today }: { period: Period; today: string },
): Promise<Map<PlaceId, Counted>> {
  const isDay = from === to
  const hasToday = from <= today && to >= today
  const closedTo = hasToday || isDay ? daysBefore(to, 1) : to
  const [slices, rows, held] = await Promise.all([
    from > closedTo ? [] : tallyBy(database, 'place', everything(state, ids), { from, to: closedTo }),
    isDay || hasToday ? tallyByPlaceAndDay(database, to, to, ids) : [],
    hasToday ? moveHeldSums(database, { scope: 'all', selection: null, day: today, step: heldStep }) : null,
  ])
  return new Map(
    ids.map((id) => {
      const closed = slices.find(({ key }) => Number(key) === id)
      const last = rows.find(({ placeId }) => placeId === id)
      return [
        id,
        {
          received: (closed?.received ?? 0) + (last?.received ?? 0),
          setAside: (closed?.setAside ?? 0) + (last?.setAside ?? 0),
          sums: addSums(closed?.sums ?? noSums, (held ? held.get(id) : last?.sums) ?? noSums),
          lastAnswer: isDay && last ? clockOf(Date.parse(last.lastReceivedAt)) : null,
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
      const { score, responses } = scoreOf(own.get(day) ?? noSums)
      return { day, score, responses }
    })
  }
  return new Map(ids.map((id) => [id, drawOf(id)]))
}

const listDays = (from: string, to: string) =>
  Array.from({ length: Math.max(0, countDays(from, to)) }, (_, index) => daysBefore(from, -index))

function describeAgency(code: string, name: string, own: Place[], parts: Parts): AgencyToday {
  const places = own.map((place) => describePlace(place, parts))
  const add = (sums: (Sums | undefined)[]) => sums.reduce<Sums>((all, one) => (one ? addSums(all, one) : all), noSums)
  const shown = scoreOf(add(own.map(({ id }) => parts.counted.get(id)?.sums)))
  const earlier = parts.earlier.map((one, index) => ({
    ...one,
    sums: add(own.map(({ id }) => parts.before[index]?.get(id))),
  }))
  return {
    code,
    name,
    shown,
    places,
    reach: null,
    proven: null,
    received: places.reduce((sum, { received }) => sum + received, 0),
    setAside: places.reduce((sum, { setAside }) => sum + setAside, 0),
    target: Math.max(...places.map(({ target }) => target)),
    comparisons: compareWith(shown, earlier),
  }
}

function describePlace(place: Place, parts: Parts): PlaceToday {
  const { received, setAside, sums, lastAnswer } = parts.counted.get(place.id) as Counted
  const shown = scoreOf(sums)
  const earlier = parts.earlier.map((one, index) => ({ ...one, sums: parts.before[index]?.get(place.id) ?? noSums }))
  return {
    code: place.code,
    name: place.name.vi,
    open: place.open,
    received,
    setAside,
    lastAnswer,
    shown,
    trend: parts.trends.get(place.id) ?? [],
    target: targetOfPlace(place, parts.indicators),
    comparisons: compareWith(shown, earlier),
    reach: null,
    openings: null,
    silentSince: null,
  }
}

import type { Database } from '../../db/client.ts'
import { type PlaceWeek, tallyByPlaceAndWeek } from '../../db/tallies/weeks.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { Definition, PlaceId } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import { signalsOf, type WeekPoint } from '../score/control-chart.ts'
import { noSums } from '../score/rules.ts'
import type { Closeness } from '../tallies/contract.ts'
import { leastOfDay } from '../tallies/small-days-rules.ts'
import type { PlaceWeeks } from './detail/contract.ts'
import { mondayOf } from './period-rules.ts'

/** Half a year is drawn; the baseline of its first weeks needs half a year more. */
const readWeeks = 60
export const drawnWeeks = 26

export type Charts = Map<PlaceId, WeekPoint[]>

/** The weekly charts of all places, up to the last week that is over. */
export type Warnings = { read(today: string, closeness?: Closeness): Promise<Charts> }

/** Closed weeks do not move, so one reading serves a day. Kept per process: the same rows give the same charts. */
export function createWarnings(database: Database): Warnings {
  const kept = new Map<Closeness, { today: string; charts: Promise<Charts> }>()
  return {
    read: (today, closeness = 'rows') => {
      const known = kept.get(closeness)
      if (known?.today === today) return known.charts
      const charts = readCharts(database, today, closeness)
      kept.set(closeness, { today, charts })
      // Its readers get the failure; the next one reads anew.
      charts.catch(() => kept.delete(closeness))
      return charts
    },
  }
}

/** The charts of the places that an indicator takes whole; one of some fields or modes has no week of its own. */
export function chartsOf(definition: Definition, state: CatalogueState, charts: Charts): PlaceWeeks[] {
  if (!takesWholePlaces(definition)) return []
  return state.places
    .filter((place) => place.sector === definition.sector)
    .filter((place) => !definition.questionnaire || place.questionnaire === definition.questionnaire)
    .flatMap(({ id, code, name }) => {
      const weeks = (charts.get(id) ?? []).slice(-drawnWeeks)
      return weeks.some(({ centre }) => centre !== null) ? [{ code, name: name.vi, weeks }] : []
    })
}

export const takesWholePlaces = ({ sector, fields, serviceModes, channels }: Definition): boolean =>
  Boolean(sector) && !fields && !serviceModes && !channels

async function readCharts(database: Database, today: string, closeness: Closeness): Promise<Charts> {
  const last = daysBefore(mondayOf(today), 7)
  const from = daysBefore(last, 7 * (readWeeks - 1))
  const rows = await tallyByPlaceAndWeek(database, from, daysBefore(last, -6), leastOfDay(closeness))
  const byPlace = new Map<PlaceId, PlaceWeek[]>()
  for (const row of rows) byPlace.set(row.placeId, [...(byPlace.get(row.placeId) ?? []), row])
  return new Map([...byPlace].map(([placeId, own]) => [placeId, signalsOf(fillWeeks(own, last))]))
}

/** Every week from the first with answers to the last closed one; a silent week counts nobody. */
function fillWeeks(rows: PlaceWeek[], last: string) {
  const first = rows[0]?.week ?? last
  const count = Math.round((Date.parse(last) - Date.parse(first)) / (7 * 86_400_000)) + 1
  return Array.from({ length: count }, (_, index) => {
    const week = daysBefore(first, -7 * index)
    return { week, sums: rows.find((row) => row.week === week)?.sums ?? noSums }
  })
}

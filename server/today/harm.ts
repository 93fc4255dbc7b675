import type { Database } from '../../db/client.ts'
import { tallyBy, tallyVersions, type VersionTally } from '../../db/tallies/slices.ts'
import { type CatalogueState, type Place, shapeOfVersion } from '../catalogue/catalogue.ts'
import type { Channel, PlaceId } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import { type AskedCounts, rankCriteria, rankFields } from '../indicators/harm-rules.ts'
import type { Period } from '../indicators/period-rules.ts'
import { noSums } from '../score/rules.ts'
import type { ShownDay } from '../tallies/running-day.ts'
import type { DayOfPlace } from '../tallies/small-days-rules.ts'
import type { Withheld } from './closed.ts'
import type { TodayView } from './contract.ts'

/**
 * What citizens were dissatisfied with in the period; criteria of the running day from the mornings that show, fields of
 * closed days only and for whoever may export them (a field of a morning, or of a day, may be one citizen).
 */
export async function readHarm(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period, running, withheld = null }: { period: Period; running: ShownDay; withheld?: Withheld | null },
): Promise<Pick<TodayView, 'criteria' | 'fields'>> {
  const placeIds = places.map(({ id }) => id)
  const closed = closedPart(period, running.day)
  const [tallies, fields] = await Promise.all([
    readTallies(database, state, places, { period, running, without: withheld?.atAgency }),
    withheld ? [] : readFields(database, state, placeIds, closed),
  ])
  return { criteria: rankCriteria(askedIn(state, tallies)), fields: rankFields(fields) }
}

/** The closed days of a period; ends before it begins where there are none. */
export const closedPart = ({ from, to }: Period, today: string): Period => ({
  from,
  to: to < today ? to : daysBefore(today, 1),
})

/** Everything counted by version and channel: closed days but for those left out, and of the running one the mornings that show. */
export async function readTallies(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period, running, without = [] }: { period: Period; running: ShownDay; without?: DayOfPlace[] | undefined },
): Promise<VersionTally[]> {
  const placeIds = places.map(({ id }) => id)
  const questionnaires = new Set(places.map(({ questionnaire }) => questionnaire))
  const shapes = state.versions.filter(({ code }) => questionnaires.has(code)).map(shapeOfVersion)
  const leftOut = without.map(({ placeId, day }) => ({ placeId, day }))
  const selection = { versionIds: shapes.map(({ versionId }) => versionId), placeIds, without: leftOut }
  const { from, to } = closedPart(period, running.day)
  const closed = from > to ? [] : await tallyVersions(database, shapes, selection, { from, to })
  const mornings = period.to < running.day ? [] : placeIds.flatMap((id) => running.mornings.get(id) ?? [])
  return [...closed, ...mornings]
}

/** The same with what each version asks, as harm is ranked by. */
export const askedIn = (state: CatalogueState, tallies: VersionTally[]): AskedCounts[] =>
  tallies.flatMap(({ versionId, channel, counts }) => asAsked(state, versionId, channel, counts))

function asAsked(state: CatalogueState, versionId: number, channel: Channel, counts: number[]): AskedCounts[] {
  const version = state.versionById.get(versionId)
  if (!version) return []
  const { code: questionnaire, plan } = version
  return [{ questionnaire, title: plan.definition.title.vi, plan, channel, counts }]
}

async function readFields(database: Database, state: CatalogueState, placeIds: PlaceId[], { from, to }: Period) {
  const selection = { versionIds: state.versions.map(({ id }) => id), placeIds }
  const closed = from > to ? [] : await tallyBy(database, 'field', selection, { from, to })
  const nameOf = (key: string) => state.fields.find(({ id }) => String(id) === key)?.name.vi
  return closed.flatMap(({ key, sums }) => {
    const label = nameOf(key)
    return label ? [{ key, label, sums: sums ?? noSums }] : []
  })
}

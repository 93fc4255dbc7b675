import type { Database } from '../../db/client.ts'
import { tallyBy, tallyVersions } from '../../db/tallies/slices.ts'
import { type CatalogueState, type Place, shapeOfVersion } from '../catalogue/catalogue.ts'
import type { Channel, PlaceId } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import { type AskedCounts, rankCriteria, rankFields } from '../indicators/harm-rules.ts'
import type { Period } from '../indicators/period-rules.ts'
import { noSums } from '../score/rules.ts'
import type { ShownDay } from '../tallies/running-day.ts'
import type { TodayView } from './contract.ts'

/**
 * What citizens were dissatisfied with in the period; criteria of the running day from the mornings that show, fields of
 * closed days only (a field of a morning may be one citizen), closed days as they are.
 */
export async function readHarm(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period, running }: { period: Period; running: ShownDay },
): Promise<Pick<TodayView, 'criteria' | 'fields'>> {
  const placeIds = places.map(({ id }) => id)
  const isOver = period.to < running.day
  const closed = { from: period.from, to: isOver ? period.to : daysBefore(running.day, 1) }
  const [criteria, fields] = await Promise.all([
    readCounts(database, state, places, { period: closed, running: isOver ? null : running }),
    readFields(database, state, placeIds, closed),
  ])
  return { criteria: rankCriteria(criteria), fields: rankFields(fields) }
}

async function readCounts(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period: { from, to }, running }: { period: Period; running: ShownDay | null },
): Promise<AskedCounts[]> {
  const placeIds = places.map(({ id }) => id)
  const questionnaires = new Set(places.map(({ questionnaire }) => questionnaire))
  const shapes = state.versions.filter(({ code }) => questionnaires.has(code)).map(shapeOfVersion)
  const selection = { versionIds: shapes.map(({ versionId }) => versionId), placeIds }
  const closed = from > to ? [] : await tallyVersions(database, shapes, selection, { from, to })
  const mornings = placeIds.flatMap((id) => running?.mornings.get(id) ?? [])
  return [...closed, ...mornings].flatMap(({ versionId, channel, counts }) =>
    asAsked(state, versionId, channel, counts),
  )
}

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

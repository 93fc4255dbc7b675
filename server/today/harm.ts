import type { Database } from '../../db/client.ts'
import { tallyBy, tallyVersions } from '../../db/tallies/slices.ts'
import { moveHeldFields, readHeldCounts } from '../../db/today/today.ts'
import { type CatalogueState, type Place, shapeOfVersion } from '../catalogue/catalogue.ts'
import type { Channel, PlaceId } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import { type AskedCounts, rankCriteria, rankFields } from '../indicators/harm-rules.ts'
import type { Period } from '../indicators/period-rules.ts'
import { noSums } from '../score/rules.ts'
import { heldStep } from '../tallies/rules.ts'
import type { TodayView } from './contract.ts'

/** What citizens were dissatisfied with in the period; the running day as held, closed days as they are. */
export async function readHarm(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period, today }: { period: Period; today: string },
): Promise<Pick<TodayView, 'criteria' | 'fields'>> {
  const placeIds = places.map(({ id }) => id)
  const closed = { from: period.from, to: period.to < today ? period.to : daysBefore(today, 1) }
  const hasToday = period.to >= today
  const [criteria, fields] = await Promise.all([
    readCounts(database, state, places, { period: closed, today: hasToday ? today : null }),
    readFields(database, state, placeIds, { period: closed, today: hasToday ? today : null }),
  ])
  return { criteria: rankCriteria(criteria), fields: rankFields(fields) }
}

async function readCounts(
  database: Database,
  state: CatalogueState,
  places: Place[],
  { period: { from, to }, today }: { period: Period; today: string | null },
): Promise<AskedCounts[]> {
  const placeIds = places.map(({ id }) => id)
  const questionnaires = new Set(places.map(({ questionnaire }) => questionnaire))
  const shapes = state.versions.filter(({ code }) => questionnaires.has(code)).map(shapeOfVersion)
  const selection = { versionIds: shapes.map(({ versionId }) => versionId), placeIds }
  const [closed, held] = await Promise.all([
    from > to ? [] : tallyVersions(database, shapes, selection, { from, to }),
    today ? readHeldCounts(database, today, placeIds) : [],
  ])
  return [...closed, ...held].flatMap(({ versionId, channel, counts }) => asAsked(state, versionId, channel, counts))
}

function asAsked(state: CatalogueState, versionId: number, channel: Channel, counts: number[]): AskedCounts[] {
  const version = state.versionById.get(versionId)
  if (!version) return []
  const { code: questionnaire, plan } = version
  return [{ questionnaire, title: plan.definition.title.vi, plan, channel, counts }]
}

async function readFields(
  database: Database,
  state: CatalogueState,
  placeIds: PlaceId[],
  { period: { from, to }, today }: { period: Period; today: string | null },
) {
  const selection = { versionIds: state.versions.map(({ id }) => id), placeIds }
  const [closed, held] = await Promise.all([
    from > to ? [] : tallyBy(database, 'field', selection, { from, to }),
    today ? moveHeldFields(database, today, heldStep, placeIds) : [],
  ])
  const nameOf = (key: string) => state.fields.find(({ id }) => String(id) === key)?.name.vi
  return [...closed, ...held.map(({ fieldId, sums }) => ({ key: String(fieldId), sums }))].flatMap(({ key, sums }) => {
    const label = nameOf(key)
    return label ? [{ key, label, sums: sums ?? noSums }] : []
  })
}

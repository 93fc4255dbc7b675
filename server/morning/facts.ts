import { countDue } from '../../db/cases/next.ts'
import { tallyVersions } from '../../db/tallies/slices.ts'
import { type PlaceDay, tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { readVisits } from '../../db/visits/visits.ts'
import { readsRestricted } from '../cases/rules.ts'
import { type CatalogueState, type Place, shapeOfVersion } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import type { IndicatorParts } from '../indicators/parts.ts'
import { mondayOf } from '../indicators/period-rules.ts'
import { addSums, noSums } from '../score/rules.ts'
import type { StaffMember } from '../staff/contract.ts'
import { isInScope, mayDo, scopeOf } from '../staff/permission-rules.ts'
import { shownOfDays } from '../tallies/small-days-rules.ts'
import { countsOf, denominatorOf, placeStrata } from '../visits/rules.ts'
import type { Fall, MorningAlert, MorningFacts } from './contract.ts'
import { compareDays, comparedDays, lastDayOf, searchedDays, shownScore, worstOf } from './rules.ts'

export type MorningReading = Pick<IndicatorParts, 'database' | 'warnings' | 'today'>
type Agency = CatalogueState['agencies'][number]

/** What the morning of an agency is told from, as far as this member may read it. */
export async function readMorning(
  parts: MorningReading,
  state: CatalogueState,
  member: StaffMember,
  agency: Agency,
): Promise<MorningFacts> {
  const today = parts.today()
  const places = state.places.filter(({ agencyId }) => agencyId === agency.id)
  const ids = places.map(({ id }) => id)
  const [rows, falls] = await Promise.all([
    tallyByPlaceAndDay(parts.database, daysBefore(today, searchedDays), daysBefore(today, 1), ids),
    findFalls(parts, state, [agency.id]),
  ])
  const last = lastDayOf(rows)
  const score = last && shownScore(last.sums)
  const mayReadCases = mayDo(member, 'cases.read', agency.id)
  // Nothing of the running day is due.
  const reader = { scope: [agency.id], restricted: false, today, shownMornings: [] }
  const day = last?.day ?? daysBefore(today, 1)
  return {
    agency: { code: agency.code, name: agency.name.vi },
    today,
    day: last?.day ?? null,
    score,
    ...(last && score ? await readDay(parts, state, places, { day: last.day, score, rows }) : nothing),
    falls,
    due: mayReadCases ? await countDue(parts.database, reader, day) : null,
  }
}

const nothing = { visits: null, before: null, worst: null }

async function readDay(
  { database, today }: MorningReading,
  state: CatalogueState,
  places: Place[],
  { day, score, rows }: { day: string; score: NonNullable<MorningFacts['score']>; rows: PlaceDay[] },
): Promise<Pick<MorningFacts, 'visits' | 'before' | 'worst'>> {
  const shapes = state.versions.map(shapeOfVersion)
  const placeIds = places.map(({ id }) => id)
  const ofDay = rows.filter((row) => row.day === day)
  const shown = new Set(shownOfDays(ofDay))
  const without = ofDay.filter((row) => !shown.has(row)).map(({ placeId }) => ({ placeId, day }))
  const selection = { versionIds: shapes.map(({ versionId }) => versionId), placeIds, without }
  const range = { from: day, to: day }
  const [earlier, tallies, counts] = await Promise.all([
    tallyByPlaceAndDay(database, daysBefore(day, comparedDays), daysBefore(day, 1), placeIds),
    tallyVersions(database, shapes, selection, range),
    readVisits(database, day, day),
  ])
  const asked = tallies.flatMap(({ versionId, channel, counts: given }) => {
    const version = state.versionById.get(versionId)
    if (!version) return []
    const { code: questionnaire, plan } = version
    return [{ questionnaire, title: plan.definition.title.vi, plan, channel, counts: given }]
  })
  const visited = places.filter(({ sector }) => countsOf(sector) === 'visits')
  const question = { counts, by: 'place' as const, strata: placeStrata(visited), range, today: today() }
  return {
    before: compareDays(
      score,
      shownOfDays(earlier).reduce((all, { sums }) => addSums(all, sums ?? noSums), noSums),
    ),
    worst: worstOf(asked, score),
    visits: visited.length === places.length ? denominatorOf({ ...question, responses: [] }).visits : null,
  }
}

/** Places of these agencies whose last closed week fell by more than chance explains. */
async function findFalls({ warnings, today }: MorningReading, state: CatalogueState, scope: Scope): Promise<Fall[]> {
  const charts = await warnings.read(today())
  const week = daysBefore(mondayOf(today()), 7)
  return state.places
    .filter(({ agencyId }) => isInScope(scope, agencyId))
    .filter(({ id }) => {
      const last = charts.get(id)?.at(-1)
      return last?.week === week && last.signal === 'fall'
    })
    .map(({ name }) => ({ place: name.vi, week }))
}

/** What presses, for the head of an agency and whoever else answers for one; null where nothing does. */
export async function findAlert(
  parts: MorningReading,
  state: CatalogueState,
  member: StaffMember,
): Promise<MorningAlert | null> {
  const today = parts.today()
  const reader = { scope: scopeOf(member, 'cases.read'), restricted: readsRestricted(member), today, shownMornings: [] }
  const [due, falls] = await Promise.all([
    mayDo(member, 'cases.read') ? countDue(parts.database, reader, today) : null,
    findFalls(parts, state, scopeOf(member, 'today.read')),
  ])
  return { late: due?.late ?? 0, today: due?.today ?? 0, falls }
}

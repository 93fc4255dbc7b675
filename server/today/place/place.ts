import { tallyBy } from '../../../db/tallies/slices.ts'
import { readPlaceComments } from '../../../db/today/place-comments.ts'
import { countReasons } from '../../../db/today/today.ts'
import { maskPersonalData } from '../../cases/masking-rules.ts'
import type { CatalogueState, Place } from '../../catalogue/catalogue.ts'
import type { PlaceId } from '../../catalogue/contract.ts'
import type { PlaceWeeks } from '../../indicators/detail/contract.ts'
import { describeQuestions } from '../../indicators/detail/questions.ts'
import { describeFields } from '../../indicators/detail/slices.ts'
import { rankCriteria } from '../../indicators/harm-rules.ts'
import { earlierPeriods, type Period } from '../../indicators/period-rules.ts'
import type { Charts } from '../../indicators/warnings.ts'
import { drawnWeeks } from '../../indicators/warnings.ts'
import type { StaffMember } from '../../staff/contract.ts'
import { mayDo, scopeOf } from '../../staff/permission-rules.ts'
import type { ShownDay } from '../../tallies/running-day.ts'
import { type BoardParts, closenessOf } from '../board.ts'
import { readWithheld, type Withheld } from '../closed.ts'
import type { PlaceToday } from '../contract.ts'
import { askedIn, closedPart, readTallies } from '../harm.ts'
import { addJudgments } from '../judged.ts'
import { saySentences } from '../sentence-rules.ts'
import { readScores } from '../today.ts'
import { addWarnings } from '../warnings.ts'
import { rankComments } from './comment-rules.ts'
import type { PlaceComments, PlaceView } from './contract.ts'
import { showCriteria, showFields } from './parts-rules.ts'

/** So many of the newest comments are ranked. */
const searchedComments = 300

type Asked = { member: StaffMember; period: Period; running: ShownDay }

/** Why a place stands where it does: of the running day only what a single place may show. The caller has checked its scope. */
export async function readPlace(
  parts: BoardParts,
  state: CatalogueState,
  place: Place,
  asked: Asked,
): Promise<PlaceView> {
  const { database } = parts
  const { period, running, member } = asked
  const closed = closedPart(period, running.day)
  const closeness = closenessOf(member)
  // What a place keeps back depends on all of its agency's.
  const agency = state.places.filter(({ agencyId }) => agencyId === place.agencyId)
  const withheld = await readWithheld(database, agency, { period: closed, closeness })
  const without = withheld?.atPlaces.filter(({ placeId }) => placeId === place.id)
  const [measured, tallies, fields, comments, charts, reasons] = await Promise.all([
    readMeasured(parts, state, place, { ...asked, withheld }),
    readTallies(database, state, [place], { period, running, without }),
    withheld ? null : readFields(parts, state, place.id, closed),
    readComments(parts, place, asked),
    parts.warnings.read(running.day, closeness),
    mayDo(member, 'review.read', place.agencyId) ? countReasons(database, place.id, closed) : null,
  ])
  const questions = describeQuestions(state, tallies)
  const isToday = period.from === running.day && period.to === running.day
  return {
    from: period.from,
    to: period.to,
    isToday,
    hasToday: period.to >= running.day,
    agency: place.agency.name.vi,
    questionnaire: state.publishedByCode.get(place.questionnaire)?.definition.title.vi ?? place.questionnaire,
    place: measured,
    said: saySentences([{ ...measured, places: [measured] }], rankCriteria(askedIn(state, tallies))),
    criteria: showCriteria(questions.criteria),
    fields: fields && showFields(fields),
    comments,
    weeks: weeksOf(place, charts),
    tickets: await parts.rates([place.id], running.day),
    reasons,
  }
}

/** As its row on the board of the same period, with what the last closed week says where the period reaches to now. */
async function readMeasured(
  { database, warnings }: BoardParts,
  state: CatalogueState,
  place: Place,
  { period, running, member, withheld }: Asked & { withheld: Withheld | null },
): Promise<PlaceToday> {
  const closeness = closenessOf(member)
  const about = { period, running, scope: [place.agencyId], closeness, earlier: earlierPeriods(period) }
  const { agencies } = await readScores(database, state, about)
  const { day: today } = running
  const told = period.to >= today ? await addWarnings(agencies, { state, warnings, today, closeness }) : agencies
  const judged = await addJudgments(database, state, told, { period: closedPart(period, today), withheld })
  return judged.flatMap(({ places }) => places).find(({ code }) => code === place.code) as PlaceToday
}

async function readFields({ database }: BoardParts, state: CatalogueState, placeId: PlaceId, closed: Period) {
  if (closed.from > closed.to) return []
  const selection = { versionIds: state.versions.map(({ id }) => id), placeIds: [placeId] }
  return describeFields(state, await tallyBy(database, 'field', selection, closed))
}

async function readComments(
  { database }: BoardParts,
  place: Place,
  { member, period: { from, to }, running: { day: today, mornings } }: Asked,
): Promise<PlaceComments | null> {
  if (!mayDo(member, 'cases.read', place.agencyId)) return null
  const shownMornings = [...mornings.keys()]
  const question = { placeId: place.id, from, to, today, shownMornings, limit: searchedComments + 1 }
  const rows = await readPlaceComments(database, scopeOf(member, 'cases.read'), question)
  const comments = rows.slice(0, searchedComments).map(({ caseId, body, ...row }) => ({
    ...row,
    id: caseId,
    masked: maskPersonalData(body).masked,
  }))
  return rankComments(comments, rows.length > searchedComments)
}

function weeksOf({ id, code, name }: Place, charts: Charts): PlaceWeeks | null {
  const weeks = (charts.get(id) ?? []).slice(-drawnWeeks)
  return weeks.some(({ score }) => score !== null) ? { code, name: name.vi, weeks } : null
}

import { randomBytes } from 'node:crypto'
import type { CatalogueState, Place, Version } from '../catalogue/catalogue.ts'
import type { Channel, ResponseId, ServiceMode } from '../catalogue/contract.ts'
import { drawCriteria, type Plan } from '../catalogue/draw-rules.ts'
import { pressureCode } from '../catalogue/pressure-contract.ts'
import { isAskedPressure } from '../catalogue/pressure-rules.ts'
import { weekOf } from '../catalogue/week-rules.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { type Problem, problemsOf } from '../problems.ts'
import { answersSchema, Envelope, type ResponseBody } from './answers-schema.ts'
import { isOutsideHours } from './hours-rules.ts'
import { ageOfPage, drawnBytesOfPage, givenMoment, sealPageId } from './page-rules.ts'
import type { Proof } from './proof-contract.ts'
import { decideSource } from './provenance-rules.ts'
import type { ArrivedResponse } from './record.ts'
import { readSeconds } from './rules.ts'

/** Pages and outboxes outlive a publication by this long. */
const retiredAcceptedMs = 30 * 24 * 3_600_000

type Answered = { body: ResponseBody; version: Version; asked: number[] }

/** What every way of answering goes through: the body against the schema of its version and the criteria drawn for its id. */
export function readResponse(
  state: CatalogueState,
  place: Place,
  raw: unknown,
  { allowed, rotationKey, nowMs }: { allowed: readonly Channel[]; rotationKey: string; nowMs: number },
): Answered {
  const version = findVersion(state, place, raw, nowMs)
  const parsed = schemaOf(version).safeParse(raw)
  if (!parsed.success) throw new PublicError('refused', problemsOf(parsed.error))
  const body = parsed.data
  const asked = drawCriteria(version.plan, body.id, rotationKey)
  const problems = [
    ...problemsOfPlace(place, body, allowed),
    ...problemsOfDraw(version, asked, body),
    ...problemsOfPressure(body, rotationKey),
  ]
  if (problems.length > 0) throw new PublicError('refused', problems)
  return { body, version, asked }
}

/** The version the body names, or the published one; a retired one for thirty days more. */
export function findVersion(state: CatalogueState, place: Place, raw: unknown, nowMs: number): Version {
  const envelope = Envelope.safeParse(raw)
  if (!envelope.success) throw new PublicError('refused', problemsOf(envelope.error))
  const published = state.publishedByCode.get(place.questionnaire)
  if (envelope.data.version === undefined && published) return published
  const version = state.versions.find(
    (one) => one.code === place.questionnaire && one.version === envelope.data.version,
  )
  const isAccepted =
    version?.status === 'published' ||
    (version?.status === 'retired' && nowMs - Date.parse(version.retiredAt ?? '') < retiredAcceptedMs)
  if (!version || !isAccepted) {
    throw new PublicError('refused', [
      { path: 'version', message: 'Bộ câu hỏi đã thay đổi; xin mở lại trang và trả lời lại.' },
    ])
  }
  return version
}

/** A plan is made once per published version, so its schema is too. */
const schemas = new WeakMap<Plan, ReturnType<typeof answersSchema>>()

function schemaOf({ plan }: Version) {
  const schema = schemas.get(plan) ?? answersSchema(plan.definition)
  schemas.set(plan, schema)
  return schema
}

function problemsOfPlace(place: Place, body: ResponseBody, allowed: readonly Channel[]): Problem[] {
  const problems: Problem[] = []
  if (body.channel && !allowed.includes(body.channel)) {
    problems.push({ path: 'channel', message: 'Cách trả lời này chỉ dùng được khi cán bộ đã đăng nhập.' })
  }
  if (body.field && !place.fieldCodes.includes(body.field)) {
    problems.push({ path: 'field', message: 'Nơi phục vụ này không có lĩnh vực đó.' })
  }
  return problems
}

function problemsOfDraw(version: Version, asked: number[], body: ResponseBody): Problem[] {
  if (!version.plan.rotates) return []
  const drawn = new Set(asked.map((position) => version.plan.criteria[position]?.code))
  return Object.keys(body.answers)
    .filter((code) => !drawn.has(code))
    .map((code) => ({ path: `answers.${code}`, message: 'Câu này không nằm trong các câu dành cho phiếu này.' }))
}

function problemsOfPressure({ id, extras }: ResponseBody, key: string): Problem[] {
  if (extras?.[pressureCode] === undefined || isAskedPressure(id, key)) return []
  return [{ path: `extras.${pressureCode}`, message: 'Câu này không nằm trong các câu dành cho phiếu này.' }]
}

/** What the server knows about the way a response came. */
export type HowArrived = {
  /** The moment it came. */
  nowMs: number
  /** The channel of this way of answering, where nothing proves another. */
  channel: Channel
  /** When its page was made (readPageTime); null where no page of ours carried its id. */
  pageMadeMs: number | null
  proof: Proof | null
  honeypotFilled: boolean
  saysHousehold: boolean
  deviceHash: string | null
  budgetPerHour: number
  /** What a device tells of itself (s); where it decides anything, of an enrolled tablet only. */
  tells?: { waited: unknown; took: unknown }
}

const serviceModeOf = (place: Place, body: ResponseBody): ServiceMode =>
  (body.serviceMode as ServiceMode | undefined) ?? (place.serviceMode === 'ask' ? 'unstated' : place.serviceMode)

/** A parsed response as it goes to the recorder. */
export function arriveResponse(
  state: CatalogueState,
  place: Place,
  { body, version, asked }: Answered,
  how: HowArrived,
): ArrivedResponse {
  const { nowMs } = how
  const { channel, provenance } = decideSource({
    claimed: body.channel,
    usual: how.channel,
    minted: how.pageMadeMs !== null,
    proof: how.proof,
  })
  const ageMs = ageOfPage(how.pageMadeMs, nowMs)
  const isKiosk = provenance === 'kiosk'
  const givenMs = givenMoment(how.pageMadeMs, nowMs, readSeconds(how.tells?.waited, Number.POSITIVE_INFINITY))
  const keptMs = isKiosk ? nowMs - givenMs : 0
  // A tablet's page waits for its next person: how old it is tells nothing about answering.
  const tookMs = isKiosk ? readSeconds(how.tells?.took, ageMs ?? 0) || null : ageOfPage(how.pageMadeMs, givenMs)
  const askedSet = new Set(asked)
  const given = body.answers as Record<string, number | undefined>
  const fieldCode = body.field ?? (place.fieldCodes.length === 1 ? place.fieldCodes[0] : undefined)
  return {
    placeId: place.id,
    id: body.id as ResponseId,
    versionId: version.id,
    day: dayOf(nowMs),
    receivedAt: new Date(nowMs).toISOString(),
    fieldId: (fieldCode && state.fieldByCode.get(fieldCode)?.id) || 0,
    serviceMode: serviceModeOf(place, body),
    channel,
    provenance,
    respondent: (body.respondent as 'citizen' | undefined) ?? 'unstated',
    language: body.language ?? 'vi',
    assisted: body.assisted ?? null,
    answers: version.plan.criteria
      .map((criterion, position) => (askedSet.has(position) ? (given[criterion.code] ?? '-') : '.'))
      .join(''),
    extras:
      body.extras && Object.keys(body.extras).length > 0 ? (body.extras as Record<string, number | string>) : null,
    comment: body.comment || null,
    urgent: body.urgent ?? false,
    waveId: findWave(state, version, channel, dayOf(nowMs))?.id ?? 0,
    stratumId: 0,
    seconds: tookMs === null ? null : Math.min(Math.round(tookMs / 1000), longestSeconds),
    deviceHash: how.deviceHash,
    honeypotFilled: how.honeypotFilled,
    ageMs,
    mostPerHalfHour: place.mostPerHalfHour,
    outsideHours: isOutsideHours(weekOf(place), [...place.ownDays, ...state.holidays], {
      provenance,
      pageMadeMs: how.pageMadeMs,
      nowMs: nowMs - keptMs,
      serviceMode: serviceModeOf(place, body),
    }),
    proof: how.proof,
    sender: { isKiosk, saysHousehold: how.saysHousehold, questions: asked.length, keptMs },
    budgetPerHour: place.budgetPerHour ?? how.budgetPerHour,
  }
}

/** The wave that a response of this version and channel belongs to on a day; one wave at a time takes a version. */
function findWave(state: CatalogueState, version: Version, channel: Channel, day: string) {
  return state.waves.find(
    (wave) =>
      wave.versionId === version.id &&
      wave.channels.includes(channel) &&
      wave.opensOn <= day &&
      day <= wave.closesOn &&
      !wave.closedAt,
  )
}

/** A phone put away for longer than that says nothing about answering. */
const longestSeconds = 3600

/** The id of a page made now for a place: its time can be believed when it comes back. */
export const mintPageId = (key: string, placeId: number, nowMs: number): ResponseId =>
  sealPageId(key, placeId, nowMs, randomBytes(drawnBytesOfPage))

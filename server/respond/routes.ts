import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Secrets } from '../../db/surveys.ts'
import { links, patterns } from '../../web/links.ts'
import { renderSurveyPage } from '../../web/respond/survey-page.tsx'
import { PublicError } from '../errors.ts'
import { inlinePolicy, type PageAssets, sendHtml, wantsJson } from '../http/html.ts'
import {
  type Catalogue,
  type CatalogueState,
  getOpenPlace,
  getPublished,
  type Place,
  type Version,
} from '../surveys/catalogue.ts'
import { drawCriteria } from '../surveys/rules.ts'
import { bodyFromForm, fieldOfPath } from './answers-schema.ts'
import { arriveResponse, findVersion, makeResponseId, readResponse } from './arrive.ts'
import {
  fieldNames,
  ownIdCookie,
  ownIdSeconds,
  type Receipt,
  type ResponseId,
  ResponseReceipt,
  ResponseRequest,
  type SurveyForm,
} from './contract.ts'
import { languageOf } from './language.ts'
import { isOpenedByPerson, type Openings } from './openings.ts'
import type { Outcome, Recorder } from './record.ts'
import { ageOfResponseId, hashDevice, makeReceipt } from './rules.ts'
import { placeNames, replayCookie } from './thanks-routes.ts'

export type RespondParts = {
  catalogue: Catalogue
  recorder: Recorder
  openings: Openings
  secrets: Secrets
  budgetPerHour: number
  demo: boolean
  secureCookies: boolean
  now: () => number
  /** The survey page's style and island. */
  survey: PageAssets
}

type SurveyRequest = FastifyRequest<{ Params: { code: string }; Querystring: Record<string, unknown> }>
type Form = Record<string, unknown>

const formChannels = ['qr', 'web', 'kiosk', 'ticket'] as const
const apiChannels = ['qr', 'web', 'kiosk'] as const
const markCookie = 'yd_mark'
const twoDays = 2 * 24 * 3600

/** The citizen's way: page and answer (thanks: thanks-routes.ts); and the same answer as JSON. */
export function serveRespond(app: FastifyInstance, parts: RespondParts): void {
  for (const path of [patterns.survey, patterns.survey.replace('/s/', '/S/')]) {
    app.get(path, (request, reply) => showSurvey(parts, request as SurveyRequest, reply))
    app.post(path, (request, reply) => receiveForm(parts, request as SurveyRequest, reply))
  }
  app.post(
    links.api.responses,
    {
      config: { summary: 'One answered survey, stored once: 201 when new, 200 with the same receipt when sent again.' },
      attachValidation: true,
      schema: { body: ResponseRequest, response: { 200: ResponseReceipt, 201: ResponseReceipt } },
      validatorCompiler: () => () => true,
    },
    (request, reply) => receiveJson(parts, request, reply),
  )
}

async function showSurvey(parts: RespondParts, request: SurveyRequest, reply: FastifyReply) {
  const state = await parts.catalogue.read()
  const place = getOpenPlace(state, request.params.code)
  // A replaced code leads on to the place's present one, with whatever stood behind it.
  const asked = formChannels.find((one) => one === request.query.c)
  const language = languageOf(request)
  if (place.code !== request.params.code.toUpperCase())
    return reply.redirect(links.survey(place.code, asked, language === 'vi' ? undefined : language), 303)
  const version = getPublished(state, place)
  const channel = asked ?? 'qr'
  const form = fillForm(parts, state, place, version, makeResponseId(parts.now()), {
    language,
    channel,
  })
  if (isOpenedByPerson(request)) parts.openings.note(place.id, channel)
  return sendSurvey(parts, request, reply, 200, form)
}

async function receiveForm(parts: RespondParts, request: SurveyRequest, reply: FastifyReply) {
  if (!/^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? ''))
    throw new PublicError('wrong_media')
  const state = await parts.catalogue.read()
  const place = getOpenPlace(state, request.params.code)
  const form = (request.body ?? {}) as Form
  const raw = bodyFromForm(form, place.code)
  try {
    const answered = readResponse(state, place, raw, formChannels, parts.secrets.rotation, parts.now())
    const mark = readMark(request) ?? randomBytes(16).toString('base64url')
    const response = arriveResponse(
      state,
      place,
      answered,
      {
        channel: 'qr',
        honeypotFilled: Boolean(form[fieldNames.honeypot]),
        ageMs: ageOfResponseId(answered.body.id, parts.now()),
        deviceHash: hashDevice(parts.secrets.device, mark, place.id),
        budgetPerHour: parts.budgetPerHour,
      },
      parts.now(),
    )
    const outcome = await parts.recorder.record(response, answered.version.plan)
    setCookie(parts, reply, markCookie, mark, twoDays)
    // On a shared tablet the next person must not open these answers.
    if (response.channel !== 'kiosk') setCookie(parts, reply, ownIdCookie, response.id, ownIdSeconds)
    return answerForm(parts, request, reply, place, makeReceipt(parts.secrets.receipt, place.id, response.id), outcome)
  } catch (error) {
    if (!(error instanceof PublicError) || error.code !== 'refused' || wantsJson(request)) throw renameProblems(error)
    return showRefused(parts, request, reply, state, place, form, raw, error)
  }
}

function answerForm(
  parts: RespondParts,
  request: SurveyRequest,
  reply: FastifyReply,
  place: Place,
  receipt: Receipt,
  outcome: Outcome,
) {
  if (wantsJson(request)) return reply.code(outcome === 'stored' ? 201 : 200).send({ receipt })
  const language = languageOf(request)
  if (outcome === 'replayed') setCookie(parts, reply, replayCookie, receipt, 60)
  return reply.redirect(links.thanks(place.code, receipt, language === 'vi' ? undefined : language), 303)
}

/** The same form again with what was chosen and why it was refused; where even the id is unreadable, a fresh one. */
function showRefused(
  parts: RespondParts,
  request: SurveyRequest,
  reply: FastifyReply,
  state: CatalogueState,
  place: Place,
  form: Form,
  raw: Record<string, unknown>,
  error: PublicError,
) {
  const problems = (error.problems ?? []).map(({ path, message }) => ({ path: fieldOfPath(path), message }))
  const isKnown = !problems.some(({ path }) => path === fieldNames.id || path === fieldNames.version)
  const version = isKnown ? findVersion(state, place, raw, parts.now()) : getPublished(state, place)
  const id = isKnown ? (String(form[fieldNames.id]).toLowerCase() as ResponseId) : makeResponseId(parts.now())
  const channel = formChannels.find((one) => one === form[fieldNames.channel]) ?? 'qr'
  const values = Object.fromEntries(
    Object.entries(form).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1].length <= 5000,
    ),
  )
  const shown = fillForm(parts, state, place, version, id, { language: languageOf(request), channel, values, problems })
  return sendSurvey(parts, request, reply, 422, shown)
}

function fillForm(
  parts: RespondParts,
  state: CatalogueState,
  place: Place,
  version: Version,
  id: ResponseId,
  given: Pick<SurveyForm, 'language' | 'channel'> & Partial<Pick<SurveyForm, 'values' | 'problems'>>,
): SurveyForm {
  const asked = drawCriteria(version.plan, id, parts.secrets.rotation)
  return {
    place: placeNames(place),
    unreviewed: (['en', 'km'] as const).filter((language) => !version.reviewed[language]),
    demo: parts.demo,
    id,
    version: version.version,
    criteria: asked.map((position) => version.plan.criteria[position] as SurveyForm['criteria'][number]),
    extra: version.definition.extra,
    fields: place.fieldCodes.length > 1 ? state.fields.filter((field) => place.fieldCodes.includes(field.code)) : [],
    asksServiceMode: place.serviceMode === 'ask',
    asksRespondent: place.asksRespondent,
    values: {},
    problems: [],
    ...given,
  }
}

function sendSurvey(
  parts: RespondParts,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  form: SurveyForm,
) {
  const { survey } = parts
  return sendHtml(request, reply, status, renderSurveyPage(form, survey), inlinePolicy(survey.style, survey.script))
}

async function receiveJson(parts: RespondParts, request: FastifyRequest, reply: FastifyReply) {
  if (!/^application\/json/.test(request.headers['content-type'] ?? '')) throw new PublicError('not_json')
  const state = await parts.catalogue.read()
  const raw = request.body
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new PublicError('refused', [{ path: '', message: 'Phiếu phải là một đối tượng JSON.' }])
  }
  const { place: code } = raw as { place?: unknown }
  if (typeof code !== 'string') throw new PublicError('refused', [{ path: 'place', message: 'Thiếu mã điểm phục vụ.' }])
  const place = getOpenPlace(state, code)
  const answered = readResponse(state, place, raw, apiChannels, parts.secrets.rotation, parts.now())
  const how = {
    channel: 'web',
    honeypotFilled: false,
    ageMs: null,
    deviceHash: null,
    budgetPerHour: parts.budgetPerHour,
  } as const
  const response = arriveResponse(state, place, answered, how, parts.now())
  const outcome = await parts.recorder.record(response, answered.version.plan)
  return reply
    .code(outcome === 'stored' ? 201 : 200)
    .send({ receipt: makeReceipt(parts.secrets.receipt, place.id, response.id) })
}

const renameProblems = (error: unknown): unknown =>
  error instanceof PublicError && error.problems
    ? new PublicError(
        error.code,
        error.problems.map(({ path, message }) => ({ path: fieldOfPath(path), message })),
      )
    : error

const readMark = (request: FastifyRequest): string | undefined => {
  const mark = request.cookies[markCookie]
  return mark && /^[\w-]{22}$/.test(mark) ? mark : undefined
}

function setCookie(parts: RespondParts, reply: FastifyReply, name: string, value: string, maxAge: number) {
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure: parts.secureCookies, maxAge })
}

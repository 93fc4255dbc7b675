import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { type CatalogueState, getOpenPlace, type Place } from '../catalogue/catalogue.ts'
import { type Language, languages, type Receipt } from '../catalogue/contract.ts'
import { PublicError } from '../errors.ts'
import { isMedia, wantsJson } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { makeReceipt } from '../receipt.ts'
import { readTypedCode } from '../typed/code.ts'
import { bodyFromForm } from './answers-schema.ts'
import { arriveResponse, type HowArrived, readResponse } from './arrive.ts'
import { fieldNames, formChannels, ownIdCookie, ownIdSeconds, ResponseReceipt, ResponseRequest } from './contract.ts'
import { keepMark, makeMark, readMark, setCookie } from './device.ts'
import { serveKiosk } from './kiosk/routes.ts'
import { readPageTime } from './page-rules.ts'
import { problemsOnPage } from './problem-words.ts'
import type { ProofReader } from './proof-contract.ts'
import type { Outcome, Recorder } from './record.ts'
import { hashDevice } from './rules.ts'
import { changeTextSize, showAgain, switchLanguage } from './show-again.ts'
import { openSurvey, type SurveyParts } from './survey-pages.ts'
import { asideCookie, replayCookie } from './thanks-routes.ts'

export type RespondParts = SurveyParts & { recorder: Recorder; readProof: ProofReader; budgetPerHour: number }

type SurveyRequest = FastifyRequest<{ Params: { code: string }; Querystring: Record<string, unknown> }>
type Form = Record<string, unknown>

const apiChannels = formChannels

/** The citizen's way: page and answer (thanks: thanks-routes.ts); and the same answer as JSON. */
export function serveRespond(app: FastifyInstance, parts: RespondParts): void {
  app.get(patterns.survey, (request, reply) => showSurvey(parts, request as SurveyRequest, reply))
  app.post(patterns.survey, (request, reply) => receiveForm(parts, request as SurveyRequest, reply))
  serveKiosk(app, parts)
  app.post(
    links.api.responses,
    {
      config: {
        summary:
          'One answered survey, stored once: 201 when new, 200 with the same receipt when sent again. Control characters in texts are left out; a comment is counted after NFC, a line end as one character.',
      },
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
  if (place.code !== readTypedCode(request.params.code))
    return reply.redirect(links.survey(place.code, asked, language === 'vi' ? undefined : language), 303)
  return openSurvey(parts, request, reply, { place, asked })
}

async function receiveForm(parts: RespondParts, request: SurveyRequest, reply: FastifyReply) {
  if (!isMedia(request, 'application/x-www-form-urlencoded')) throw new PublicError('wrong_media')
  const state = await parts.catalogue.read()
  const place = getOpenPlace(state, request.params.code)
  const form = (request.body ?? {}) as Form
  const raw = bodyFromForm(form, place.code)
  const language = languages.find((one) => one === form[fieldNames.switchTo])
  const shown = { state, place, form, raw, language: language ?? languageOf(request) }
  if (language) return switchLanguage(parts, reply, shown)
  if (form[fieldNames.textSize]) return changeTextSize(parts, reply, shown)
  try {
    return await takeForm(parts, reply, { state, place, form, raw })
  } catch (error) {
    if (!(error instanceof PublicError) || error.code !== 'refused' || wantsJson(request))
      throw renameProblems(error, shown.language)
    return showAgain(parts, reply, 422, { ...shown, problems: error.problems ?? [] })
  }
}

/** A form as it was sent, and the body it stands for. */
type SentForm = { state: CatalogueState; place: Place; form: Form; raw: Record<string, unknown> }

async function takeForm(parts: RespondParts, reply: FastifyReply, { state, place, form, raw }: SentForm) {
  const { request } = reply
  const nowMs = parts.now()
  const asked = { allowed: formChannels, rotationKey: parts.secrets.rotation, nowMs }
  const answered = readResponse(state, place, raw, asked)
  const mark = readMark(request) ?? makeMark()
  const known = await learnHow(parts, request, place, { id: answered.body.id, given: form })
  const response = arriveResponse(state, place, answered, {
    ...known,
    nowMs: parts.now(),
    channel: 'qr',
    honeypotFilled: Boolean(form[fieldNames.honeypot]),
    saysHousehold: Boolean(form[fieldNames.household]),
    tells: { waited: form[fieldNames.waited], took: form[fieldNames.took] },
    deviceHash: known.deviceHash ?? hashDevice(parts.secrets.device, mark, place.id),
  })
  const outcome = await parts.recorder.record(response, answered.version.plan)
  if (response.channel !== 'kiosk') keepMark(parts, reply, mark)
  // On a shared tablet, enrolled or only said to be one, the next person must not open these answers.
  const isShared = response.channel === 'kiosk' || form[fieldNames.channel] === 'kiosk'
  if (!isShared) setCookie(parts, reply, { name: ownIdCookie, value: response.id, maxAge: ownIdSeconds })
  const receipt = makeReceipt(parts.secrets.receipt, place.id, response.id)
  return answerForm(parts, reply, { place, receipt, outcome, isShared })
}

type Answer = { place: Place; receipt: Receipt; outcome: Outcome; isShared: boolean }

function answerForm(parts: RespondParts, reply: FastifyReply, { place, receipt, outcome, isShared }: Answer) {
  const { request } = reply
  // The page of thanks reads it, whether a script or the browser itself goes there. A shared tablet keeps no receipt.
  if (outcome.reason === 'same_device' && !isShared)
    setCookie(parts, reply, { name: asideCookie, value: receipt, maxAge: 600 })
  if (wantsJson(request)) return reply.code(outcome.kind === 'stored' ? 201 : 200).send({ receipt })
  const chosen = languageOf(request)
  const language = chosen === 'vi' ? undefined : chosen
  if (isShared) return reply.redirect(links.kioskThanks(place.code, receipt, language), 303)
  if (outcome.kind === 'replayed') setCookie(parts, reply, { name: replayCookie, value: receipt, maxAge: 60 })
  return reply.redirect(links.thanks(place.code, receipt, language), 303)
}

async function receiveJson(parts: RespondParts, request: FastifyRequest, reply: FastifyReply) {
  if (!isMedia(request, 'application/json')) throw new PublicError('not_json')
  const state = await parts.catalogue.read()
  const raw = request.body
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new PublicError('refused', [{ path: '', message: 'Phiếu phải là một đối tượng JSON.' }])
  }
  const { place: code } = raw as { place?: unknown }
  if (typeof code !== 'string') throw new PublicError('refused', [{ path: 'place', message: 'Thiếu mã nơi phục vụ.' }])
  const place = getOpenPlace(state, code)
  const { [fieldNames.ticket]: _ticket, [fieldNames.presence]: _presence, ...answers } = raw as Form
  const asked = { allowed: apiChannels, rotationKey: parts.secrets.rotation, nowMs: parts.now() }
  const answered = readResponse(state, place, answers, asked)
  const known = await learnHow(parts, request, place, { id: answered.body.id, given: raw as Form })
  const usual = { nowMs: parts.now(), channel: 'web', honeypotFilled: false, saysHousehold: false } as const
  const response = arriveResponse(state, place, answered, { ...known, ...usual })
  const outcome = await parts.recorder.record(response, answered.version.plan)
  return reply
    .code(outcome.kind === 'stored' ? 201 : 200)
    .send({ receipt: makeReceipt(parts.secrets.receipt, place.id, response.id) })
}

/** What holds for a form and for JSON alike: whose page the id is, and what proves where it came from. */
async function learnHow(
  { secrets, readProof, budgetPerHour, now }: RespondParts,
  { cookies }: FastifyRequest,
  { id: placeId }: Place,
  { id, given }: { id: string; given: Form },
): Promise<Pick<HowArrived, 'pageMadeMs' | 'proof' | 'deviceHash' | 'budgetPerHour'>> {
  const proof = await readProof({ placeId, given, cookies, nowMs: now() })
  return {
    pageMadeMs: readPageTime(secrets.page, placeId, id),
    // A tablet is known by its enrolment, whatever its cookies say.
    deviceHash: proof?.kind === 'kiosk' ? hashDevice(secrets.device, `kiosk|${proof.deviceId}`, placeId) : null,
    proof,
    budgetPerHour,
  }
}

const renameProblems = (error: unknown, language: Language): unknown =>
  error instanceof PublicError && error.problems
    ? new PublicError(error.code, problemsOnPage(error.problems, language))
    : error

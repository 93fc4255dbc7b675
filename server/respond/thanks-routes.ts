import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { findCitizenCase, leaveCallback } from '../../db/cases-citizen.ts'
import { type Database, isOutage } from '../../db/client.ts'
import type { FollowUpProps } from '../../web/cases/follow-up.tsx'
import { links, patterns } from '../../web/links.ts'
import { receiptWordsIn } from '../../web/messages/receipt.ts'
import { renderThanksPage } from '../../web/respond/thanks-page.tsx'
import { readCallback } from '../cases/callback-rules.ts'
import {
  CallbackForm,
  type CallbackProblem,
  type CitizenCase,
  callbackOutcomes,
  callbackPurpose,
} from '../cases/citizen-contract.ts'
import { PublicError } from '../errors.ts'
import { inlinePolicy, type PageAssets, sendHtml } from '../http/html.ts'
import type { Sealing } from '../staff/sealing.ts'
import { type Catalogue, getPlace, type Place } from '../surveys/catalogue.ts'
import type { Receipt, SurveyForm } from './contract.ts'
import { languageOf } from './language.ts'
import { readReceipt } from './rules.ts'

export type ThanksParts = {
  database: Database
  catalogue: Catalogue
  sealing: Sealing
  receiptKey: string
  demo: boolean
  now: () => number
  assets: PageAssets
  /** What the ledger says under a receipt; null where it cannot say anything. */
  ledgerNote: (request: FastifyRequest, place: Place, receipt: Receipt) => Promise<VNode | null>
}

type ThanksRequest = FastifyRequest<{ Params: { code: string; receipt: string }; Querystring: { da?: string } }>

/** Marks, for ten minutes, that the form was set aside because this telephone had answered here within the hour. */
export const asideCookie = 'yd_aside'

/** Marks, for a minute, that a form had been sent before. */
export const replayCookie = 'yd_replay'

/** What a citizen sees after answering; where the response opened a case, a way to be called back. */
export function serveThanks(app: FastifyInstance, parts: ThanksParts): void {
  app.get(patterns.thanks, (request, reply) => showThanks(parts, request as ThanksRequest, reply))
  app.post(patterns.callback, (request, reply) => receiveCallback(parts, request as ThanksRequest, reply))
}

async function showThanks(parts: ThanksParts, request: ThanksRequest, reply: FastifyReply) {
  const { place, receipt } = await readAddress(parts, request)
  // The answer is stored: an outage since then must not take the thanks away.
  const found = await findCitizenCase(parts.database, receipt).catch((error) => {
    if (isOutage(error)) return null
    throw error
  })
  const outcome = callbackOutcomes.find((one) => one === request.query.da) ?? null
  const followUp = found && followUpOf(found, { outcome })
  return sendThanks(parts, request, reply, 200, place, receipt, followUp)
}

async function receiveCallback(parts: ThanksParts, request: ThanksRequest, reply: FastifyReply) {
  const { place, receipt } = await readAddress(parts, request)
  const form = CallbackForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  const language = languageOf(request)
  const read = readCallback(form.data)
  if ('problem' in read) return refuseCallback(parts, request, reply, place, receipt, form.data, read.problem)
  const callback = read.number && {
    sealed: parts.sealing.seal(read.number, callbackPurpose),
    consent: receiptWordsIn(language).followUp.consent,
    at: new Date(parts.now()).toISOString(),
  }
  const left = await leaveCallback(parts.database, receipt, callback || null, read.outcome !== 'number')
  if (left === 'unknown') throw new PublicError('not_found')
  if (left === 'closed') return refuseCallback(parts, request, reply, place, receipt, form.data, 'closed')
  return reply.redirect(links.thanks(place.code, receipt, language === 'vi' ? undefined : language, read.outcome), 303)
}

/** The same page with what was typed and why it was not taken. */
async function refuseCallback(
  parts: ThanksParts,
  request: ThanksRequest,
  reply: FastifyReply,
  place: Place,
  receipt: Receipt,
  { number, consent, conduct }: CallbackForm,
  problem: CallbackProblem,
) {
  const found = await findCitizenCase(parts.database, receipt)
  if (!found) throw new PublicError('not_found')
  const typed = { number: number.slice(0, 40), consent: Boolean(consent), conduct: Boolean(conduct) }
  const status = problem === 'closed' ? 409 : 422
  return sendThanks(parts, request, reply, status, place, receipt, followUpOf(found, { problem, typed }))
}

const untyped = { number: '', consent: false, conduct: false }

const followUpOf = ({ state, dueOn }: CitizenCase, said: Partial<FollowUpProps>): FollowUpProps => ({
  dueOn: state === 'new' || state === 'assigned' ? dueOn : null,
  open: state !== 'closed',
  ...{ outcome: null, problem: null, typed: untyped },
  ...said,
})

async function readAddress(parts: ThanksParts, { params }: ThanksRequest): Promise<{ place: Place; receipt: Receipt }> {
  const place = getPlace(await parts.catalogue.read(), params.code)
  const receipt = readReceipt(parts.receiptKey, params.receipt)
  if (!receipt) throw new PublicError('not_found')
  return { place, receipt }
}

async function sendThanks(
  parts: ThanksParts,
  request: ThanksRequest,
  reply: FastifyReply,
  status: number,
  place: Place,
  receipt: Receipt,
  followUp: FollowUpProps | null,
) {
  const { assets, demo } = parts
  const replay = request.cookies[replayCookie] === receipt
  const aside = request.cookies[asideCookie] === receipt
  const ledgerNote = await parts.ledgerNote(request, place, receipt)
  const page = {
    place: placeNames(place),
    language: languageOf(request),
    receipt,
    replay,
    aside,
    demo,
    followUp,
    ledgerNote,
  }
  return sendHtml(request, reply, status, renderThanksPage(page, assets), inlinePolicy(assets.style, assets.script))
}

export const placeNames = (place: Place): SurveyForm['place'] => ({
  code: place.code,
  name: place.name,
  agency: place.agency.name,
})

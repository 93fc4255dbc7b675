import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { h } from 'preact'
import { findCitizenCase, leaveCallback } from '../../db/cases/citizen.ts'
import { isOutage } from '../../db/client.ts'
import { FollowUp, type FollowUpProps } from '../../web/cases/receipt/follow-up.tsx'
import { receiptWordsIn } from '../../web/cases/receipt/messages.ts'
import { links, patterns } from '../../web/links.ts'
import type { Place } from '../catalogue/catalogue.ts'
import type { Receipt } from '../catalogue/contract.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { languageOf } from '../http/language.ts'
import {
  type FindFollowUp,
  readThanksAddress,
  sendThanks,
  type ThanksParts,
  type ThanksRequest,
} from '../respond/thanks-routes.ts'
import { addWorkingDays } from './calendar-rules.ts'
import { readCallback } from './callback-rules.ts'
import {
  CallbackForm,
  type CallbackProblem,
  type CitizenCase,
  callbackOutcomes,
  callbackPurpose,
} from './citizen-contract.ts'
import { withPromise } from './comment/promise.ts'

export type CallbackParts = ThanksParts & Pick<House, 'database' | 'catalogue' | 'sealing' | 'now'>

/** Where a response opened a case, its thank-you page offers a way to be called back. */
export function serveCallback(app: FastifyInstance, parts: CallbackParts): void {
  app.post(patterns.callback, (request, reply) => receiveCallback(parts, request as ThanksRequest, reply))
}

/** The answer is stored: an outage since then must not take the thanks away. */
export const createFollowUp =
  ({ database, catalogue }: Pick<House, 'database' | 'catalogue'>): FindFollowUp =>
  async (request, place, receipt) => {
    const found = await findCitizenCase(database, receipt).catch((error) => {
      if (isOutage(error)) return null
      throw error
    })
    const outcome = callbackOutcomes.find((one) => one === request.query.da) ?? null
    if (!found) return null
    const told = await withPromise(catalogue, found)
    return drawFollowUp(request, place, receipt, followUpOf(told, { outcome }))
  }

async function receiveCallback(parts: CallbackParts, request: ThanksRequest, reply: FastifyReply) {
  const { place, receipt } = await readThanksAddress(parts, request)
  const form = CallbackForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  const language = languageOf(request)
  const read = readCallback(form.data)
  const refuse = (problem: CallbackProblem) =>
    refuseCallback(parts, request, reply, { place, receipt, typed: form.data, problem })
  if ('problem' in read) return refuse(read.problem)
  const callback = read.number && {
    sealed: parts.sealing.seal(read.number, callbackPurpose),
    consent: receiptWordsIn(language).followUp.consent,
    at: new Date(parts.now()).toISOString(),
  }
  const { caseRules, holidays } = await parts.catalogue.read()
  const dueOn = addWorkingDays(dayOf(parts.now()), caseRules.workingDays, holidays)
  const ticked = { restrict: Boolean(form.data.conduct), urgent: Boolean(form.data.urgent) }
  const left = await leaveCallback(parts.database, receipt, { callback: callback || null, ...ticked, dueOn })
  if (left === 'unknown') throw new PublicError('not_found')
  if (left === 'closed') return refuse('closed')
  return reply.redirect(links.thanks(place.code, receipt, language === 'vi' ? undefined : language, read.outcome), 303)
}

type Refused = { place: Place; receipt: Receipt; typed: CallbackForm; problem: CallbackProblem }

/** The same page with what was typed and why it was not taken. */
async function refuseCallback(
  parts: CallbackParts,
  request: ThanksRequest,
  reply: FastifyReply,
  { place, receipt, typed: { number, consent, conduct, urgent }, problem }: Refused,
) {
  const found = await findCitizenCase(parts.database, receipt)
  if (!found) throw new PublicError('not_found')
  const ticked = { consent: Boolean(consent), conduct: Boolean(conduct), urgent: Boolean(urgent) }
  const typed = { number: number.slice(0, 40), ...ticked }
  const told = await withPromise(parts.catalogue, found)
  const followUp = drawFollowUp(request, place, receipt, followUpOf(told, { problem, typed }))
  return sendThanks(parts, request, reply, { status: problem === 'closed' ? 409 : 422, place, receipt, followUp })
}

const drawFollowUp = (request: FastifyRequest, place: Place, receipt: Receipt, followUp: FollowUpProps) =>
  h(FollowUp, { code: place.code, receipt, language: languageOf(request), followUp })

const untyped = { number: '', consent: false, conduct: false, urgent: false }

const followUpOf = ({ state, dueOn }: CitizenCase, said: Partial<FollowUpProps>): FollowUpProps => ({
  dueOn: state === 'new' || state === 'assigned' ? dueOn : null,
  open: state !== 'closed',
  outcome: null,
  problem: null,
  typed: untyped,
  ...said,
})

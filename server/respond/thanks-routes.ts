import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ComponentChild, VNode } from 'preact'
import { links, patterns } from '../../web/links.ts'
import { renderKioskThanksPage } from '../../web/respond/kiosk/thanks-page.tsx'
import { renderThanksPage } from '../../web/respond/thanks-page.tsx'
import { type Catalogue, getPlace, type Place } from '../catalogue/catalogue.ts'
import type { Receipt } from '../catalogue/contract.ts'
import { PublicError } from '../errors.ts'
import { inlinePolicy, type PageAssets, sendHtml } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { qrSvg } from '../qr.ts'
import { readReceipt } from '../receipt.ts'
import type { SurveyForm } from './contract.ts'

export type ThanksParts = {
  catalogue: Catalogue
  receiptKey: string
  demo: boolean
  assets: PageAssets
  /** Of a shared tablet, and the origin that its symbols carry. */
  kiosk: PageAssets
  origin: () => string
  ledgerNote: LedgerNote
}

/** What the ledger says under a receipt; null where it cannot say anything. */
export type LedgerNote = (request: FastifyRequest, place: Place, receipt: Receipt) => Promise<VNode | null>
export type ThanksRequest = FastifyRequest<{
  Params: { code: string; receipt: string }
  Querystring: { da?: string; c?: string }
}>

/** What follows from the response behind a receipt, ready to be shown; null where nothing does. */
export type FindFollowUp = (request: ThanksRequest, place: Place, receipt: Receipt) => Promise<ComponentChild | null>

/** Marks, for ten minutes, that the form was set aside because this telephone had answered here within the hour. */
export const asideCookie = 'yd_aside'

/** Marks, for a minute, that a form had been sent before. */
export const replayCookie = 'yd_replay'

/** What a citizen sees after answering. */
export function serveThanks(app: FastifyInstance, parts: ThanksParts, findFollowUp: FindFollowUp): void {
  app.get(patterns.thanks, async (given, reply) => {
    const request = given as ThanksRequest
    const { place, receipt } = await readThanksAddress(parts, request)
    if (request.query.c === 'kiosk') return sendKioskThanks(parts, request, reply, { place, receipt })
    const followUp = await findFollowUp(request, place, receipt)
    return sendThanks(parts, request, reply, { status: 200, place, receipt, followUp })
  })
}

/** On a shared tablet: the code, and a symbol that takes it along to the person's own telephone. */
function sendKioskThanks(
  { kiosk, demo, origin }: ThanksParts,
  request: ThanksRequest,
  reply: FastifyReply,
  { place, receipt }: { place: Place; receipt: Receipt },
) {
  const language = languageOf(request)
  const address = origin() + links.thanks(place.code, receipt, language === 'vi' ? undefined : language)
  const page = { place: placeNames(place), language, receipt, demo, qr: qrSvg(address, { title: `QR ${receipt}` }) }
  return sendHtml(reply, 200, renderKioskThanksPage(page, kiosk), inlinePolicy(kiosk.style, kiosk.script))
}

export async function readThanksAddress({ catalogue, receiptKey }: ThanksParts, { params }: ThanksRequest) {
  const place = getPlace(await catalogue.read(), params.code)
  const receipt = readReceipt(receiptKey, params.receipt)
  if (!receipt) throw new PublicError('not_found')
  return { place, receipt }
}

type Thanks = { status: number; place: Place; receipt: Receipt; followUp: ComponentChild | null }

export async function sendThanks(
  parts: ThanksParts,
  request: ThanksRequest,
  reply: FastifyReply,
  { status, place, receipt, followUp }: Thanks,
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
  return sendHtml(reply, status, renderThanksPage(page, assets), inlinePolicy(assets.style, assets.script))
}

export const placeNames = (place: Place): SurveyForm['place'] => ({
  code: place.code,
  name: place.name,
  agency: place.agency.name,
})

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askAboutData, findCitizenCase } from '../../db/cases/citizen.ts'
import { renderFindReplyPage } from '../../web/cases/receipt/find-page.tsx'
import { renderReceiptPage } from '../../web/cases/receipt/page.tsx'
import { links, patterns } from '../../web/links.ts'
import type { Receipt, Text } from '../catalogue/contract.ts'
import { addDays, dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { inlinePolicy, type PageAssets, sendHtml } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { readReceipt } from '../receipt.ts'
import { DataRequestForm, dataRequestDays } from './citizen-contract.ts'

export type ReceiptParts = Pick<House, 'database' | 'catalogue' | 'demo' | 'now'> & {
  receiptKey: string
  assets: PageAssets
}

type ReceiptRequest = FastifyRequest<{ Params: { receipt: string } }>

/** The holder of a receipt looks for the answer, without an account. */
export function serveReceipts(app: FastifyInstance, parts: ReceiptParts): void {
  app.get(links.findReply(), (request, reply) => findReply(parts, request, reply))
  app.get(patterns.reply, (request, reply) => showReply(parts, request as ReceiptRequest, reply))
  app.post(patterns.askAboutData, (request, reply) => receiveDataRequest(parts, request as ReceiptRequest, reply))
}

async function findReply(parts: ReceiptParts, request: FastifyRequest, reply: FastifyReply) {
  const { ma } = request.query as { ma?: unknown }
  const typed = typeof ma === 'string' ? ma.slice(0, 100) : ''
  if (!typed.trim()) return sendForm(parts, reply, 200, '')
  const receipt = readReceipt(parts.receiptKey, typed)
  return receipt ? goToReply(request, reply, receipt) : sendForm(parts, reply, 422, typed)
}

async function showReply(parts: ReceiptParts, request: ReceiptRequest, reply: FastifyReply) {
  const receipt = readReceipt(parts.receiptKey, request.params.receipt)
  if (!receipt) return sendForm(parts, reply, 404, request.params.receipt)
  return sendReply(parts, reply, 200, receipt)
}

async function receiveDataRequest(parts: ReceiptParts, request: ReceiptRequest, reply: FastifyReply) {
  const receipt = readReceipt(parts.receiptKey, request.params.receipt)
  if (!receipt) throw new PublicError('not_found')
  const form = DataRequestForm.safeParse(request.body)
  if (!form.success) return sendReply(parts, reply, 422, receipt)
  const { kind } = form.data
  const askedOn = dayOf(parts.now())
  const taken = { kind, askedOn, dueOn: addDays(askedOn, dataRequestDays[kind]) }
  if (!(await askAboutData(parts.database, receipt, taken))) throw new PublicError('not_found')
  return goToReply(request, reply, receipt)
}

function goToReply(request: FastifyRequest, reply: FastifyReply, receipt: Receipt) {
  const language = languageOf(request)
  return reply.redirect(links.reply(receipt, language === 'vi' ? undefined : language), 303)
}

function sendForm(parts: ReceiptParts, reply: FastifyReply, status: number, typed: string) {
  const page = {
    language: languageOf(reply.request),
    demo: parts.demo,
    typed: typed.slice(0, 40),
    invalid: status !== 200,
  }
  return send(parts, reply, status, renderFindReplyPage(page, parts.assets))
}

async function sendReply(parts: ReceiptParts, reply: FastifyReply, status: number, receipt: Receipt) {
  const found = await findCitizenCase(parts.database, receipt)
  const { agencies } = await parts.catalogue.read()
  const agency = agencies.find(({ id }) => id === found?.agencyId)?.name as Text
  const page = {
    receipt,
    language: languageOf(reply.request),
    demo: parts.demo,
    today: dayOf(parts.now()),
    found: found && { ...found, agency },
    requestProblem: status === 422,
  }
  return send(parts, reply, status, renderReceiptPage(page, parts.assets))
}

const send = ({ assets }: ReceiptParts, reply: FastifyReply, status: number, html: string) =>
  sendHtml(reply, status, html, inlinePolicy(assets.style, assets.script))

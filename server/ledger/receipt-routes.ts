import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isOutage } from '../../db/client.ts'
import { LedgerNote } from '../../web/ledger/ledger-line.tsx'
import { type LinePageProps, renderLinePage } from '../../web/ledger/line-page.tsx'
import { patterns } from '../../web/links.ts'
import { type CatalogueState, getPlace, type Place } from '../catalogue/catalogue.ts'
import type { Receipt } from '../catalogue/contract.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { inlinePolicy, type PageAssets, sendHtml } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { readReceipt } from '../receipt.ts'
import { ownIdCookie } from '../respond/contract.ts'
import type { LedgerLine } from './contract.ts'
import { findLine, type LineParts, ownIdOf, proveLine } from './lines.ts'
import { writeVerifier } from './note-rules.ts'
import type { Vault } from './vault.ts'

export type ReceiptLineParts = LineParts & Pick<House, 'catalogue' | 'demo'> & { vault: Vault; assets: PageAssets }

type ReceiptRequest = FastifyRequest<{ Params: { code: string; receipt: string } }>

/** A receipt's line with its proof: as a page, as a page to keep, as a file for programs. */
export function serveReceiptLines(app: FastifyInstance, parts: ReceiptLineParts): void {
  app.get(patterns.receiptLine, async (request, reply) => {
    const page = await readPage(parts, request as ReceiptRequest)
    return sendPage(parts, reply, page)
  })
  app.get(patterns.receiptLineFile, async (request, reply) => {
    const page = await readPage(parts, request as ReceiptRequest)
    reply.header('content-disposition', `attachment; filename="so-cai-${page.receipt}.html"`)
    return sendPage(parts, reply, page)
  })
  app.get(patterns.receiptProof, async (request, reply) => {
    const { proof, receipt } = await readPage(parts, request as ReceiptRequest)
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="so-cai-${receipt}.tlog-proof"`)
      .type('text/plain; charset=utf-8')
      .send(proof)
  })
}

/** For the page of thanks, which must not wait for the ledger: an outage takes away this note only. */
export async function describeReceipt(parts: LineParts, request: FastifyRequest, place: Place, receipt: Receipt) {
  const own = ownIdOf(parts, place.id, receipt, request.cookies[ownIdCookie])
  const found = await findLine(parts, place.id, receipt, own).catch((error) => {
    if (isOutage(error)) return null
    throw error
  })
  return found && LedgerNote({ code: place.code, receipt, line: found.line, language: languageOf(request) })
}

function sendPage({ assets }: ReceiptLineParts, reply: FastifyReply, page: LinePageProps) {
  return sendHtml(reply, 200, renderLinePage(page, assets), inlinePolicy(assets.style, assets.script))
}

async function readPage(parts: ReceiptLineParts, request: ReceiptRequest): Promise<LinePageProps> {
  const state = await parts.catalogue.read()
  const place = getPlace(state, request.params.code)
  const receipt = readReceipt(parts.receiptKey, request.params.receipt)
  if (!receipt) throw new PublicError('not_found')
  const own = ownIdOf(parts, place.id, receipt, request.cookies[ownIdCookie])
  const result = await findLine(parts, place.id, receipt, own)
  if (!result?.found || result.line.state !== 'in') throw new PublicError('not_found')
  const { found, line } = result
  return {
    place: { code: place.code, name: place.name.vi, agency: place.agency.name.vi },
    receipt,
    line: line as Extract<LedgerLine, { state: 'in' }>,
    demo: parts.demo,
    proof: await proveLine(parts, found, own !== null),
    signer: writeVerifier(parts.vault.signer()),
    answers: own === null ? null : describeAnswers(state, found.response),
  }
}

const levels = ['Không có ý kiến', 'Mức 1', 'Mức 2', 'Mức 3', 'Mức 4', 'Mức 5']

/** What was asked and what was answered; criteria that were not drawn are left out. */
function describeAnswers(state: CatalogueState, response: { versionId: number; answers: string }) {
  const criteria = state.versions.find(({ id }) => id === response.versionId)?.plan.criteria ?? []
  return criteria.flatMap(({ text }, position) => {
    const mark = response.answers[position]
    if (mark === undefined || mark === '.') return []
    return [{ question: text.vi, answer: mark === '-' ? 'Không trả lời' : (levels[Number(mark)] as string) }]
  })
}

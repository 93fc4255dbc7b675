import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { renderTranslationPart } from '../../web/translations/page.tsx'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import type { Part, ShownText } from './contract.ts'
import { PartQuery } from './contract.ts'
import { chooseTexts, readTexts, sectionsOf, showSent, showStored } from './form.ts'
import { listParts, progressOf } from './parts.ts'
import { finder, saveEdits, type TranslationParts } from './save.ts'

type ByPart = { Params: { part: string }; Querystring: Record<string, unknown> }
type Request = FastifyRequest<ByPart>

/** Every Khmer letter takes nine bytes in a form; the longest part is saved whole from its printed page. */
const bodyLimit = 256 * 1024

/** One part of the texts, side by side, saved section by section. */
export function serveTranslationParts(app: FastifyInstance, parts: TranslationParts): void {
  app.get<ByPart>(patterns.translationPart, (request, reply) => showPart(parts, request, reply))
  app.post<ByPart>(patterns.translationPart, { bodyLimit }, (request, reply) => receiveTexts(parts, request, reply))
}

async function showPart(parts: TranslationParts, request: Request, reply: FastifyReply) {
  const part = await findPart(parts, request.params.part)
  const texts = chooseTexts(part, PartQuery.parse(request.query), wholePage).map(showStored)
  return sendPart(parts, request, reply, { status: 200, part, texts, obstacle: null })
}

async function receiveTexts(parts: TranslationParts, request: Request, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const { code } = await findPart(parts, request.params.part)
  const edits = readTexts(request.body, code)
  const { phan, loc } = PartQuery.parse(request.query)
  const reviewer = member.displayName || member.username
  const { judgement, obstacle } = await saveEdits(parts, edits, member, reviewer)
  if (judgement.problems.length === 0 && !obstacle)
    return reply.redirect(links.translationPart(code, { phan, loc, luu: 'roi' }), 303)
  const part = await findPart(parts, code)
  const texts = showSent(edits, finder([part]), judgement.problems)
  const status = judgement.problems.some(({ isConflict }) => isConflict) ? 409 : 422
  return sendPart(parts, request, reply, { status, part, texts, obstacle })
}

async function findPart({ catalogue, book }: TranslationParts, code: string): Promise<Part> {
  const part = listParts(await catalogue.read(), book.current()).find((one) => one.code === code)
  if (!part) throw new PublicError('not_found')
  return part
}

type Shown = { status: number; part: Part; texts: ShownText[]; obstacle: string | null }

async function sendPart(
  { guard, demo, assets }: TranslationParts,
  request: Request,
  reply: FastifyReply,
  { status, part, texts, obstacle }: Shown,
) {
  const shell = shellOf(await guard.getStaff(request), 'questionnaires', demo)
  const { phan, loc, luu } = PartQuery.parse(request.query)
  const sections = sectionsOf(part).map(({ key, label }) => ({ key, label }))
  const asked = { section: loc ? '' : (phan ?? '1'), onlyUnreviewed: loc !== undefined }
  const isSaved = luu !== undefined && status === 200
  const page = { progress: progressOf(part), sections, asked, texts, obstacle, isSaved, shell }
  return sendHtml(reply, status, renderTranslationPart(page, assets), staffPolicy)
}

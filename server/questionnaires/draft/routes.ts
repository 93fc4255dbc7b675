import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { discardDraft } from '../../../db/questionnaires/versions.ts'
import { links, patterns } from '../../../web/links.ts'
import { PublicError } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import type { VersionParts } from '../versions-view.ts'
import { changeDraft, codesOf, readCommand } from './change.ts'
import { DraftForm, EditorForm } from './contract.ts'
import { type Desk, isUnchanged, openDesk, saveDraft } from './desk.ts'
import { definitionIn, inputOf, readInput } from './form.ts'
import { checkDraft, readDraft } from './rules.ts'
import { renderEditor, type Shown } from './view.ts'

type ByCode = { Params: { code: string }; Querystring: { luu?: string } }
type Request = FastifyRequest<ByCode>

/** A questionnaire in a form body: every Khmer letter takes nine bytes there. */
export const draftBodyLimit = 256 * 1024

/** Pages of this server may stand in the editor's frame, nothing else. */
const editorPolicy = `${staffPolicy}; frame-src 'self'`

/** The draft of a questionnaire, edited field by field or as JSON. */
export function serveDrafts(app: FastifyInstance, parts: VersionParts): void {
  app.get<ByCode>(patterns.draftQuestionnaire, (request, reply) => showEditor(parts, request, reply))
  app.post<ByCode>(patterns.draftQuestionnaire, { bodyLimit: draftBodyLimit }, async (request, reply) => {
    const desk = await openDesk(parts, request, await parts.catalogue.refresh())
    const editor = EditorForm.safeParse(request.body)
    if (!editor.success) return receiveJson(parts, desk, request, reply)
    if (editor.data.do === 'save') return receiveSave(parts, desk, reply, editor.data.revision)
    return receiveChange(parts, desk, reply, editor.data)
  })
}

async function showEditor(parts: VersionParts, request: Request, reply: FastifyReply) {
  const desk = await openDesk(parts, request, await parts.catalogue.read())
  const { luu } = request.query
  const notice = luu === 'roi' && desk.draft ? 'saved' : luu === 'khong-doi' ? 'unchanged' : null
  return send(parts, desk, reply, { status: 200, shown: { input: inputOf(desk.stored), notice } })
}

/** Adding, removing and moving change the fields only: what was typed goes along, nothing is stored. */
function receiveChange(parts: VersionParts, desk: Desk, reply: FastifyReply, { do: wanted, revision }: EditorForm) {
  const command = readCommand(wanted)
  if (!command) throw new PublicError('bad_request')
  const taken = codesOf(desk.state.versions.map(({ definition }) => definition))
  const input = changeDraft(readInput(reply.request.body as Record<string, unknown>), command, taken)
  return send(parts, desk, reply, { status: 200, shown: { input, revision, notice: 'unsaved' } })
}

async function receiveSave(parts: VersionParts, desk: Desk, reply: FastifyReply, revision: string) {
  const input = readInput(reply.request.body as Record<string, unknown>)
  const { definition, problems } = checkDraft(definitionIn(input), desk.own)
  if (revision !== desk.revision)
    return send(parts, desk, reply, { status: 409, shown: { input, problems, notice: 'conflict' } })
  if (!definition) return send(parts, desk, reply, { status: 422, shown: { input, problems } })
  const back = (how: string) => reply.redirect(links.draftQuestionnaire(desk.own.code, how), 303)
  if (isUnchanged(desk, definition)) return back('khong-doi')
  const saved = await saveDraft(parts, desk, definition)
  const state = await parts.catalogue.refresh()
  if (saved) return back('roi')
  return send(parts, await openDesk(parts, reply.request as Request, state), reply, {
    status: 409,
    shown: { input, notice: 'conflict' },
  })
}

async function receiveJson(parts: VersionParts, desk: Desk, request: Request, reply: FastifyReply) {
  const form = DraftForm.safeParse(request.body)
  if (!form.success) throw new PublicError('bad_request')
  const { code, version } = desk.own
  if (form.data.action === 'discard') return receiveDiscard(parts, desk, reply)
  const { definition: text, revision = desk.revision } = form.data
  const reading = readDraft(text, desk.own)
  const isMeanwhile = revision !== desk.revision
  const saved = reading.definition && !isMeanwhile && (await saveDraft(parts, desk, reading.definition))
  const state = await parts.catalogue.refresh()
  if (saved) return reply.redirect(links.questionnaire(code, version), 303)
  const now = await openDesk(parts, request, state)
  const problems = reading.definition ? [changedMeanwhile] : reading.problems
  const status = reading.definition ? 409 : 422
  return send(parts, now, reply, { status, shown: { input: inputOf(now.stored), json: { text, problems } } })
}

const changedMeanwhile =
  'Bản thảo vừa được người khác sửa, ban hành hoặc bỏ. Xin xem bản vừa lưu ở trên; lưu lần nữa là dùng bản trong ô dưới đây thay cho bản đó.'

async function receiveDiscard(parts: VersionParts, { draft, member, published }: Desk, reply: FastifyReply) {
  if (draft) await discardDraft(parts.database, draft.code, draft.version, member.username)
  await parts.catalogue.refresh()
  return reply.redirect(links.questionnaire(published.code, published.version), 303)
}

async function send(
  parts: VersionParts,
  desk: Desk,
  reply: FastifyReply,
  { status, shown }: { status: number; shown: Shown },
) {
  return sendHtml(reply, status, await renderEditor(parts, desk, shown), editorPolicy)
}

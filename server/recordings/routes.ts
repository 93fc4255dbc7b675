import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { removeRecording, saveRecordings } from '../../db/recordings/recordings.ts'
import { links, patterns } from '../../web/links.ts'
import { renderRecordings } from '../../web/recordings/page.tsx'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import type { Language, Questionnaire } from '../catalogue/contract.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import type { RecordingBook } from './book.ts'
import { mostPartBytes, recordedLanguages } from './contract.ts'
import { chooseTexts, progressOf, sectionsOf } from './sections-rules.ts'
import { acceptRecordings, judgeUploads, mostFiles, readUploads, type Upload } from './upload.ts'

export type RecordingParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo'> & {
  book: RecordingBook
}

type Request = FastifyRequest<{ Params: { code: string }; Querystring: Record<string, unknown> }>

const Query = z.object({
  lang: z.enum(recordedLanguages).optional().catch(undefined),
  phan: z.string().max(10).optional().catch(undefined),
  luu: z.enum(['roi', 'bo']).optional().catch(undefined),
})

/** Sound takes room on its way in; a minute of sixty files is far above what one person records at once. */
const bodyLimit = 64 * 1024 * 1024

/** Every sentence of a published questionnaire's page: heard, recorded, read anew. */
export function serveRecordings(app: FastifyInstance, parts: RecordingParts): void {
  app.get(patterns.recordings, (request, reply) =>
    sendPage(parts, request as Request, reply, { status: 200, problems: [] }),
  )
  app.register(async (scope) => {
    await acceptRecordings(scope)
    scope.post(patterns.recordings, { bodyLimit }, (request, reply) => receive(parts, request as Request, reply))
  })
}

async function receive(parts: RecordingParts, request: Request, reply: FastifyReply) {
  const { username: actor } = await parts.guard.getStaff(request)
  const definition = await findPublished(parts, request.params.code)
  const { lang = 'vi', phan } = Query.parse(request.query)
  const { files, remove } = await readUploads(request)
  const asked = { definition, language: lang, actor }
  const problems = remove === null ? await keep(parts, asked, files) : await drop(parts, asked, remove)
  if (problems.length > 0) return sendPage(parts, request, reply, { status: 422, problems })
  await parts.book.reload()
  return reply.redirect(links.recordings(definition.code, { lang, phan, luu: remove === null ? 'roi' : 'bo' }), 303)
}

type Asked = { definition: Questionnaire; language: Language; actor: string }

/** Returns why nothing was kept; nothing where all of it was. */
async function keep({ database, book }: RecordingParts, { definition, language, actor }: Asked, files: Upload[]) {
  if (files.length > mostFiles) return [tooMany]
  const { added, problems } = judgeUploads(files, book.listTexts(definition, language), language)
  if (problems.length > 0) return problems
  if (added.length === 0) return ['Xin chọn ít nhất một tệp âm thanh rồi lưu.']
  return (await saveRecordings(database, added, { actor, most: mostPartBytes })) ? [] : [tooMuch]
}

const tooMany = `Mỗi lần gửi được nhiều nhất ${mostFiles} tệp; xin chia làm nhiều lần.`
const tooMuch = 'Các bản ghi của bộ câu hỏi này sẽ quá 20 MB; xin lưu ở chất lượng giọng nói, chừng 50 KB một câu.'

/** The button names the sentence and the very file that was heard. */
async function drop({ database }: RecordingParts, { language, actor }: Asked, named: string) {
  const [part = '', key = '', address = ''] = named.split('|')
  const isRemoved = await removeRecording(database, { part, key, language, address }, actor)
  return isRemoved ? [] : ['Bản ghi này vừa được người khác thay hoặc bỏ; xin xem lại.']
}

async function findPublished({ catalogue }: RecordingParts, code: string): Promise<Questionnaire> {
  const version = (await catalogue.read()).publishedByCode.get(code)
  if (!version) throw new PublicError('not_found')
  return version.definition
}

async function sendPage(
  { catalogue, book, guard, demo, assets }: RecordingParts,
  request: Request,
  reply: FastifyReply,
  { status, problems }: { status: number; problems: string[] },
) {
  const definition = await findPublished({ catalogue } as RecordingParts, request.params.code)
  const { lang = 'vi', phan, luu } = Query.parse(request.query)
  const texts = book.listTexts(definition, lang)
  const progress = recordedLanguages.map((language) => progressOf(language, book.listTexts(definition, language)))
  const sections = sectionsOf(texts)
  const shown = chooseTexts(sections, phan, wholePage)
  if (!shown) throw new PublicError('bad_request')
  const { code, title, version } = definition
  const shell = shellOf(await guard.getStaff(request), 'questionnaires', demo)
  const page = { code, title: title.vi, version, language: lang, progress, problems, shell }
  const row = { sections: sections.map(({ key, label }) => ({ key, label })), section: phan ?? '1', texts: shown }
  const done = status === 200 ? (luu ?? null) : null
  return sendHtml(
    reply,
    status,
    renderRecordings({ ...page, ...row, done }, assets),
    `${staffPolicy}; media-src 'self'`,
  )
}

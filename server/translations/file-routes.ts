import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links } from '../../web/links.ts'
import { renderTranslations } from '../../web/translations/list-page.tsx'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { acceptUploads, readUpload, type Upload } from '../spreadsheets/upload.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { Reviewer } from './contract.ts'
import { listParts, progressOf } from './parts.ts'
import { saveEdits, type TranslationParts } from './save.ts'
import { findTwice, readSheet, type SheetRow, writeSheet } from './sheet.ts'

/** How far every part is, and all texts as a spreadsheet, out and in. */
export function serveTranslationFiles(app: FastifyInstance, parts: TranslationParts): void {
  app.get<{ Querystring: { nhap?: string } }>(links.translations(), (request, reply) =>
    showList(parts, request, reply, { status: 200, problems: [], imported: request.query.nhap === 'roi' }),
  )
  app.get(links.translationFile, async (_request, reply) => {
    const texts = listParts(await parts.catalogue.read(), parts.book.current())
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="tieng-khmer.xlsx"')
      .send(await writeSheet(texts))
  })
  app.register(async (scope) => {
    await acceptUploads(scope)
    scope.post(links.importTranslations, (request, reply) => receiveFile(parts, request, reply))
  })
}

async function receiveFile(parts: TranslationParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const upload = await readUpload(request)
  const reviewer = Reviewer.safeParse(upload.fields['nguoi-duyet'])
  const refuse = (problems: string[]) => showList(parts, request, reply, { status: 422, problems, imported: false })
  if (!reviewer.success) return refuse([reviewer.error.issues[0]?.message ?? ''])
  const rows = await rowsOf(upload)
  if (typeof rows === 'string') return refuse([rows])
  const twice = findTwice(rows).map(({ row, message }) => `Dòng ${row}: ${message}`)
  if (twice.length > 0) return refuse(twice)
  const edits = rows.map(({ edit }) => edit)
  const by = reviewer.data || member.displayName || member.username
  const { judgement, obstacle } = await saveEdits(parts, edits, member, by)
  if (obstacle) return refuse([obstacle])
  const problems = judgement.problems.map(({ at, message }) => `Dòng ${rows[at]?.row}: ${message}`)
  return problems.length > 0 ? refuse(problems) : reply.redirect(links.translations('roi'), 303)
}

async function rowsOf({ file }: Upload): Promise<SheetRow[] | string> {
  if (!file) return 'Xin chọn tệp .xlsx tải về từ trang này.'
  if (file.isTooLarge) return 'Tệp lớn hơn 5 MB; xin chỉ giữ trang tính “Bản dịch”.'
  return readSheet(file.bytes, file.name)
}

type Shown = { status: number; problems: string[]; imported: boolean }

async function showList(
  { catalogue, book, guard, demo, assets }: TranslationParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, ...shown }: Shown,
) {
  const progress = listParts(await catalogue.read(), book.current()).map(progressOf)
  const shell = shellOf(await guard.getStaff(request), 'questionnaires', demo)
  return sendHtml(reply, status, renderTranslations({ ...shown, progress, shell }, assets), staffPolicy)
}

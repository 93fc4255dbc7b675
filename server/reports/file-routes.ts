import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { patterns } from '../../web/links.ts'
import type { ReportDocument } from './contract.ts'
import { drawPdf } from './pdf/pdf.ts'
import type { ReportRecord } from './record-contract.ts'
import { type ById, type ReportParts, visitReport } from './record-parts.ts'
import { fileNameOf } from './record-periods.ts'
import { documentToDraw } from './records.ts'
import { drawWorkbook } from './sheet/sheet.ts'

const formats = {
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    // Read with the first document: Word's library is 20 MB that most days nobody needs.
    draw: async (document) => (await import('./word/word.ts')).drawWord(document),
  },
  pdf: { type: 'application/pdf', draw: drawPdf },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', draw: drawWorkbook },
} satisfies Record<string, { type: string; draw: (document: ReportDocument) => Promise<Buffer> }>

type Format = keyof typeof formats

/** The stored document as files, never drawn from newer figures. */
export function serveReportFiles(app: FastifyInstance, parts: ReportParts): void {
  app.get<ById>(patterns.reportWord, (request, reply) => sendFile(parts, request, reply, 'docx'))
  app.get<ById>(patterns.reportPdf, (request, reply) => sendFile(parts, request, reply, 'pdf'))
  app.get<ById>(patterns.reportSheet, (request, reply) => sendFile(parts, request, reply, 'xlsx'))
}

async function sendFile(parts: ReportParts, request: FastifyRequest<ById>, reply: FastifyReply, format: Format) {
  const { report } = await visitReport(parts, request)
  const etag = etagOf(report, format)
  reply.header('etag', etag).header('cache-control', 'private, no-cache')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  const { type, draw } = formats[format]
  const bytes = await draw(documentToDraw(report))
  return reply.type(type).header('content-disposition', dispositionOf(report, format)).send(bytes)
}

/** A draft's file says that it is one, so approving changes the file and not the document. */
const etagOf = ({ hash, state }: ReportRecord, format: Format): string =>
  `"${hash}-${state === 'draft' ? 'draft-' : ''}${format}"`

/** Both names: RFC 6266 with the letters of RFC 5987 for who can, plain ASCII for who cannot. */
function dispositionOf(report: ReportRecord, format: Format): string {
  const { full, plain } = fileNameOf(report)
  const encoded = encodeURIComponent(`${full}.${format}`).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}.${format}"; filename*=UTF-8''${encoded}`
}

import type { FastifyInstance } from 'fastify'
import { findPublicReport } from '../../db/publication/publications.ts'
import { links, patterns } from '../../web/links.ts'
import { renderPublicAgencyPage } from '../../web/publication/agency-page.tsx'
import { renderPublicPage } from '../../web/publication/page.tsx'
import { renderPublicReportPage } from '../../web/publication/report-page.tsx'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { ReportDocument } from '../reports/contract.ts'
import { drawPdf } from '../reports/pdf/pdf.ts'
import { type PublicParts, readPublicAgency, readPublicView } from './public-figures.ts'

export type PublicPageParts = PublicParts & Pick<House, 'demo' | 'files'>

/** What everybody may read without signing in: published figures and reports, nothing else. */
export function servePublicResults(app: FastifyInstance, parts: PublicPageParts): void {
  const { demo, files } = parts
  const style = files.href('public.css')
  app.get(links.publicResults, async (_request, reply) => {
    const html = renderPublicPage({ view: await readPublicView(parts), demo }, style)
    return sendHtml(reply, 200, html, staffPolicy)
  })
  app.get<{ Params: { agency: string } }>(patterns.agencyResults, async (request, reply) => {
    const view = await readPublicAgency(parts, request.params.agency)
    if (!view) throw new PublicError('not_found')
    return sendHtml(reply, 200, renderPublicAgencyPage({ view, demo }, style), staffPolicy)
  })
  app.get<ById>(patterns.publicReport, async (request, reply) => {
    const { document, ...report } = await getReport(parts, request.params.id)
    const view = { ...report, subject: `${document.type} ${document.subject}`, issuer: document.issuer }
    return sendHtml(reply, 200, renderPublicReportPage({ view, demo }, style), staffPolicy)
  })
  app.get<{ Params: { id: string; file: string } }>(patterns.publicReportFile, async (request, reply) => {
    const { document, id } = await getReport(parts, request.params.id)
    const format = /^bao-cao\.(pdf|docx)$/.exec(request.params.file)?.[1] as keyof typeof formats | undefined
    if (!format) throw new PublicError('not_found')
    const { type, draw } = formats[format]
    reply.type(type).header('content-disposition', `attachment; filename="bao-cao-${id}.${format}"`)
    return reply.send(await draw(document))
  })
}

type ById = { Params: { id: string } }

const formats = {
  pdf: { type: 'application/pdf', draw: drawPdf },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    draw: async (document: ReportDocument) => (await import('../reports/word/word.ts')).drawWord(document),
  },
}

async function getReport({ database }: PublicPageParts, id: string) {
  const report = /^\d{1,9}$/.test(id) ? await findPublicReport(database, Number(id)) : undefined
  if (!report) throw new PublicError('not_found')
  return report
}

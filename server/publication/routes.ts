import type { FastifyInstance } from 'fastify'
import { findPublicReport } from '../../db/publication/publications.ts'
import { links, patterns } from '../../web/links.ts'
import { renderPublicAgencyPage } from '../../web/publication/agency-page.tsx'
import { renderHomePage } from '../../web/publication/home-page.tsx'
import { publicWordsIn } from '../../web/publication/languages/words.ts'
import { renderPublicPage } from '../../web/publication/page.tsx'
import { renderPublicReportPage } from '../../web/publication/report-page.tsx'
import { partsOfReport, reportOpening } from '../../web/publication/report-parts.ts'
import { agencySections, communeSections } from '../../web/publication/sections.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { readSection } from '../http/section.ts'
import type { ReportDocument } from '../reports/contract.ts'
import { layOutPage } from '../reports/page-blocks.ts'
import { drawPdf } from '../reports/pdf/pdf.ts'
import { homeOf } from '../staff/home.ts'
import { communeName, type PublicParts, readPublicAgency, readPublicView } from './public-figures.ts'
import { namesOfReport } from './public-reports.ts'

export type PublicPageParts = PublicParts & Pick<House, 'demo' | 'files' | 'guard'>

/** What everybody may read without signing in: published figures and reports, nothing else. */
export function servePublicResults(app: FastifyInstance, parts: PublicPageParts): void {
  const { demo, files } = parts
  const style = files.href('public.css')
  app.get(links.home, async (request, reply) => {
    const member = await parts.guard.findStaff(request)
    if (member) return reply.redirect(homeOf(member), 303)
    const page = { commune: communeName.replace(/^xã /, ''), demo, language: languageOf(request) }
    return sendHtml(reply, 200, renderHomePage(page, style), staffPolicy)
  })
  app.get(links.publicResults, async (request, reply) => {
    const language = languageOf(request)
    const section = readSection(request.query, communeSections(publicWordsIn(language)))
    const page = { view: await readPublicView(parts, language), demo, language, section }
    return sendHtml(reply, 200, renderPublicPage(page, style), staffPolicy)
  })
  app.get<{ Params: { agency: string } }>(patterns.agencyResults, async (request, reply) => {
    const language = languageOf(request)
    const view = await readPublicAgency(parts, request.params.agency, language)
    if (!view) throw new PublicError('not_found')
    const section = readSection(request.query, agencySections(publicWordsIn(language)))
    const html = renderPublicAgencyPage({ view, demo, language, section }, style)
    return sendHtml(reply, 200, html, staffPolicy)
  })
  app.get<ById>(patterns.publicReport, async (request, reply) => {
    const { document, ...report } = await getReport(parts, request.params.id)
    const { agencies } = await parts.catalogue.read()
    const view = { ...report, ...namesOfReport(document, agencies) }
    const shown = layOutPage(document)
    const section = readSection(request.query, [{ key: reportOpening, label: '' }, ...partsOfReport(shown).parts])
    const page = { view, document: shown, demo, language: languageOf(request), section }
    return sendHtml(reply, 200, renderPublicReportPage(page, style), staffPolicy)
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

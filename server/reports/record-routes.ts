import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listReports } from '../../db/reports/reports.ts'
import { links, patterns } from '../../web/links.ts'
import { renderReportChangesPage } from '../../web/reports/changes-page.tsx'
import { renderReportPage } from '../../web/reports/page.tsx'
import { renderReportVerifyPage } from '../../web/reports/verify-page.tsx'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { Problem } from '../problems.ts'
import { mayDo } from '../staff/permission-rules.ts'
import { compareDocuments } from './compare-rules.ts'
import { listPlaceholders } from './content/blanks-rules.ts'
import type { ReportValues } from './input/contract.ts'
import { layOutPage } from './page-blocks.ts'
import type { ReportRecord, ReportSummary } from './record-contract.ts'
import { type ById, getReport, type ReportParts, visitReport } from './record-parts.ts'
import { titleOf } from './record-periods.ts'
import { listBlanks, verifyReport } from './records.ts'

/** One report to read: its document, what two versions differ in, whether it can be made again. */
export function serveReport(app: FastifyInstance, parts: ReportParts): void {
  app.get<ById>(patterns.report, (request, reply) => showReport(parts, request, reply))
  app.get<{ Params: { id: string; than: string } }>(patterns.compareReports, (request, reply) =>
    showDifferences(parts, request, reply),
  )
  app.get<ById>(patterns.verifyReport, (request, reply) => showVerification(parts, request, reply))
}

export type Refused = { values: Record<string, string>; problems: Problem[] }

export async function showReport(
  parts: ReportParts,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  { values, problems }: Refused = { values: {}, problems: [] },
) {
  const { member, report, shell } = await visitReport(parts, request)
  const { input, document, ...summary } = report
  const view = {
    report: summary,
    title: titleOf(report),
    page: layOutPage(document),
    problems,
    placeholders: listPlaceholders(document),
    versions: await readVersions(parts, report),
    values: { ...wordsOf(input.values as ReportValues), ...values },
    blanks: report.state === 'draft' ? listBlanks(report) : [],
    takesParagraphs: report.kind !== 'annual_plan',
    mayMake: mayDo(member, 'reports.make', report.agencyId),
    mayApprove: mayDo(member, 'reports.approve', report.agencyId),
    isMaker: member.username === report.madeBy,
  }
  const html = renderReportPage({ view, shell }, parts.assets)
  return sendHtml(reply, problems.length > 0 ? 422 : 200, html, staffPolicy)
}

const wordsOf = ({ paragraphs: { causes = '', proposals = '' } }: ReportValues) => ({ causes, proposals })

/** Every version of the same report, the newest first. */
export async function readVersions({ database }: ReportParts, report: ReportRecord): Promise<ReportSummary[]> {
  const { kind, sector, agencyId, from, to } = report
  const all = await listReports(database, [agencyId])
  return all.filter((one) => one.kind === kind && one.sector === sector && one.from === from && one.to === to)
}

async function showDifferences(
  parts: ReportParts,
  request: FastifyRequest<{ Params: { id: string; than: string } }>,
  reply: FastifyReply,
) {
  const { member, report, shell } = await visitReport(parts, request)
  const earlier = await getReport(parts, member, request.params.than)
  const view = {
    title: titleOf(report),
    back: links.report(report.id),
    fresh: null,
    lead: `Từ bản ${earlier.version} sang bản ${report.version}.`,
    changes: compareDocuments(earlier.document, report.document),
  }
  return sendHtml(reply, 200, renderReportChangesPage({ view, shell }, parts.assets), staffPolicy)
}

async function showVerification(parts: ReportParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const { report, shell } = await visitReport(parts, request)
  const view = { id: report.id, title: titleOf(report), ...verifyReport(report) }
  return sendHtml(reply, 200, renderReportVerifyPage({ view, shell }, parts.assets), staffPolicy)
}

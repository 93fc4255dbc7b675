import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { approveReport, type ChangeOutcome, changeDraft, makeReport, publishReport } from '../../db/reports/reports.ts'
import { links, patterns } from '../../web/links.ts'
import { renderReportChangesPage } from '../../web/reports/changes-page.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { problemsOfPrint } from '../posters/printable.ts'
import { problemsOf } from '../problems.ts'
import type { Action } from '../staff/permission-rules.ts'
import { compareDocuments } from './compare-rules.ts'
import { listPlaceholders } from './content/blanks-rules.ts'
import { reportCoverage } from './pdf/fonts.ts'
import {
  CorrectForm,
  ParagraphsForm,
  RefreshForm,
  type ReportRecord,
  SeenForm,
  type Written,
} from './record-contract.ts'
import { type ById, type ReportParts, visitReport } from './record-parts.ts'
import { titleOf } from './record-periods.ts'
import { readVersions, showReport } from './record-routes.ts'
import { listBlanks, ownOf, writeFresh, writeParagraphs } from './records.ts'

type Request = FastifyRequest<ById>

/** Two paragraphs of 4.000 letters, each of which may be three bytes and so nine characters on the wire. */
const paragraphsBodyLimit = 128 * 1024

/** What turns a draft into a published report, each step on exactly what was seen. */
export function serveReportSteps(app: FastifyInstance, parts: ReportParts): void {
  app.post<ById>(patterns.reportParagraphs, { bodyLimit: paragraphsBodyLimit }, (request, reply) =>
    receiveParagraphs(parts, request, reply),
  )
  app.get<ById>(patterns.refreshReport, (request, reply) => showFresh(parts, request, reply))
  app.post<ById>(patterns.refreshReport, (request, reply) => receiveFresh(parts, request, reply))
  app.post<ById>(patterns.approveReport, (request, reply) => approve(parts, request, reply))
  app.post<ById>(patterns.publishReport, (request, reply) => move(parts, request, reply, publishReport))
  app.post<ById>(patterns.correctReport, (request, reply) => receiveCorrection(parts, request, reply))
}

async function receiveParagraphs(parts: ReportParts, request: Request, reply: FastifyReply) {
  const { report, by } = await visitReport(parts, request, 'reports.make')
  const form = ParagraphsForm.safeParse(request.body ?? {})
  if (!form.success) return refuse(parts, request, reply, problemsOf(form.error))
  const { hash, causes, proposals } = form.data
  const blanks = Object.fromEntries(
    listBlanks(report).map(({ asked }, index) => [asked, form.data.blanks[index] ?? '']),
  )
  const unprintable = problemsOfPrint({ causes, proposals, blanks: Object.values(blanks).join(' ') }, reportCoverage())
  if (unprintable.length > 0) return refuse(parts, request, reply, unprintable)
  const filled = Object.fromEntries(Object.entries(blanks).filter(([, typed]) => typed !== ''))
  const written = writeParagraphs(report, {
    ...(causes && { causes }),
    ...(proposals && { proposals }),
    ...(Object.keys(filled).length > 0 && { blanks: filled }),
  })
  settle(await changeDraft(parts.database, { ...report, hash }, { written, by, part: 'paragraphs' }))
  return reply.redirect(links.report(report.id), 303)
}

function refuse(parts: ReportParts, request: Request, reply: FastifyReply, problems: ReturnType<typeof problemsOf>) {
  const sent = Object.entries((request.body ?? {}) as object).flatMap(([name, value]) =>
    name === 'blanks' ? [value].flat().map((one, index) => [`blanks-${index}`, String(one)]) : [[name, String(value)]],
  )
  return showReport(parts, request, reply, { values: Object.fromEntries(sent), problems })
}

function settle(outcome: ChangeOutcome): void {
  if (outcome === 'kept') throw new PublicError('report_kept')
  if (outcome !== 'done') throw new PublicError('changed_meanwhile')
}

/** What today's figures would change, before they replace those of the draft. */
async function showFresh(parts: ReportParts, request: Request, reply: FastifyReply) {
  const { report, shell } = await visitReport(parts, request, 'reports.make')
  if (report.state !== 'draft') throw new PublicError('report_kept')
  const fresh = await writeAnew(parts, report)
  const view = {
    title: titleOf(report),
    back: links.report(report.id),
    lead: 'Từ số liệu của bản thảo sang số liệu hiện nay. Bản thảo chưa thay đổi gì.',
    changes: compareDocuments(report.document, fresh.document),
    fresh: { action: links.refreshReport(report.id), hash: report.hash, freshHash: fresh.hash },
  }
  return sendHtml(reply, 200, renderReportChangesPage({ view, shell }, parts.assets), staffPolicy)
}

async function writeAnew(parts: ReportParts, report: ReportRecord): Promise<Written> {
  const { database, catalogue, today, readCheckpoint } = parts
  const own = { ...ownOf(report), ledger: await readCheckpoint() }
  return writeFresh(database, await catalogue.read(), { ...report, agency: report.agencyId }, { today: today(), own })
}

async function receiveFresh(parts: ReportParts, request: Request, reply: FastifyReply) {
  const { report, by } = await visitReport(parts, request, 'reports.make')
  const { hash, fresh } = read(RefreshForm, request)
  const written = await writeAnew(parts, report)
  if (written.hash !== fresh) throw new PublicError('changed_meanwhile')
  settle(await changeDraft(parts.database, { ...report, hash }, { written, by, part: 'figures' }))
  return reply.redirect(links.report(report.id), 303)
}

/** Nothing is signed with a gap in it: what is missing is named, each leading to its box. */
async function approve(parts: ReportParts, request: Request, reply: FastifyReply) {
  const { report } = await visitReport(parts, request, 'reports.approve')
  const isSeen = report.state === 'draft' && read(SeenForm, request).hash === report.hash
  const missing = isSeen ? listPlaceholders(report.document) : []
  if (missing.length === 0) return move(parts, request, reply, approveReport)
  const problems = missing.map((asked) => ({ path: 'hoan-thien', message: `Còn chỗ chưa điền: ${asked}.` }))
  return showReport(parts, request, reply, { values: {}, problems })
}

async function move(parts: ReportParts, request: Request, reply: FastifyReply, step: typeof approveReport) {
  const { report, by } = await visitReport(parts, request, 'reports.approve' satisfies Action)
  const { hash } = read(SeenForm, request)
  if (!(await step(parts.database, { ...report, hash }, by))) throw new PublicError('changed_meanwhile')
  return reply.redirect(links.report(report.id), 303)
}

async function receiveCorrection(parts: ReportParts, request: Request, reply: FastifyReply) {
  const { report, by } = await visitReport(parts, request, 'reports.make')
  const form = CorrectForm.safeParse(request.body ?? {})
  if (!form.success) return refuse(parts, request, reply, problemsOf(form.error))
  const unprintable = problemsOfPrint({ reason: form.data.reason }, reportCoverage())
  if (unprintable.length > 0) return refuse(parts, request, reply, unprintable)
  const [newest] = await readVersions(parts, report)
  if (report.state === 'draft' || newest?.id !== report.id) throw new PublicError('changed_meanwhile')
  const id = await makeReport(parts.database, await correct(parts, report, form.data.reason), by)
  if (id === undefined) throw new PublicError('changed_meanwhile')
  return reply.redirect(links.report(id), 303)
}

async function correct(parts: ReportParts, report: ReportRecord, reason: string) {
  const { database, catalogue, today, readCheckpoint } = parts
  const { kind, sector, agencyId, from, to, version } = report
  const own = { paragraphs: ownOf(report).paragraphs, correction: { version, reason }, ledger: await readCheckpoint() }
  const asked = { ...report, agency: agencyId }
  const written = await writeFresh(database, await catalogue.read(), asked, { today: today(), own })
  const key = { kind, sector, agencyId, from, to, version: version + 1 }
  return { ...key, ...written, correctsId: report.id, correctionReason: reason }
}

/** A form with nothing to type: what does not fit was not sent by its page. */
function read<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, request: Request): T {
  const form = schema.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  return form.data as T
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readIndicators } from '../../db/catalogue/indicators.ts'
import { readFirstDays } from '../../db/reports/input.ts'
import { listReports, makeReport } from '../../db/reports/reports.ts'
import { links } from '../../web/links.ts'
import { renderReportsPage } from '../../web/reports/list-page.tsx'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { Problem } from '../problems.ts'
import { scopeOf, shellOf } from '../staff/permission-rules.ts'
import { type ReportKind, reportKinds } from './contract.ts'
import { serveReportFiles } from './file-routes.ts'
import { type IssuerChoice, MakeForm, type Preset } from './record-contract.ts'
import { byOf, type ReportParts } from './record-parts.ts'
import { listIssuers, listPresets, offerPresets, titleOf } from './record-periods.ts'
import { serveReport } from './record-routes.ts'
import { writeFresh } from './records.ts'
import { serveReportSteps } from './step-routes.ts'

/** Reports as records: made as drafts, approved, published, corrected by further versions. */
export function serveReports(app: FastifyInstance, parts: ReportParts): void {
  app.get(links.reports(), (_request, reply) => showReports(parts, reply, { period: '', issuer: '' }, []))
  app.post(links.reports(), (request, reply) => receiveReport(parts, request, reply))
  serveReport(app, parts)
  serveReportSteps(app, parts)
  serveReportFiles(app, parts)
}

async function showReports(parts: ReportParts, reply: FastifyReply, values: MakeForm, problems: Problem[]) {
  const member = await parts.guard.getStaff(reply.request)
  const { loai: kind, nam: year, lap } = reply.request.query as Record<string, unknown>
  const all = await listReports(parts.database, scopeOf(member, 'reports.read'))
  const chosen = all.filter((one) => (!kind || one.kind === kind) && (!year || one.from.slice(0, 4) === year))
  const view = {
    lines: chosen.map((one) => ({ ...one, title: titleOf(one) })),
    years: [...new Set(all.map(({ from }) => from.slice(0, 4)))].toSorted().reverse(),
    filter: { kind: String(kind ?? ''), year: String(year ?? '') },
    isEmpty: all.length === 0,
    choices: await offerChoices(parts, reply.request),
    making: makingOf(values.period.split(':')[0] || lap),
    values,
    problems,
  }
  const html = renderReportsPage({ view, shell: shellOf(member, 'reports', parts.demo) }, parts.assets)
  return sendHtml(reply, problems.length > 0 ? 422 : 200, html, staffPolicy)
}

/** The kind that the form offers periods of: the one sent, else the one of the address, else the year's report. */
const makingOf = (asked: unknown): ReportKind => reportKinds.find((kind) => kind === asked) ?? 'annual_result'

async function readChoices(parts: ReportParts, request: FastifyRequest) {
  const scope = scopeOf(await parts.guard.getStaff(request), 'reports.make')
  const [state, indicators] = [await parts.catalogue.read(), await readIndicators(parts.database)]
  const firstDay = [...(await readFirstDays(parts.database)).values()].sort()[0] ?? null
  return { presets: listPresets(parts.today()), firstDay, issuers: listIssuers(state, indicators, scope) }
}

async function offerChoices(parts: ReportParts, request: FastifyRequest) {
  const { presets, firstDay, issuers } = await readChoices(parts, request)
  return { presets: offerPresets(presets, firstDay), issuers }
}

async function receiveReport(parts: ReportParts, request: FastifyRequest, reply: FastifyReply) {
  const form = MakeForm.safeParse(request.body ?? {})
  const values = form.success ? form.data : { period: '', issuer: '' }
  const { presets, issuers } = await readChoices(parts, request)
  const preset = presets.find(({ key }) => key === values.period)
  const issuer = issuers.find(({ key }) => key === values.issuer)
  if (!preset || !issuer) return showReports(parts, reply, values, missing(preset, issuer))
  const id = await makeFirst(parts, request, preset, issuer)
  if (id === undefined) return showReports(parts, reply, values, [alreadyThere])
  return reply.redirect(links.report(id), 303)
}

async function makeFirst(parts: ReportParts, request: FastifyRequest, preset: Preset, issuer: IssuerChoice) {
  const member = await parts.guard.getStaff(request)
  const { kind, from, to } = preset
  const { agencyId, sector } = issuer
  const asked = { kind, sector, agency: agencyId, from, to }
  const written = await writeFresh(parts.database, await parts.catalogue.read(), asked, {
    today: parts.today(),
    own: {
      paragraphs: {},
      ledger: await parts.readCheckpoint(),
    },
  })
  const key = { kind, sector, agencyId, from, to, version: 1, correctsId: null, correctionReason: null }
  return makeReport(parts.database, { ...key, ...written }, byOf(parts, member))
}

const missing = (preset: Preset | undefined, issuer: IssuerChoice | undefined): Problem[] => [
  ...(preset ? [] : [{ path: 'period', message: 'Xin chọn báo cáo và kỳ trong danh sách.' }]),
  ...(issuer ? [] : [{ path: 'issuer', message: 'Xin chọn đơn vị và lĩnh vực trong danh sách.' }]),
]

const alreadyThere: Problem = {
  path: 'period',
  message: 'Báo cáo của kỳ này đã có trong danh sách; xin mở bản đó để sửa bản thảo hoặc lập bản đính chính.',
}

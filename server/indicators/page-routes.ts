import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import { addIndicatorVersion, readIndicatorVersions } from '../../db/indicators/indicators.ts'
import { type ChangePageProps, renderIndicatorChangePage } from '../../web/indicators/change-page.tsx'
import { indicatorSections } from '../../web/indicators/detail/sections.ts'
import { renderIndicatorPage } from '../../web/indicators/page.tsx'
import { links, patterns } from '../../web/links.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { readSection } from '../http/section.ts'
import type { StaffMember } from '../staff/contract.ts'
import { mayDo, shellOf } from '../staff/permission-rules.ts'
import { notAllowed } from '../staff/refusal-words.ts'
import { readAssisted, readLanguages } from './apart/apart.ts'
import { applyForm, IndicatorForm } from './change.ts'
import { readIndicatorDetail } from './detail/detail.ts'
import { withholdFewInDetail } from './detail/few-rules.ts'
import { readIndicatorView } from './indicators.ts'
import { readOutlook } from './outlook.ts'
import type { IndicatorParts } from './parts.ts'
import { readAskedRange } from './reading.ts'
import { chartsOf } from './warnings.ts'

type ByCode = { Params: { code: string } }
type FormBody = Record<string, unknown>

/** One indicator: what is behind its number, and its definition's next version. */
export function serveIndicator(app: FastifyInstance, parts: IndicatorParts): void {
  app.get<ByCode & { Querystring: { from?: string; to?: string } }>(patterns.indicator, (request, reply) =>
    showIndicator(parts, request, reply),
  )
  app.get<ByCode>(patterns.changeIndicator, (request, reply) => showForm(parts, request, reply))
  app.post<ByCode>(patterns.changeIndicator, (request, reply) => receiveForm(parts, request, reply))
}

async function showIndicator(
  parts: IndicatorParts,
  request: FastifyRequest<ByCode & { Querystring: { from?: string; to?: string } }>,
  reply: FastifyReply,
) {
  const { database, guard, assets, demo, today } = parts
  const member = await guard.getStaff(request)
  const named = request.params.code.toUpperCase()
  const indicator = (await readIndicators(database)).find(({ code }) => code.toUpperCase() === named)
  if (!indicator) throw new PublicError('not_found')
  if (!mayDo(member, 'results.read', indicator.ownerAgencyId)) throw notAllowed(member, 'results.read')
  const { range, asked } = readAskedRange(request.query, today())
  const section = readSection(request.query, indicatorSections)
  const figures = await readFigures(parts, indicator, { range, section })
  const mayChange = mayDo(member, 'indicators.change', indicator.ownerAgencyId)
  const about = { today: today(), asked, section, mayChange, shell: shellOf(member, 'indicators', demo) }
  const html = renderIndicatorPage({ ...figures, ...about }, assets)
  return sendHtml(reply, asked.problems.length > 0 ? 422 : 200, html, staffPolicy)
}

/** Everything of the range asked for, and where the running year may end. */
async function readFigures(
  { database, catalogue, warnings, today }: IndicatorParts,
  indicator: Indicator,
  { range, section }: { range: { from: string; to: string }; section: string },
) {
  const state = await catalogue.read()
  const year = today().slice(0, 4)
  const period = { from: `${year}-01-01`, to: `${year}-12-31` }
  const view = await readIndicatorView(database, state, indicator, { range, today: today(), precision: 'held' })
  const weeks = chartsOf(indicator.definition, state, await warnings.read(today()))
  const showsPeople = section === 'nguoi' || section === wholePage
  const asked = { range, today: today() }
  const [detail, outlook, languages, assisted] = await Promise.all([
    readIndicatorDetail(database, state, view, { range, today: today(), weeks }),
    readOutlook(database, state, { indicator, period, today: today() }),
    showsPeople ? readLanguages(database, state, indicator, asked) : { parts: [] },
    showsPeople ? readAssisted(database, state, indicator, asked) : { parts: [], difference: null },
  ])
  return { detail: withholdFewInDetail(detail), outlook, languages, assisted }
}

async function showForm(parts: IndicatorParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const page = await readChangePage(parts, request.params.code, member)
  return sendHtml(reply, 200, renderIndicatorChangePage(page, parts.assets), staffPolicy)
}

async function receiveForm(parts: IndicatorParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const { code } = request.params
  const page = await readChangePage(parts, code, member)
  const again = (status: number, more: Partial<ChangePageProps>) =>
    sendHtml(reply, status, renderIndicatorChangePage({ ...page, ...more }, parts.assets), staffPolicy)
  const values = (request.body ?? {}) as FormBody
  const form = IndicatorForm.safeParse(values)
  if (!form.success) return again(422, { values, problems: form.error.issues.map(describeIssue) })
  const state = await parts.catalogue.read()
  if (form.data.basedOn !== page.current.version) return again(409, { values, overtaken: true })
  const applied = applyForm(form.data, page.current, state)
  if ('problems' in applied) return again(422, { values, problems: applied.problems })
  const change = { ...applied.settings, reason: form.data.reason, changedBy: member.username }
  if (!(await addIndicatorVersion(parts.database, code, form.data.basedOn, change))) {
    const newer = await readChangePage(parts, code, member)
    return again(409, { ...newer, values, overtaken: true })
  }
  return reply.redirect(links.indicator(code), 303)
}

const describeIssue = ({ path, message }: { path: PropertyKey[]; message: string }) => ({
  path: String(path[0] ?? 'reason'),
  message,
})

async function readChangePage(
  { database, catalogue, demo }: IndicatorParts,
  code: string,
  member: StaffMember,
): Promise<ChangePageProps> {
  const [versions, state] = await Promise.all([readIndicatorVersions(database, code), catalogue.read()])
  const [current] = versions
  if (!current) throw new PublicError('not_found')
  if (!mayDo(member, 'indicators.change', current.ownerAgencyId)) throw notAllowed(member, 'indicators.change')
  return {
    code,
    current,
    versions,
    fields: listFields(state),
    problems: [],
    overtaken: false,
    shell: shellOf(member, 'indicators', demo),
  }
}

const listFields = (state: CatalogueState) => state.fields.map(({ code, name }) => ({ code, name: name.vi }))

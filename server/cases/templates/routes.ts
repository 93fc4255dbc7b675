import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readTemplates, saveTemplate } from '../../../db/cases/templates.ts'
import { renderReplyTemplatesPage } from '../../../web/cases/templates/page.tsx'
import { links } from '../../../web/links.ts'
import type { AgencyId } from '../../catalogue/contract.ts'
import { PublicError } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { type Problem, problemsOf } from '../../problems.ts'
import { isInScope, scopeOf, shellOf } from '../../staff/permission-rules.ts'
import { type CaseParts, type CaseVisit, visitCases } from '../desk.ts'
import { maskPersonalData } from '../masking-rules.ts'
import { TemplateForm } from './contract.ts'
import { listTemplates } from './rules.ts'

/** The texts an agency's replies begin with, kept by its head. */
export function serveReplyTemplates(app: FastifyInstance, parts: CaseParts): void {
  app.get(links.replyTemplates(), async (request, reply) => {
    const visit = await visitCases(parts, request)
    const { da, ...query } = request.query as Record<string, unknown>
    return sendTemplates(parts, reply, visit, {
      agency: query['co-quan'],
      saved: da === 'luu',
      problems: [],
      typed: {},
    })
  })
  app.post(links.replyTemplates(), (request, reply) => receiveTemplate(parts, request, reply))
}

/** The templates of one agency, as its cases offer them. */
export async function readAgencyTemplates({ database }: CaseParts, { frame }: CaseVisit, agencyId: AgencyId) {
  const own = frame.state.places.filter((place) => place.agencyId === agencyId)
  const stored = await readTemplates(database, agencyId)
  return listTemplates(stored, frame.themes, new Set(own.map(({ sector }) => sector)))
}

type Shown = { agency: unknown; saved: boolean; problems: Problem[]; typed: Record<string, string> }

async function sendTemplates(parts: CaseParts, reply: FastifyReply, visit: CaseVisit, shown: Shown) {
  const scope = scopeOf(visit.member, 'cases.publish')
  const agencies = visit.frame.state.agencies.filter(({ id }) => isInScope(scope, id))
  const agency = agencies.find(({ code }) => code === shown.agency) ?? (shown.agency ? undefined : agencies[0])
  if (!agency) throw new PublicError('not_found')
  const html = renderReplyTemplatesPage(
    {
      agencies: agencies.map(({ code, name }) => ({ value: code, label: name.vi })),
      agency: agency.code,
      templates: await readAgencyTemplates(parts, visit, agency.id),
      saved: shown.saved,
      problems: shown.problems,
      typed: shown.typed,
      shell: shellOf(visit.member, 'cases', parts.demo),
    },
    parts.assets,
  )
  return sendHtml(reply, shown.problems.length > 0 ? 422 : 200, html, staffPolicy)
}

async function receiveTemplate(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const form = TemplateForm.safeParse(request.body ?? {})
  const typed = (request.body ?? {}) as Record<string, string>
  const refuse = (problems: Problem[]) =>
    sendTemplates(parts, reply, visit, { agency: typed.agency, saved: false, problems, typed })
  if (!form.success) return refuse(problemsOf(form.error))
  const { agency: code, template: key, body } = form.data
  const scope = scopeOf(visit.member, 'cases.publish')
  const agency = visit.frame.state.agencies.find((one) => one.code === code && isInScope(scope, one.id))
  const known = agency && (await readAgencyTemplates(parts, visit, agency.id))
  if (!agency || !known?.some((one) => one.key === key)) throw new PublicError('not_found')
  if (maskPersonalData(body).found > 0) return refuse([{ path: 'body', message: revealsNumber }])
  const saved = { agencyId: agency.id, agency: code, key, body, actor: visit.member.username }
  await saveTemplate(parts.database, saved)
  return reply.redirect(`${links.replyTemplates(code)}&da=luu`, 303)
}

const revealsNumber = 'Mẫu có số điện thoại, số giấy tờ hoặc địa chỉ thư; xin bỏ đi.'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addImprovement, moveImprovement, readAnsweredCases, readOwnImprovements } from '../../db/cases/improvements.ts'
import { renderImprovementDraftPage } from '../../web/cases/improvement-draft-page.tsx'
import { renderImprovementsPage } from '../../web/cases/improvements-page.tsx'
import { links, patterns } from '../../web/links.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { type Problem, problemsOf } from '../problems.ts'
import { isInScope, mayDo, scopeOf, shellOf } from '../staff/permission-rules.ts'
import { type CaseRow, ImprovementForm, PublishForm } from './contract.ts'
import { type CaseParts, type CaseVisit, visitCases } from './desk.ts'
import { maskPersonalData } from './masking-rules.ts'
import { quotesComment } from './rules.ts'
import { itemOf, themeChoices } from './views.ts'

const mostCases = 100

/** "Ông/Bà nói, chúng tôi làm": made from answered cases, published by the agency, taken back by it. */
export function serveImprovements(app: FastifyInstance, parts: CaseParts): void {
  app.get(links.improvements, (request, reply) => showImprovements(parts, request, reply))
  app.get(links.newImprovement(), (request, reply) => showDraft(parts, request, reply))
  app.post(links.newImprovement(), (request, reply) => receiveDraft(parts, request, reply))
  app.post<{ Params: { id: string } }>(patterns.improvement, (request, reply) => publish(parts, request, reply))
}

async function showImprovements(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const { member, reader, frame } = await visitCases(parts, request)
  const rows = await readOwnImprovements(parts.database, reader.scope)
  const entries = rows.map((row) => ({
    ...row,
    agency: frame.state.agencies.find(({ id }) => id === row.agencyId)?.name.vi ?? '',
    mayPublish: mayDo(member, 'cases.publish', row.agencyId),
  }))
  const view = { entries, mayAdd: mayDo(member, 'cases.publish') }
  const html = renderImprovementsPage({ view, shell: shellOf(member, 'cases', parts.demo) }, parts.assets)
  return sendHtml(reply, 200, html, staffPolicy)
}

async function showDraft(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const query = request.query as Record<string, unknown>
  const draft = await readDraft(parts, visit, query['co-quan'], query['chu-de'])
  return sendDraft(parts, reply, { visit, draft, values: {}, problems: [] })
}

const sectorsOf = ({ state }: CaseVisit['frame'], agencyId: number) =>
  new Set(state.places.filter((place) => place.agencyId === agencyId).map(({ sector }) => sector))

type Draft = Awaited<ReturnType<typeof readDraft>>

async function readDraft(parts: CaseParts, { member, reader, frame }: CaseVisit, code: unknown, theme: unknown) {
  const scope = scopeOf(member, 'cases.publish')
  const agencies = frame.state.agencies.filter(({ id }) => isInScope(scope, id))
  const agency = agencies.find((one) => one.code === code) ?? (code ? undefined : agencies[0])
  if (!agency) throw new PublicError('not_found')
  const themeId = frame.themes.find(({ id }) => String(id) === theme)?.id
  const rows = await readAnsweredCases(parts.database, reader, { agencyId: agency.id, themeId, limit: mostCases })
  return { agencies, agency, themeId, rows }
}

type DraftShown = { visit: CaseVisit; draft: Draft; values: Record<string, string[]>; problems: Problem[] }

function sendDraft(
  parts: CaseParts,
  reply: FastifyReply,
  { visit: { member, frame }, draft: { agencies, agency, themeId, rows }, values, problems }: DraftShown,
) {
  const view = {
    agencies: agencies.map(({ code, name }) => ({ value: code, label: name.vi })),
    themes: themeChoices(frame, sectorsOf(frame, agency.id)),
    agency: agency.code,
    theme: themeId === undefined ? '' : String(themeId),
    cases: rows.map((row) => itemOf(row, frame)),
  }
  const shell = shellOf(member, 'cases', parts.demo)
  const html = renderImprovementDraftPage({ view, values, problems, shell }, parts.assets)
  return sendHtml(reply, problems.length > 0 ? 422 : 200, html, staffPolicy)
}

async function receiveDraft(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const body = (request.body ?? {}) as Record<string, unknown>
  const draft = await readDraft(parts, visit, body.agency, undefined)
  const refuse = (problems: Problem[]) => sendDraft(parts, reply, { visit, draft, values: listsOf(body), problems })
  const form = ImprovementForm.safeParse(body)
  if (!form.success) return refuse(problemsOf(form.error))
  const { said, did, case: chosen } = form.data
  const sources = draft.rows.filter(({ id }) => chosen.includes(id))
  const problems = problemsOfEntry({ said, did }, sources)
  if (sources.length !== chosen.length) problems.push({ path: 'case', message: 'Xin chọn ý kiến trong danh sách.' })
  if (problems.length > 0) return refuse(problems)
  const entry = { agencyId: draft.agency.id, said, did, caseIds: chosen, createdBy: visit.member.username }
  await addImprovement(parts.database, entry)
  return reply.redirect(links.improvements, 303)
}

/** What is published is the agency's own words: no citizen's sentence, nobody's number. */
function problemsOfEntry(entry: { said: string; did: string }, sources: CaseRow[]): Problem[] {
  return (['said', 'did'] as const).flatMap((path) => {
    if (maskPersonalData(entry[path]).found > 0)
      return [{ path, message: 'Có số điện thoại, số giấy tờ hoặc địa chỉ thư; xin bỏ đi.' }]
    return sources.some(({ comment }) => comment !== null && quotesComment(entry[path], comment))
      ? [{ path, message: 'Câu này chép lại lời của người dân; xin viết bằng lời của đơn vị.' }]
      : []
  })
}

const listsOf = (body: Record<string, unknown>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, [value].flat().map(String)]))

async function publish(parts: CaseParts, request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const form = PublishForm.safeParse(request.body ?? {})
  const id = Number(request.params.id)
  if (!form.success || !Number.isInteger(id) || id < 1 || id > 2_147_483_647) throw new PublicError('not_found')
  const by = { actor: member.username, at: new Date(parts.now()).toISOString() }
  const moved = await moveImprovement(parts.database, id, {
    scope: scopeOf(member, 'cases.publish'),
    action: form.data.action,
    by,
  })
  if (!moved) throw new PublicError('not_found')
  return reply.redirect(links.improvements, 303)
}

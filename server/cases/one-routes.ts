import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { changeCase, readColleagues, recordReveal } from '../../db/cases/course.ts'
import { findNextCase } from '../../db/cases/next.ts'
import { renderCasePage } from '../../web/cases/page.tsx'
import type { CasePageProps } from '../../web/cases/page-props.ts'
import { links, patterns } from '../../web/links.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { type Problem, problemsOf } from '../problems.ts'
import { scopeOf, shellOf } from '../staff/permission-rules.ts'
import { refused } from '../staff/refusal-words.ts'
import { addWorkingDays } from './calendar-rules.ts'
import { callbackPurpose } from './citizen-contract.ts'
import { type CaseChange, type CaseDetail, CaseForm, CloseReason, RevealForm } from './contract.ts'
import { type CaseParts, type CaseVisit, getCase, refuseAct, revealWords, visitCases } from './desk.ts'
import { maskPersonalData } from './masking-rules.ts'
import { decideChange, mayAct, mayReveal, type Targets, transitions } from './rules.ts'
import { praiseKey, type ReplyTemplate } from './templates/contract.ts'
import { readAgencyTemplates } from './templates/routes.ts'
import { hasBlank, insertTemplate } from './templates/rules.ts'
import type { CaseDoors } from './view-contract.ts'
import { viewOf } from './views.ts'

type ById = { Params: { id: string } }
type CaseRequest = FastifyRequest<ById>

/** One case: its page, the one form of changes, and what only its owner may see. */
export function serveCase(app: FastifyInstance, parts: CaseParts): void {
  app.get<ById>(patterns.case, (request, reply) => showCase(parts, request, reply))
  app.post<ById>(patterns.case, (request, reply) => receiveChange(parts, request, reply))
  app.post<ById>(patterns.revealCase, (request, reply) => reveal(parts, request, reply))
}

async function showCase(parts: CaseParts, request: CaseRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const one = await getCase(parts.database, visit.reader, request.params.id)
  const { da } = request.query as { da?: string }
  const next = da === 'tra-loi' ? await findNext(parts, visit, one.id) : null
  return sendCase(parts, reply, { visit, one, shown: { done: da === 'ghi' || da === 'tra-loi', next } })
}

type Shown = Partial<Omit<CasePageProps, 'view' | 'doors' | 'shell'>>

type CaseShown = { visit: CaseVisit; one: CaseDetail; shown: Shown; status?: number }

async function sendCase(parts: CaseParts, reply: FastifyReply, { visit, one, shown, status = 200 }: CaseShown) {
  const props = {
    values: {},
    problems: [],
    preview: null,
    revealed: null,
    done: false,
    next: null,
    ...shown,
    view: viewOf(one, visit.frame),
    doors: await doorsOf(parts, visit, one),
    shell: shellOf(visit.member, 'cases', parts.demo),
  }
  return sendHtml(reply, status, renderCasePage(props, parts.assets), staffPolicy)
}

async function doorsOf(parts: CaseParts, visit: CaseVisit, one: CaseDetail): Promise<CaseDoors> {
  const { member, frame } = visit
  const may = Object.fromEntries(
    (Object.keys(transitions) as (keyof typeof transitions)[]).map((action) => [action, mayAct(member, one, action)]),
  ) as CaseDoors['may']
  const sector = frame.state.places.find(({ id }) => id === one.placeId)?.sector
  return {
    may,
    mayReveal: mayReveal(member, one),
    colleagues: may.assign ? await readColleagues(parts.database, one) : [],
    agencies: frame.state.agencies
      .filter(({ id }) => id !== one.agencyId)
      .map(({ code, name }) => ({ value: code, label: name.vi })),
    themes: frame.themes
      .filter(({ id, open, sector: own }) => id === one.themeId || (open && (own === null || own === sector)))
      .map(({ id, name }) => ({ value: String(id), label: name })),
    templates: may.reply ? sortTemplates(await readAgencyTemplates(parts, visit, one.agencyId), visit, one) : [],
  }
}

/** What fits this case stands first: its theme's, or thanks for praise. */
function sortTemplates(all: ReplyTemplate[], { frame }: CaseVisit, { kind, themeId }: CaseDetail): ReplyTemplate[] {
  const fitting = kind === 'praise' ? praiseKey : frame.themes.find(({ id }) => id === themeId)?.code
  return all.toSorted((a, b) => Number(b.key === fitting) - Number(a.key === fitting))
}

/** The next case this member could answer. */
async function findNext({ database }: CaseParts, { member, reader }: CaseVisit, except: number) {
  const scope = scopeOf(member, 'cases.handle')
  const id = await findNextCase(database, { ...reader, scope }, { memberId: member.id, except })
  return id === null ? ('none' as const) : id
}

async function receiveChange(parts: CaseParts, request: CaseRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const one = await getCase(parts.database, visit.reader, request.params.id)
  const values = textsOf(request.body)
  const form = CaseForm.safeParse(request.body ?? {})
  const refuse = (problems: Problem[], status = 422) =>
    sendCase(parts, reply, { visit, one, shown: { values, problems }, status })
  if (!form.success) return refuse(problemsOf(form.error))
  if (form.data.seen !== lastEventOf(one)) return refuse([overtaken], 409)
  if (!mayAct(visit.member, one, form.data.action)) throw refuseAct(visit.member, one, form.data.action)
  const targets = await findTargets(parts, visit, one, form.data)
  const problems = problemsOfChange(form.data, one, targets)
  if (problems.length > 0) return refuse(problems)
  if (form.data.action === 'preview')
    return sendCase(parts, reply, { visit, one, shown: { values, preview: form.data.reply } })
  if (form.data.action === 'template') {
    const inserted = insertTemplate(form.data.reply, await findTemplate(parts, visit, one, form.data.template))
    return sendCase(parts, reply, { visit, one, shown: { values: { ...values, reply: inserted } } })
  }
  const change = decideChange(form.data, one, visit.member, targets)
  if (!(await carryOut(parts, visit, one, change))) {
    const fresh = await getCase(parts.database, visit.reader, request.params.id)
    return sendCase(parts, reply, { visit, one: fresh, shown: { values, problems: [overtaken] }, status: 409 })
  }
  const done = change.answered ? 'tra-loi' : 'ghi'
  return reply.redirect(leavesSight(visit, change.set) ? links.cases() : `${links.case(one.id)}?da=${done}`, 303)
}

async function findTemplate(parts: CaseParts, visit: CaseVisit, one: CaseDetail, key: string): Promise<string> {
  const templates = await readAgencyTemplates(parts, visit, one.agencyId)
  return templates.find((template) => template.key === key)?.body ?? ''
}

/** False where somebody else was faster. */
async function carryOut(parts: CaseParts, { member }: CaseVisit, one: CaseDetail, change: CaseChange) {
  const by = { actor: member.username, at: new Date(parts.now()).toISOString(), subject: links.case(one.id) }
  const asSeen = { seen: lastEventOf(one), restricted: one.restricted }
  return (await changeCase(parts.database, one.id, change, { ...by, ...asSeen })) === 'changed'
}

const overtaken: Problem = {
  path: 'seen',
  message:
    'Ý kiến này vừa được người khác cập nhật, nên điều Ông/Bà gửi chưa được ghi. Xin xem lại rồi gửi lại nếu còn cần.',
}

const lastEventOf = ({ events }: CaseDetail): number => Math.max(0, ...events.map(({ id }) => id))

/** After a transfer the case may be nobody's in the member's own agencies. */
const leavesSight = ({ reader: { scope } }: CaseVisit, { agencyId }: { agencyId?: number }): boolean =>
  agencyId !== undefined && scope !== 'all' && !(scope as number[]).includes(agencyId)

async function findTargets(parts: CaseParts, { frame }: CaseVisit, one: CaseDetail, form: CaseForm): Promise<Targets> {
  const colleagues = form.action === 'assign' ? await readColleagues(parts.database, one) : []
  const agency = form.action === 'transfer' ? frame.state.agencies.find(({ code }) => code === form.agency) : undefined
  const theme = form.action === 'theme' ? frame.themes.find(({ id }) => id === form.theme) : undefined
  const { caseRules, holidays } = frame.state
  return {
    colleague: form.action === 'assign' ? (colleagues.find(({ id }) => id === form.owner) ?? null) : null,
    agency: agency ? { id: agency.id, name: agency.name.vi } : null,
    theme: theme ? { id: theme.id, name: theme.name } : null,
    dueOn: addWorkingDays(frame.today, caseRules.workingDays, holidays),
  }
}

/** What the form asks that is not there, and what must not go out to a citizen. */
function problemsOfChange(form: CaseForm, one: CaseDetail, targets: Targets): Problem[] {
  if (form.action === 'assign' && !targets.colleague)
    return [{ path: 'owner', message: 'Xin chọn một người trong danh sách.' }]
  if (form.action === 'theme' && form.theme !== null && !targets.theme)
    return [{ path: 'theme', message: 'Xin chọn một chủ đề trong danh sách.' }]
  if (form.action === 'transfer' && (!targets.agency || targets.agency.id === one.agencyId))
    return [{ path: 'agency', message: 'Xin chọn đơn vị khác trong danh sách.' }]
  if ((form.action === 'preview' || form.action === 'reply') && maskPersonalData(form.reply).found > 0)
    return [{ path: 'reply', message: revealsNumber }]
  if (form.action === 'reply' && hasBlank(form.reply))
    return [{ path: 'reply', message: 'Xin điền chỗ còn trong ngoặc vuông trước khi gửi.' }]
  if (form.action === 'close' && one.state !== 'answered') {
    const reason = CloseReason.safeParse(form.reason)
    if (!reason.success) return [{ path: 'reason', message: reason.error.issues[0]?.message ?? '' }]
  }
  return []
}

const revealsNumber =
  'Câu trả lời có số điện thoại, số giấy tờ hoặc địa chỉ thư. Ai cầm mã phiếu cũng đọc được, nên xin bỏ đi rồi gửi lại.'

const textsOf = (body: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((body ?? {}) as object).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )

/** Each look at the raw comment or the number is in the audit log before it is on the screen. */
async function reveal(parts: CaseParts, request: CaseRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const one = await getCase(parts.database, visit.reader, request.params.id)
  const form = RevealForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  if (!mayReveal(visit.member, one)) throw refused(revealWords)
  const { what } = form.data
  const by = { actor: visit.member.username, subject: links.case(one.id) }
  const kept = await recordReveal(parts.database, visit.reader.scope, {
    one: { ...one, ownerId: visit.member.id },
    what,
    by,
  })
  const text = what === 'comment' ? one.comment : kept?.sealed ? parts.sealing.open(kept.sealed, callbackPurpose) : null
  if (!kept || text === null) throw new PublicError('not_found')
  return sendCase(parts, reply, { visit, one, shown: { revealed: { what, text } } })
}

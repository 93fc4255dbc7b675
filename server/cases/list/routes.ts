import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countCases, readCases } from '../../../db/cases/cases.ts'
import { thankPraise } from '../../../db/cases/praise.ts'
import { renderCasesPage } from '../../../web/cases/list-page.tsx'
import { kindSlugs, tabSlugs } from '../../../web/cases/words.ts'
import { links } from '../../../web/links.ts'
import { type CaseKind, caseKinds } from '../../catalogue/contract.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { type Problem, problemsOf } from '../../problems.ts'
import { isInScope, mayDo, scopeOf, shellOf } from '../../staff/permission-rules.ts'
import { readTypedCode } from '../../typed/code.ts'
import { isCalendarDay } from '../../typed/day-contract.ts'
import { type CaseCursor, type CaseFilter, type CaseRow, caseTabs } from '../contract.ts'
import { type CaseParts, type CaseVisit, visitCases } from '../desk.ts'
import { maskPersonalData } from '../masking-rules.ts'
import { isWaiting } from '../rules.ts'
import { praiseKey } from '../templates/contract.ts'
import { readAgencyTemplates } from '../templates/routes.ts'
import { hasBlank, listTemplates } from '../templates/rules.ts'
import type { CaseListView, ThanksView } from '../view-contract.ts'
import { itemOf, themeChoices } from '../views.ts'
import { ThanksForm } from './contract.ts'

/** What fits six screens of a telephone; praise is thanked a page at a time. */
const pageSize = 15

/** The list by where cases stand, and thanks for many at once. */
export function serveCaseList(app: FastifyInstance, parts: CaseParts): void {
  app.get(links.cases(), async (request, reply) => {
    const query = request.query as Query
    const sent = /^[1-9]\d{0,3}$/.test(String(query.da ?? '')) ? Number(query.da) : null
    return sendList(parts, reply, { visit: await visitCases(parts, request), query, thanks: { sent } })
  })
  app.post(links.thankPraise, (request, reply) => receiveThanks(parts, request, reply))
}

type ListShown = { visit: CaseVisit; query: Query; thanks: Partial<ThanksView> }

async function sendList(parts: CaseParts, reply: FastifyReply, { visit, query, thanks }: ListShown) {
  const { filter, after } = readQuery(query, visit)
  const [rows, counts] = await Promise.all([
    readCases(parts.database, visit.reader, { filter, after, limit: pageSize + 1 }),
    countCases(parts.database, visit.reader, filter),
  ])
  const view: CaseListView = {
    ...describeChoices(visit, filter),
    tab: filter.tab,
    counts,
    ...pageOf(rows, visit),
    thanks: filter.tab === 'praise' ? { ...(await offerThanks(parts, visit)), ...thanks } : null,
  }
  const shell = shellOf(visit.member, 'cases', parts.demo)
  const status = thanks.problems?.length ? 422 : 200
  return sendHtml(reply, status, renderCasesPage({ view, shell }, parts.assets), staffPolicy)
}

/** The words to begin with: those of the member's only agency, otherwise the suggestion. */
async function offerThanks(parts: CaseParts, visit: CaseVisit): Promise<ThanksView> {
  const scope = scopeOf(visit.member, 'cases.handle')
  const own = visit.frame.state.agencies.filter(({ id }) => isInScope(scope, id))
  const [agency] = own
  const templates = agency && own.length === 1 ? await readAgencyTemplates(parts, visit, agency.id) : suggested
  const text = templates.find(({ key }) => key === praiseKey)?.body ?? ''
  return { may: mayDo(visit.member, 'cases.handle'), text, chosen: null, problems: [], sent: null }
}

const suggested = listTemplates(new Map(), [], new Set())

async function receiveThanks(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const body = (request.body ?? {}) as Record<string, unknown>
  const form = ThanksForm.safeParse(body)
  const problems = form.success ? problemsOfThanks(form.data.reply) : problemsOf(form.error)
  if (!form.success || problems.length > 0) {
    const typed = { text: String(body.reply ?? ''), chosen: [body.case ?? []].flat().map(String) }
    return sendList(parts, reply, { visit, query: { muc: tabSlugs.praise }, thanks: { ...typed, problems } })
  }
  const { member, reader } = visit
  const at = new Date(parts.now()).toISOString()
  const by = { id: member.id, actor: member.username, at, subject: links.case }
  const handled = { ...reader, scope: scopeOf(member, 'cases.handle') }
  const thanked = await thankPraise(parts.database, handled, { ids: form.data.case, reply: form.data.reply, by })
  return reply.redirect(`${links.cases({ tab: tabSlugs.praise })}&da=${thanked || ''}`, 303)
}

function problemsOfThanks(text: string): Problem[] {
  if (maskPersonalData(text).found > 0)
    return [{ path: 'reply', message: 'Lời cảm ơn có số điện thoại, số giấy tờ hoặc địa chỉ thư; xin bỏ đi.' }]
  return hasBlank(text) ? [{ path: 'reply', message: 'Xin điền chỗ còn trong ngoặc vuông trước khi gửi.' }] : []
}

type Query = Partial<Record<'muc' | 'diem' | 'chu-de' | 'loai' | 'cua-toi' | 'sau' | 'da', unknown>>

/** What is not understood narrows nothing: an old address still opens the list. */
function readQuery(query: Query, { member, frame }: CaseVisit): { filter: CaseFilter; after: CaseCursor | null } {
  const theme = Number(query['chu-de'])
  const kind = caseKinds.find((one) => kindSlugs[one] === query.loai)
  const [, day, id] = /^(.{10})_(\d{1,9})$/.exec(String(query.sau ?? '')) ?? []
  return {
    filter: {
      tab: caseTabs.find((one) => tabSlugs[one] === query.muc) ?? 'new',
      placeId: frame.state.placeByCode.get(readTypedCode(String(query.diem ?? '')))?.id,
      themeId: frame.themes.find((one) => one.id === theme)?.id ?? (query['chu-de'] === '0' ? 0 : undefined),
      kind,
      ownerId: query['cua-toi'] === '1' ? member.id : undefined,
    },
    after: isCalendarDay(day) ? { day, id: Number(id) } : null,
  }
}

function pageOf(rows: CaseRow[], { frame }: CaseVisit): Pick<CaseListView, 'items' | 'next'> {
  const shown = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => itemOf(row, frame)),
    next: last ? `${(isWaiting(last.state) ? last.dueOn : null) ?? last.day}_${last.id}` : null,
  }
}

function describeChoices({ member, reader, frame }: CaseVisit, filter: CaseFilter) {
  const places = frame.state.places.filter(({ agencyId }) => isInScope(reader.scope, agencyId))
  const place = frame.state.places.find(({ id }) => id === filter.placeId)
  const kind = filter.kind && kindSlugs[filter.kind as CaseKind]
  return {
    filter: {
      place: place?.code ?? '',
      theme: filter.themeId === undefined ? '' : String(filter.themeId),
      kind: kind ?? '',
      mine: filter.ownerId === undefined ? '' : '1',
    },
    places: places.map(({ code, name }) => ({ value: code, label: name.vi })),
    themes: [
      { value: '0', label: 'Chưa chọn chủ đề' },
      ...themeChoices(frame, new Set(places.map(({ sector }) => sector))),
    ],
    doors: {
      improvements: true,
      templates: mayDo(member, 'cases.publish'),
      settings: mayDo(member, 'cases.configure'),
      rights: mayDo(member, 'rights.handle'),
      mine: mayDo(member, 'cases.handle'),
    },
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countCases, readCases } from '../../db/cases/cases.ts'
import { renderCasesPage } from '../../web/cases/list-page.tsx'
import { kindSlugs, tabSlugs } from '../../web/cases/words.ts'
import { links } from '../../web/links.ts'
import { type CaseKind, caseKinds } from '../catalogue/contract.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { isInScope, mayDo, shellOf } from '../staff/permission-rules.ts'
import { readTypedCode } from '../typed/code.ts'
import { isCalendarDay } from '../typed/day-contract.ts'
import { type CaseCursor, type CaseFilter, type CaseRow, caseTabs } from './contract.ts'
import { type CaseParts, type CaseVisit, visitCases } from './desk.ts'
import { serveImprovements } from './improvement-routes.ts'
import { serveCase } from './one-routes.ts'
import { serveRightsRequests } from './rights-routes.ts'
import { isWaiting } from './rules.ts'
import { serveCaseSettings } from './settings/routes.ts'
import type { CaseListView } from './view-contract.ts'
import { itemOf, themeChoices } from './views.ts'

const pageSize = 30

/** The staff's half of cases: the list, a case, what came of them, and the settings behind. */
export function serveCases(app: FastifyInstance, parts: CaseParts): void {
  app.get(links.cases(), (request, reply) => showCases(parts, request, reply))
  serveCase(app, parts)
  serveImprovements(app, parts)
  serveCaseSettings(app, parts)
  serveRightsRequests(app, parts)
}

async function showCases(parts: CaseParts, request: FastifyRequest, reply: FastifyReply) {
  const visit = await visitCases(parts, request)
  const { filter, after } = readQuery(request.query as Query, visit)
  const [rows, counts] = await Promise.all([
    readCases(parts.database, visit.reader, { filter, after, limit: pageSize + 1 }),
    countCases(parts.database, visit.reader, filter),
  ])
  const view: CaseListView = { ...describeChoices(visit, filter), tab: filter.tab, counts, ...pageOf(rows, visit) }
  const shell = shellOf(visit.member, 'cases', parts.demo)
  return sendHtml(reply, 200, renderCasesPage({ view, shell }, parts.assets), staffPolicy)
}

type Query = Partial<Record<'muc' | 'diem' | 'chu-de' | 'loai' | 'cua-toi' | 'sau', unknown>>

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
    next: last ? `${isWaiting(last.state) ? last.dueOn : last.day}_${last.id}` : null,
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
      settings: mayDo(member, 'cases.configure'),
      rights: mayDo(member, 'rights.handle'),
      mine: mayDo(member, 'cases.handle'),
    },
  }
}

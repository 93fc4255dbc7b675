import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../db/client.ts'
import { renderCodebookPage } from '../../web/exports/codebook-page.tsx'
import { renderExportPage } from '../../web/exports/page.tsx'
import { links } from '../../web/links.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { StaffMember } from '../staff/contract.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { codebookCsv, writeCodebook } from './codebook.ts'
import { listColumns, planColumns } from './columns.ts'
import type { ExportChoice, ExportQuery } from './contract.ts'
import { agencyOf, countByDay, countRows, createDownloads, type Downloads } from './download.ts'
import { fileKinds } from './files.ts'
import {
  type ExportRequest,
  lastEndedDay,
  ownPlaces,
  ownQuestionnaires,
  readExportRequest,
  readQuery,
} from './request.ts'

export type ExportParts = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'now'> & {
  /** Kept in the database: orders the rows of a day. */
  orderSecret: string
}

/** Responses as files for statistics, and what their columns mean. */
export function serveExports(app: FastifyInstance, parts: ExportParts): void {
  const downloads = createDownloads(parts.database, parts.orderSecret)
  app.get(links.exports(), (request, reply) => showPage(parts, request, reply))
  // HEAD would read the whole file to throw it away.
  app.get(links.exportFile(), { exposeHeadRoute: false }, (request, reply) =>
    sendFile(parts, downloads, request, reply),
  )
  app.get(links.codebook(), async (request, reply) => {
    const { member, codebook } = await readCodebook(parts, request)
    const page = { codebook, query: readQuery(request.query), shell: shellOf(member, 'exports', parts.demo) }
    return sendHtml(reply, 200, renderCodebookPage(page, parts.assets), staffPolicy)
  })
  app.get(links.codebookFile(), async (request, reply) => {
    const { codebook } = await readCodebook(parts, request)
    return asFile(reply, 'text/csv; charset=utf-8', `bang-ma-${codebook.questionnaire}.csv`).send(codebookCsv(codebook))
  })
  app.addHook('preClose', () => downloads.stop())
}

async function showPage(parts: ExportParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const state = await parts.catalogue.read()
  const choice = await readChoice(parts, state, member, readQuery(request.query))
  const shell = shellOf(member, 'exports', parts.demo)
  const html = renderExportPage({ choice, shell }, parts.assets)
  return sendHtml(reply, choice.problem ? 422 : 200, html, staffPolicy)
}

async function sendFile(parts: ExportParts, downloads: Downloads, request: FastifyRequest, reply: FastifyReply) {
  const { member, state, asked } = await readAsked(parts, request)
  const { file, rows } = await downloads.start(state, member, asked, reply)
  const { extension, type } = fileKinds[asked.format]
  const name = `phieu-${asked.questionnaire}-${asked.from}-${asked.to}.${extension}`
  return asFile(reply, type, name).header('x-expected-rows', String(rows)).send(file)
}

const asFile = (reply: FastifyReply, type: string, name: string) =>
  reply.type(type).header('cache-control', 'no-store').header('content-disposition', `attachment; filename="${name}"`)

async function readAsked({ guard, catalogue, now }: ExportParts, request: FastifyRequest) {
  const member = await guard.getStaff(request)
  const state = await catalogue.read()
  const { request: asked, problem } = readExportRequest(state, member, readQuery(request.query), dayOf(now()))
  if (!asked) throw new PublicError('refused', [{ path: 'xuat-du-lieu', message: problem }])
  return { member, state, asked }
}

async function readCodebook(parts: ExportParts, request: FastifyRequest) {
  const { member, state, asked } = await readAsked(parts, request)
  const columns = columnsOf(state, asked)
  return { member, codebook: writeCodebook(asked.versions, columns, asked) }
}

const columnsOf = (state: CatalogueState, { versions, comments }: ExportRequest) =>
  listColumns(planColumns(versions, state.fields, comments))

/** What the page offers: by default this year's closed days of the first questionnaire. */
async function readChoice(
  { database, now }: ExportParts,
  state: CatalogueState,
  member: StaffMember,
  given: ExportQuery,
): Promise<ExportChoice> {
  const lastDay = lastEndedDay(dayOf(now()))
  const questionnaires = ownQuestionnaires(state, member)
  const query = {
    ...given,
    bo: given.bo ?? questionnaires[0]?.code ?? '',
    tu: given.tu || `${lastDay.slice(0, 4)}-01-01`,
    den: given.den || lastDay,
  }
  const places = ownPlaces(state, member).map(({ code, name, agency }) => ({
    code,
    name: name.vi,
    agency: agency.name.vi,
    chosen: given.diem.includes(code),
  }))
  const { request, problem } =
    questionnaires.length > 0 ? readExportRequest(state, member, query, dayOf(now())) : { request: null, problem: null }
  const asked = {
    questionnaire: query.bo,
    from: request?.from ?? query.tu,
    to: request?.to ?? query.den,
    format: query.dang,
    comments: query['y-kien'] === 'co',
  }
  const found = request && (await describeFound(database, state, request))
  return { questionnaires, places, asked, lastDay, problem, found }
}

async function describeFound(database: Database, state: CatalogueState, request: ExportRequest) {
  return {
    rows: countRows(await countByDay(database, request)),
    columns: columnsOf(state, request).length,
    versions: request.versions.map(({ version }) => version),
    agencyId: agencyOf(request),
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ColumnChoiceKey, findColumnChoice, keepColumnChoice } from '../../db/spreadsheets/columns.ts'
import { readVisits, saveVisits } from '../../db/visits/visits.ts'
import { links } from '../../web/links.ts'
import { renderVisitsImportPage } from '../../web/visits/import-page.tsx'
import { renderVisitsPreviewPage } from '../../web/visits/preview-page.tsx'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { Scope } from '../catalogue/contract.ts'
import { narrowCatalogue } from '../catalogue/ownership-rules.ts'
import { dayOf, lastDayOf } from '../days.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { keyOfHeader } from '../spreadsheets/columns.ts'
import type { Book, Table } from '../spreadsheets/contract.ts'
import { type Fields, keptRoles, locateTable, readTable, signatureOf } from '../spreadsheets/reading.ts'
import { findMonth } from '../spreadsheets/time.ts'
import { acceptUploads, bookOf, readUpload } from '../spreadsheets/upload.ts'
import type { StaffMember } from '../staff/contract.ts'
import { scopeOf, shellOf } from '../staff/permission-rules.ts'
import { readTypedMonth } from '../typed/day.ts'
import { visitsKind } from './columns.ts'
import type { ImportPreview, Reading, VisitCount } from './contract.ts'
import type { VisitParts } from './parts.ts'
import { countsOf } from './rules.ts'
import { readSheet, type Targets } from './sheet.ts'
import { listServedFields } from './visits.ts'

/** A file of visits: read, shown as it was understood, stored whole or not at all. */
export function serveVisitsImport(app: FastifyInstance, parts: VisitParts): void {
  app.register(async (scope) => {
    await acceptUploads(scope)
    scope.get(links.importVisits, async (request, reply) => {
      const member = await parts.guard.getStaff(request)
      return sendHtml(reply, 200, showUpload(parts, member, null), staffPolicy)
    })
    scope.post(links.importVisits, (request, reply) => receiveFile(parts, request, reply))
  })
}

async function receiveFile(parts: VisitParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const upload = await readUpload(request)
  const book = await bookOf(upload)
  const refuse = (sentence: string) => sendHtml(reply, 422, showUpload(parts, member, sentence), staffPolicy)
  if (typeof book === 'string') return refuse(book)
  const table = locateTable(book, upload.fields, visitsKind)
  if (typeof table === 'string') return refuse(table)
  const state = await parts.catalogue.read()
  const preview = await previewTable(parts, state, { book, table, fields: upload.fields, member })
  const foreign = refuseForeign(preview.reading.counts, state, scopeOf(member, 'visits.change'))
  if (foreign) return refuse(foreign)
  const { problems, counts } = preview.reading
  if (upload.fields.action !== 'store' || problems.length > 0 || preview.unseen) {
    const status = upload.fields.action === 'store' && problems.length > 0 ? 422 : 200
    return sendHtml(reply, status, showPreview(parts, member, preview), staffPolicy)
  }
  const saved = await saveVisits(parts.database, counts, member.username, book.file)
  await keepColumnChoice(parts.database, keyOf(member, table), keptRoles(table, preview.view.roles), member.username)
  return reply.redirect(`${monthOf(counts)}&saved=${saved}`, 303)
}

const keyOf = (member: StaffMember, table: Table): ColumnChoiceKey => ({
  kind: 'visits',
  scope: String(scopeOf(member, 'visits.change')),
  headerHash: keyOfHeader(table.header),
})

/** Figures of other agencies are theirs to give: a file that holds some is refused whole. */
function refuseForeign(counts: VisitCount[], state: CatalogueState, scope: Scope): string | null {
  if (scope === 'all') return null
  const own = narrowCatalogue(state, scope)
  const places = new Set(own.places.map(({ id }) => id))
  const fields = new Set(own.fields.map(({ id }) => id))
  const isOwn = ({ placeId, fieldId }: VisitCount) =>
    placeId ? places.has(placeId) : fieldId !== 0 && fields.has(fieldId)
  const foreign = counts.filter((count) => !isOwn(count))
  if (foreign.length === 0) return null
  return `Tệp có ${foreign.length} số không thuộc đơn vị của Ông/Bà; xin bỏ các dòng đó rồi nhập lại.`
}

type Asked = { book: Book; table: Table; fields: Fields; member: StaffMember }

async function previewTable(
  { database, now }: VisitParts,
  state: CatalogueState,
  { book, table, fields, member }: Asked,
): Promise<ImportPreview> {
  const remembered = await findColumnChoice(database, keyOf(member, table))
  const { view, sorted } = readTable(book, table, fields, { kind: visitsKind, remembered })
  const monthText = fields.month?.trim() ?? ''
  const typedMonth = readTypedMonth(monthText)
  const monthTyped = monthText !== '' && typedMonth === null ? monthText : null
  const month = typedMonth ?? findMonth(table.title) ?? ''
  const targets = targetsOf(state)
  const { roles, problems } = view
  const reading = readSheet({ table, roles, sorted, month, problems }, targets, dayOf(now()))
  const days = reading.counts.map(({ day }) => day).sort()
  const stored = days.length ? await readVisits(database, days[0] as string, days.at(-1) as string) : []
  const unseen = fields.action === 'store' && (monthTyped !== null || fields.seen !== signatureOf(view, month))
  return { view, month, monthTyped, reading, difference: compare(reading, stored, targets), unseen }
}

const targetsOf = (state: CatalogueState): Targets => ({
  places: state.places.map(({ id, code, name, sector }) => ({ id, code, name: name.vi, counts: countsOf(sector) })),
  fields: listServedFields(state).map(({ id, code, name }) => ({ id, code, name: name.vi })),
})

function compare(reading: Reading, stored: VisitCount[], { places, fields }: Targets): ImportPreview['difference'] {
  const keyOf = ({ placeId, fieldId, period, day }: VisitCount) => `${placeId}|${fieldId}|${period}|${day}`
  const before = new Map(stored.map((count) => [keyOf(count), count.count]))
  const known = reading.counts.filter((count) => before.has(keyOf(count)))
  const changed = known.filter((count) => before.get(keyOf(count)) !== count.count)
  const nameOf = ({ placeId, fieldId }: VisitCount) =>
    (placeId ? places.find(({ id }) => id === placeId) : fields.find(({ id }) => id === fieldId))?.name ?? ''
  return {
    added: reading.counts.length - known.length,
    same: known.length - changed.length,
    changed: changed.map((count) => ({
      what: nameOf(count),
      before: before.get(keyOf(count)) as number,
      after: count.count,
    })),
  }
}

/** The month of the newest count: where the clerk sees what was stored. */
function monthOf(counts: VisitCount[]): string {
  const month = (
    counts
      .map(({ day }) => day)
      .sort()
      .at(-1) as string
  ).slice(0, 7)
  return links.visits(`${month}-01`, lastDayOf(month))
}

function showUpload({ assets, demo }: VisitParts, member: StaffMember, problem: string | null): string {
  const shell = shellOf(member, 'visits', demo)
  return renderVisitsImportPage({ problem, shell }, assets)
}

function showPreview({ assets, demo }: VisitParts, member: StaffMember, preview: ImportPreview): string {
  const shell = shellOf(member, 'visits', demo)
  return renderVisitsPreviewPage({ preview, seen: signatureOf(preview.view, preview.month), shell }, assets)
}

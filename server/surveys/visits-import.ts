import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readVisits, saveVisits } from '../../db/surveys-visits.ts'
import { links } from '../../web/links.ts'
import { renderVisitsImportPage } from '../../web/surveys/visits-import-page.tsx'
import { renderVisitsPreviewPage } from '../../web/surveys/visits-preview-page.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { readTypedMonth } from '../http/typed-day.ts'
import { dayOf } from '../respond/arrive.ts'
import type { Scope, StaffMember } from '../staff/contract.ts'
import { scopeOf, shellOf } from '../staff/permission-rules.ts'
import type { CatalogueState } from './catalogue.ts'
import { narrowCatalogue } from './ownership-rules.ts'
import { listServedFields } from './visits.ts'
import {
  type ColumnRole,
  columnRoles,
  type ImportPreview,
  type Reading,
  Sheet,
  type VisitCount,
} from './visits-contract.ts'
import { largestFileBytes, readFile } from './visits-file.ts'
import type { VisitParts } from './visits-routes.ts'
import { countsOf, lastDayOf, shiftMonth } from './visits-rules.ts'
import { guessRoles, readSheet, type Targets } from './visits-sheet.ts'
import { findMonth } from './visits-values.ts'

/** The preview carries the whole sheet to the next request, so that nothing is stored before the clerk agrees. */
const largestSheetBytes = 2 * 1024 * 1024

/** A file of visits: read, shown as it was understood, stored whole or not at all. */
export function serveVisitsImport(app: FastifyInstance, parts: VisitParts): void {
  app.register(async (scope) => {
    const limits = { fileSize: largestFileBytes, files: 1, fieldSize: largestSheetBytes, fields: 100, parts: 101 }
    await scope.register(multipart, { limits, throwFileSizeLimit: false })
    scope.get(links.importVisits, async (request, reply) => {
      const member = await parts.guard.getStaff(request)
      return sendHtml(request, reply, 200, showUpload(parts, member, null), staffPolicy)
    })
    scope.post(links.importVisits, async (request, reply) => {
      const member = await parts.guard.getStaff(request)
      if (!request.isMultipart()) throw new PublicError('wrong_media')
      const upload = await readUpload(request)
      const sheet = await sheetOf(upload)
      if (typeof sheet === 'string') return sendHtml(request, reply, 422, showUpload(parts, member, sheet), staffPolicy)
      const state = await parts.catalogue.read()
      const preview = await previewSheet(parts, state, sheet, upload.fields)
      const foreign = refuseForeign(preview.reading.counts, state, scopeOf(member, 'visits.change'))
      if (foreign) return sendHtml(request, reply, 422, showUpload(parts, member, foreign), staffPolicy)
      if (upload.fields.action !== 'store' || preview.reading.problems.length > 0 || preview.unseen) {
        const status = upload.fields.action === 'store' && preview.reading.problems.length > 0 ? 422 : 200
        return sendHtml(request, reply, status, showPreview(parts, member, preview), staffPolicy)
      }
      const { counts } = preview.reading
      const saved = await saveVisits(parts.database, counts, member.username, sheet.file)
      return reply.redirect(`${monthOf(counts)}&saved=${saved}`, 303)
    })
  })
}

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

type Upload = { file: { name: string; bytes: Buffer; isTooLarge: boolean } | null; fields: Record<string, string> }

async function readUpload(request: FastifyRequest): Promise<Upload> {
  const upload: Upload = { file: null, fields: {} }
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.valueTruncated) throw new PublicError('too_large')
      upload.fields[part.fieldname] = String(part.value)
    } else {
      const bytes = await part.toBuffer()
      if (part.filename) upload.file = { name: part.filename, bytes, isTooLarge: part.file.truncated }
    }
  }
  return upload
}

/** The uploaded file, or the sheet that a preview brought back; otherwise one sentence on what to do. */
async function sheetOf({ file, fields }: Upload): Promise<Sheet | string> {
  if (file?.isTooLarge) return 'Tệp lớn hơn 5 MB; xin tách theo tháng rồi nhập từng tệp.'
  if (file) {
    const sheet = await readFile(file.bytes, file.name)
    const isTooLong = typeof sheet !== 'string' && Buffer.byteLength(JSON.stringify(sheet)) > largestSheetBytes - 1024
    return isTooLong ? 'Tệp có quá nhiều chữ; xin chỉ giữ các cột lĩnh vực, ngày và số lượng rồi nhập lại.' : sheet
  }
  if (!fields.sheet) return 'Xin chọn một tệp CSV hoặc Excel (.xlsx).'
  const sheet = Sheet.safeParse(parseJson(fields.sheet))
  return sheet.success ? sheet.data : 'Trang xem trước không còn nguyên vẹn; xin chọn lại tệp.'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No JSON is no sheet: the schema refuses it with its sentence.
    return null
  }
}

async function previewSheet(
  { database, now }: VisitParts,
  state: CatalogueState,
  sheet: Sheet,
  fields: Record<string, string>,
): Promise<ImportPreview> {
  const today = dayOf(now())
  const given = sheet.header.map((_, index) => columnRoles.find((role) => role === fields[`cot-${index}`]) ?? 'none')
  const roles = fields.sheet ? given : guessRoles(sheet.header)
  const monthText = fields.month?.trim() ?? ''
  const typedMonth = readTypedMonth(monthText)
  const monthTyped = monthText !== '' && typedMonth === null ? monthText : null
  const month = typedMonth ?? findMonth(sheet.title) ?? shiftMonth(today.slice(0, 7), -1)
  const targets = targetsOf(state)
  const reading = readSheet(sheet, roles, month, targets, today)
  const days = reading.counts.map(({ day }) => day).sort()
  const stored = days.length ? await readVisits(database, days[0] as string, days.at(-1) as string) : []
  const unseen = fields.action === 'store' && (monthTyped !== null || fields.seen !== signatureOf(roles, month))
  return { sheet, roles, month, monthTyped, reading, difference: compare(reading, stored, targets), unseen }
}

const targetsOf = (state: CatalogueState): Targets => ({
  places: state.places.map(({ id, code, name, sector }) => ({ id, code, name: name.vi, counts: countsOf(sector) })),
  fields: listServedFields(state).map(({ id, code, name }) => ({ id, code, name: name.vi })),
})

/** How columns are read, in one word: the button to store holds only for what the clerk saw. */
export const signatureOf = (roles: ColumnRole[], month: string): string => [...roles, month].join('.')

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
  return renderVisitsPreviewPage({ preview, seen: signatureOf(preview.roles, preview.month), shell }, assets)
}

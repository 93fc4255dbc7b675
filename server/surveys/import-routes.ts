import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addPlaces } from '../../db/surveys-places.ts'
import { links } from '../../web/links.ts'
import { renderPlacesImportPage } from '../../web/surveys/places-import-page.tsx'
import { renderPlacesPreviewPage } from '../../web/surveys/places-preview-page.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import type { CatalogueState } from './catalogue.ts'
import { type ImportedPlace, type ImportReading, PlaceSheet } from './import-contract.ts'
import { findImportHeader, type ImportKnown, readPlaces } from './import-reading.ts'
import { writeTemplate } from './import-template.ts'
import { makePlaceCode } from './place-codes.ts'
import { choicesOf, readOwn } from './places-reading.ts'
import type { SurveyParts } from './routes.ts'
import { largestFileBytes, readFile } from './visits-file.ts'

const largestSheetBytes = 2 * 1024 * 1024

/** Schools and counters from a file: read, shown as it was understood, stored whole or not at all. */
export function servePlacesImport(app: FastifyInstance, parts: SurveyParts): void {
  app.get(links.placesTemplate, async (request, reply) => {
    const { state } = await readOwn(parts, request, 'places.change')
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="diem-phuc-vu.xlsx"')
      .send(await writeTemplate(knownOf(state)))
  })
  app.register(async (scope) => {
    const limits = { fileSize: largestFileBytes, files: 1, fieldSize: largestSheetBytes, fields: 10, parts: 11 }
    await scope.register(multipart, { limits, throwFileSizeLimit: false })
    scope.get(links.importPlaces, (request, reply) => showUpload(parts, request, reply, 200, null))
    scope.post(links.importPlaces, (request, reply) => receiveSheet(parts, request, reply))
  })
}

async function receiveSheet(parts: SurveyParts, request: FastifyRequest, reply: FastifyReply) {
  if (!request.isMultipart()) throw new PublicError('wrong_media')
  const upload = await readUpload(request)
  const sheet = await sheetOf(upload)
  if (typeof sheet === 'string') return showUpload(parts, request, reply, 422, sheet)
  const { member, state } = await readOwn(parts, request, 'places.change')
  const reading = readPlaces(sheet, knownOf(state))
  if (upload.action !== 'store' || reading.problems.length > 0)
    return showPreview(parts, request, reply, sheet, reading, upload.action === 'store' ? 422 : 200)
  const used = await addPlaces(parts.database, toPlaces(state, reading.places), member.username)
  if (used.length > 0) {
    // Somebody else took a code since the preview was read.
    const problems = used.map((code) => `Mã ${code} vừa được dùng ở nơi khác; xin đổi hoặc để trống.`)
    return showPreview(parts, request, reply, sheet, { ...reading, problems }, 422)
  }
  await parts.catalogue.refresh()
  return reply.redirect(links.places, 303)
}

type Upload = { file: { name: string; bytes: Buffer; isTooLarge: boolean } | null; sheet: string; action: string }

async function readUpload(request: FastifyRequest): Promise<Upload> {
  const upload: Upload = { file: null, sheet: '', action: '' }
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (part.valueTruncated) throw new PublicError('too_large')
      if (part.fieldname === 'sheet' || part.fieldname === 'action') upload[part.fieldname] = String(part.value)
    } else {
      const bytes = await part.toBuffer()
      if (part.filename) upload.file = { name: part.filename, bytes, isTooLarge: part.file.truncated }
    }
  }
  return upload
}

async function sheetOf({ file, sheet }: Upload): Promise<PlaceSheet | string> {
  if (file?.isTooLarge) return 'Tệp lớn hơn 5 MB; xin chỉ giữ danh sách điểm phục vụ.'
  if (file) {
    const read = await readFile(file.bytes, file.name, findImportHeader)
    const isTooLong = typeof read !== 'string' && Buffer.byteLength(JSON.stringify(read)) > largestSheetBytes - 1024
    return isTooLong ? 'Tệp có quá nhiều chữ; xin chỉ giữ các cột của tệp mẫu.' : read
  }
  if (!sheet) return 'Xin chọn một tệp CSV hoặc Excel (.xlsx).'
  const parsed = PlaceSheet.safeParse(parseJson(sheet))
  return parsed.success ? parsed.data : 'Trang xem trước không còn nguyên vẹn; xin chọn lại tệp.'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No JSON is no sheet: the schema refuses it with its sentence.
    return null
  }
}

function knownOf(state: CatalogueState): ImportKnown {
  return {
    agencies: state.agencies
      .filter(({ open }) => open)
      .map(({ id, code, name, shortName }) => {
        const own = state.places.filter((place) => place.open && place.agencyId === id)
        return { code, name: name.vi, shortName, sectors: [...new Set(own.map(({ sector }) => sector))] }
      }),
    questionnaires: choicesOf(state).questionnaires,
    fields: choicesOf(state).fields,
    places: state.places.map(({ code, name, agency }) => ({ code, name: name.vi, agency: agency.code })),
    usedCodes: new Set([...state.placeByCode.keys(), ...state.retiredByCode.keys()]),
  }
}

/** Counters ask how the dossier was handed in and for whom; the others do not. */
function toPlaces(state: CatalogueState, given: ImportedPlace[]) {
  const agencyIds = new Map(state.agencies.map(({ code, id }) => [code, id]))
  const taken = new Set(given.map(({ code }) => code).filter(Boolean))
  return given.map(({ code, name, agency, questionnaire, sector, fields }) => {
    const agencyId = agencyIds.get(agency.code)
    if (!agencyId) throw new Error(`no agency ${agency.code}`)
    const own = code || makePlaceCode(state, taken)
    taken.add(own)
    const isCounter = sector === 'administrative'
    return {
      ...{ code: own, name, agencyId, sector, questionnaire: questionnaire.code, budgetPerHour: null },
      ...{ fieldCodes: fields.map((field) => field.code), asksRespondent: isCounter },
      serviceMode: isCounter ? ('ask' as const) : ('direct' as const),
    }
  })
}

async function showUpload(
  parts: SurveyParts,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  problem: string | null,
) {
  const member = await parts.guard.getStaff(request)
  const shell = shellOf(member, 'places', parts.demo)
  return sendHtml(request, reply, status, renderPlacesImportPage({ problem, shell }, parts.assets), staffPolicy)
}

async function showPreview(
  parts: SurveyParts,
  request: FastifyRequest,
  reply: FastifyReply,
  sheet: PlaceSheet,
  reading: ImportReading,
  status: number,
) {
  const member = await parts.guard.getStaff(request)
  const shell = shellOf(member, 'places', parts.demo)
  const html = renderPlacesPreviewPage({ sheet, reading, shell }, parts.assets)
  return sendHtml(request, reply, status, html, staffPolicy)
}

import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { importPlaces } from '../../../db/places/places.ts'
import { type ColumnChoiceKey, findColumnChoice, keepColumnChoice } from '../../../db/spreadsheets/columns.ts'
import { links } from '../../../web/links.ts'
import { renderPlacesImportPage } from '../../../web/places/import-page.tsx'
import { renderPlacesPreviewPage } from '../../../web/places/import-preview-page.tsx'
import { type CatalogueState, getPlace, type Place } from '../../catalogue/catalogue.ts'
import { storedWeekOf, weekOf } from '../../catalogue/week-rules.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { keyOfHeader } from '../../spreadsheets/columns.ts'
import { type Book, longestLongCell, type Table } from '../../spreadsheets/contract.ts'
import {
  type Fields,
  keptRoles,
  locateTable,
  placeOfTable,
  readTable,
  signatureOf,
} from '../../spreadsheets/reading.ts'
import { acceptUploads, bookOf, readUpload } from '../../spreadsheets/upload.ts'
import type { StaffMember } from '../../staff/contract.ts'
import { scopeOf, shellOf } from '../../staff/permission-rules.ts'
import { makePlaceCode } from '../codes.ts'
import type { PlaceParts } from '../parts.ts'
import { choicesOf, readOwn } from '../reading.ts'
import { placesKind } from './columns.ts'
import type { ImportedPlace, ImportReading, PlaceChange, PlacesPreview } from './contract.ts'
import type { ImportKnown, KnownPlace } from './known.ts'
import { readPlaces } from './reading.ts'
import { writeTable } from './template.ts'

/** Schools and counters from a file: read, shown as it was understood, stored whole or not at all. */
export function servePlacesImport(app: FastifyInstance, parts: PlaceParts): void {
  app.get(links.placesTemplate, (request, reply) =>
    sendTable(parts, request, reply, { name: 'diem-phuc-vu', filled: false }),
  )
  app.get(links.placesFile, (request, reply) => sendTable(parts, request, reply, { name: 'noi-phuc-vu', filled: true }))
  app.register(async (scope) => {
    await acceptUploads(scope)
    scope.get(links.importPlaces, (_request, reply) => showUpload(parts, reply, 200, null))
    scope.post(links.importPlaces, (request, reply) => receiveFile(parts, request, reply))
  })
}

/** The table to fill in: empty, or with every open place, as it can be brought back. */
async function sendTable(
  parts: PlaceParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { name, filled }: { name: string; filled: boolean },
) {
  const { state } = await readOwn(parts, request, 'places.change')
  const open = new Set(state.places.filter((place) => place.open).map(({ code }) => code))
  const known = knownOf(state)
  return reply
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}.xlsx"`)
    .send(await writeTable(known, filled ? known.places.filter(({ code }) => open.has(code)) : []))
}

async function receiveFile(parts: PlaceParts, request: FastifyRequest, reply: FastifyReply) {
  const upload = await readUpload(request)
  const book = await bookOf(upload, longestLongCell)
  if (typeof book === 'string') return showUpload(parts, reply, 422, book)
  const table = locateTable(book, upload.fields, placesKind)
  if (typeof table === 'string') return showUpload(parts, reply, 422, table)
  const { member, state } = await readOwn(parts, request, 'places.change')
  const key = keyOf(member, table)
  const preview = previewTable(book, table, upload.fields, { state, kept: await findColumnChoice(parts.database, key) })
  const { places, changes, problems } = preview.reading
  const isStored = upload.fields.action === 'store'
  if (!isStored || problems.length > 0 || preview.unseen)
    return showPreview(parts, request, reply, { preview, status: isStored && problems.length > 0 ? 422 : 200 })
  const changed = changes.map((change) => toChange(state, change))
  const used = await importPlaces(parts.database, { added: toPlaces(state, places), changed }, member.username)
  if (used.length > 0) {
    // Somebody else took a code since the preview was read.
    problems.push(...used.map((code) => `Mã ${code} vừa được dùng ở nơi khác; xin đổi hoặc để trống.`))
    return showPreview(parts, request, reply, { preview, status: 422 })
  }
  await keepColumnChoice(parts.database, key, keptRoles(table, preview.view.roles), member.username)
  await parts.catalogue.refresh()
  return reply.redirect(links.places, 303)
}

const keyOf = (member: StaffMember, table: Table): ColumnChoiceKey => ({
  kind: 'places',
  scope: String(scopeOf(member, 'places.change')),
  headerHash: keyOfHeader(table.header),
})

type Around = { state: CatalogueState; kept: string[] | null }

function previewTable(book: Book, table: Table, fields: Fields, { state, kept }: Around): PlacesPreview {
  const { view, sorted } = readTable(book, table, fields, { kind: placesKind, remembered: kept })
  const answers = answersIn(fields, table)
  const { roles, problems } = view
  const reading = readPlaces({ header: table.header, roles, rows: sorted.rows, answers, problems }, knownOf(state))
  const unseen = fields.action === 'store' && fields.seen !== signatureOf(view, seenIn(reading))
  return { view, reading, unseen }
}

/** Answers about levels hold for the rows of the table they were given for. */
function answersIn(fields: Fields, table: Table): Map<number, string> {
  if (fields.doc !== placeOfTable(table)) return new Map()
  const found = Object.entries(fields).map(([name, text]) => [/^cap-(\d+)$/.exec(name)?.[1], text] as const)
  return new Map(found.flatMap(([row, text]) => (row ? [[Number(row), text] as const] : [])))
}

/** What the preview showed beside the columns: the answers, and what would change of which place. */
const seenIn = ({ questions, changes }: ImportReading): string =>
  [...questions.map(({ answer }) => answer), createHash('sha256').update(JSON.stringify(changes)).digest('hex')].join(
    ',',
  )

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
    places: state.places.map(knownPlace),
    usedCodes: new Set([...state.placeByCode.keys(), ...state.retiredByCode.keys()]),
  }
}

const knownPlace = (place: Place): KnownPlace => ({
  code: place.code,
  name: place.name.vi,
  nameEn: place.name.en,
  nameKm: place.name.km,
  agency: place.agency.code,
  questionnaire: place.questionnaire,
  fields: place.fieldCodes,
  week: weekOf(place),
  ownDays: place.ownDays,
})

function toChange(state: CatalogueState, { code, week, ownDays }: PlaceChange) {
  const place = getPlace(state, code)
  return { id: place.id, hours: storedWeekOf(week, place), ownDays }
}

/** Counters ask how the dossier was handed in and for whom; the others do not. */
function toPlaces(state: CatalogueState, given: ImportedPlace[]) {
  const agencyIds = new Map(state.agencies.map(({ code, id }) => [code, id]))
  const taken = new Set(given.map(({ code }) => code).filter(Boolean))
  return given.map(({ code, name, agency, questionnaire, sector, fields, week, ownDays }) => {
    const agencyId = agencyIds.get(agency.code)
    if (!agencyId) throw new Error(`no agency ${agency.code}`)
    const own = code || makePlaceCode(state, taken)
    taken.add(own)
    const isCounter = sector === 'administrative'
    return {
      code: own,
      name,
      agencyId,
      sector,
      questionnaire: questionnaire.code,
      budgetPerHour: null,
      fieldCodes: fields.map((field) => field.code),
      asksRespondent: isCounter,
      serviceMode: isCounter ? ('ask' as const) : ('direct' as const),
      ...storedWeekOf(week, { openDays: '12345' }),
      ownDays,
    }
  })
}

async function showUpload(parts: PlaceParts, reply: FastifyReply, status: number, problem: string | null) {
  const member = await parts.guard.getStaff(reply.request)
  const shell = shellOf(member, 'places', parts.demo)
  return sendHtml(reply, status, renderPlacesImportPage({ problem, shell }, parts.assets), staffPolicy)
}

async function showPreview(
  parts: PlaceParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { preview, status }: { preview: PlacesPreview; status: number },
) {
  const member = await parts.guard.getStaff(request)
  const shell = shellOf(member, 'places', parts.demo)
  const seen = signatureOf(preview.view, seenIn(preview.reading))
  return sendHtml(reply, status, renderPlacesPreviewPage({ preview, seen, shell }, parts.assets), staffPolicy)
}

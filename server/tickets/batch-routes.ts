import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countTickets } from '../../db/tickets/rates.ts'
import { readBatches, readTicketDays, revokeBatch, setTicketDays } from '../../db/tickets/tickets.ts'
import { links, patterns } from '../../web/links.ts'
import { renderPlaceTicketsPage } from '../../web/tickets/place-tickets-page.tsx'
import { type CatalogueState, getOpenPlace, getPlace, type Place } from '../catalogue/catalogue.ts'
import { csvLine } from '../csv-rules.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { Problem } from '../problems.ts'
import { mayDo, shellOf } from '../staff/permission-rules.ts'
import { BatchForm, type BatchRow, DaysForm, TypedBatch } from './contract.ts'
import { type MadeTickets, makeTickets, readField, slipsOf } from './make.ts'
import { readOwnPlaces, type TicketParts } from './own.ts'
import { writeSlips } from './slips.ts'
import { rateOf, rateRange } from './ticket-rules.ts'

type ByCode = { Params: { code: string; id: string } }

/** Many tickets at once: printed, or as links for text messages; what became of them; revoked. */
export function serveBatches(app: FastifyInstance, parts: TicketParts): void {
  app.get<ByCode>(patterns.placeTickets, (request, reply) =>
    showPlace(parts, request, reply, { status: 200, problems: [] }),
  )
  app.post<ByCode>(patterns.makeTickets, (request, reply) => sendBatch(parts, request, reply))
  app.post<ByCode>(patterns.revokeTickets, async (request, reply) => {
    const { member, state } = await readOwnPlaces(parts, request, 'tickets.make')
    const { code, id } = request.params
    const place = getPlace(state, code)
    const batch = { placeId: place.id, today: dayOf(parts.now()), actor: member.username }
    const isRevoked = /^\d{1,9}$/.test(id) && (await revokeBatch(parts.database, { ...batch, id: Number(id) }))
    if (!isRevoked) throw new PublicError('not_found')
    return reply.redirect(links.placeTickets(place.code), 303)
  })
  app.post(links.ticketDays, async (request, reply) => {
    const { username } = await parts.guard.getStaff(request)
    const form = DaysForm.safeParse(request.body ?? {})
    if (!form.success)
      throw new PublicError('refused', [{ path: 'days', message: form.error.issues[0]?.message ?? '' }])
    await setTicketDays(parts.database, form.data.days, username)
    return reply.redirect(links.tickets, 303)
  })
}

async function sendBatch(parts: TicketParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member, state } = await readOwnPlaces(parts, request, 'tickets.make')
  const place = getOpenPlace(state, request.params.code)
  const form = BatchForm.safeParse(request.body ?? {})
  if (!form.success) {
    const problems = form.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message }))
    return showPlace(parts, request, reply, { status: 422, problems, typed: TypedBatch.parse(request.body ?? {}) })
  }
  const { count, field, format } = form.data
  const fieldId = readField(state, place, field)
  const kind = format === 'csv' ? 'message' : 'sheet'
  const made = await makeTickets(parts, { place, fieldId, kind, count, madeBy: member.username })
  if (format === 'csv') return sendLinks(reply, place, made)
  const slips = slipsOf(place, state.fieldByCode.get(field)?.name.vi ?? null, made)
  const marks = { trial: parts.publicUrlMissing, demo: parts.demo }
  return sendPdf(reply, `phieu-${place.code}-${format}.pdf`, await writeSlips(slips, { paper: format, ...marks }))
}

export function sendPdf(reply: FastifyReply, name: string, pdf: Buffer) {
  return reply
    .type('application/pdf')
    .header('cache-control', 'no-store')
    .header('content-disposition', `inline; filename="${name}"`)
    .send(pdf)
}

function sendLinks(reply: FastifyReply, place: Place, { tickets, expiresOn }: MadeTickets) {
  const head = csvLine(['so', 'lien_ket', 'dung_den_het_ngay'])
  const lines = tickets.map(({ serial, link }) => csvLine([serial, link, expiresOn]))
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="lien-ket-${place.code}.csv"`)
    .send(`\uFEFF${head}${lines.join('')}`)
}

async function showPlace(
  parts: TicketParts,
  request: FastifyRequest<ByCode>,
  reply: FastifyReply,
  { status, problems, typed }: { status: number; problems: Problem[]; typed?: TypedBatch },
) {
  const { member, state } = await readOwnPlaces(parts, request, 'tickets.make')
  const place = getPlace(state, request.params.code)
  const today = dayOf(parts.now())
  const [batches, days, counts] = await Promise.all([
    readBatches(parts.database, place.id, today),
    readTicketDays(parts.database),
    countTickets(parts.database, rateRange(today)),
  ])
  const html = renderPlaceTicketsPage(
    {
      place: { code: place.code, name: place.name.vi, agency: place.agency.name.vi, open: place.open },
      fields: fieldsOf(state, place),
      batches: batches.map(({ fieldId, ...batch }): BatchRow => ({ ...batch, field: nameOfField(state, fieldId) })),
      rate: rateOf(counts.get(place.id)),
      days,
      problems,
      typed: typed ?? { count: '50', field: '', format: 'a4' },
      mayEnrol: mayDo(member, 'devices.manage'),
      shell: shellOf(member, 'tickets', parts.demo),
    },
    parts.assets,
  )
  return sendHtml(reply, status, html, staffPolicy)
}

/** The fields to choose from, where a place has several. */
export const fieldsOf = (state: CatalogueState, place: Place): { code: string; name: string }[] =>
  place.fieldCodes.length > 1
    ? state.fields
        .filter(({ code }) => place.fieldCodes.includes(code))
        .map(({ code, name }) => ({ code, name: name.vi }))
    : []

const nameOfField = (state: CatalogueState, id: number): string | null =>
  state.fields.find((field) => field.id === id)?.name.vi ?? null

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countTickets } from '../../db/tickets/rates.ts'
import { findTicket, nameOfApiKey, readTicketDays } from '../../db/tickets/tickets.ts'
import { links, patterns } from '../../web/links.ts'
import { renderGivenPage, renderTicketsPage } from '../../web/tickets/tickets-page.tsx'
import { getOpenPlace } from '../catalogue/catalogue.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { qrSvg } from '../qr.ts'
import { mayDo, shellOf } from '../staff/permission-rules.ts'
import { fieldsOf, sendPdf } from './batch-routes.ts'
import { GiveForm, PrintForm, TicketReply, TicketRequest } from './contract.ts'
import { makeTickets, readField, slipsOf } from './make.ts'
import { readOwnPlaces, type TicketParts } from './own.ts'
import { writeSlips } from './slips.ts'
import { hashTicket, rateOf, rateRange, readTicketCode } from './ticket-rules.ts'

type ByCode = { Params: { code: string } }

/** One ticket at a time: from a clerk's screen, or by a program with a key of its own. */
export function serveGiving(app: FastifyInstance, parts: TicketParts): void {
  app.get(links.tickets, (request, reply) => showTickets(parts, request, reply))
  app.post<ByCode>(patterns.giveTicket, (request, reply) => giveTicket(parts, request, reply))
  app.post<ByCode>(patterns.printTicket, (request, reply) => printTicket(parts, request, reply))
  app.post<{ Body: TicketRequest }>(
    links.api.tickets,
    {
      config: {
        summary: 'One-time tickets of a place: links and QR codes to hand over. Wants a key of scope "tickets".',
      },
      schema: { body: TicketRequest, response: { 201: TicketReply } },
    },
    (request, reply) => makeByProgram(parts, request, reply),
  )
}

async function showTickets(parts: TicketParts, request: FastifyRequest, reply: FastifyReply) {
  const { member, state } = await readOwnPlaces(parts, request, 'tickets.give')
  const today = dayOf(parts.now())
  const [counts, days] = await Promise.all([
    countTickets(parts.database, rateRange(today)),
    readTicketDays(parts.database),
  ])
  const agencies = state.agencies
    .map(({ id, name }) => ({
      name: name.vi,
      places: state.places
        .filter(({ agencyId, open }) => agencyId === id && open)
        .map((place) => ({
          code: place.code,
          name: place.name.vi,
          fields: fieldsOf(state, place),
          rate: rateOf(counts.get(place.id)),
        })),
    }))
    .filter(({ places }) => places.length > 0)
  const may = { make: mayDo(member, 'tickets.make'), configure: mayDo(member, 'tickets.configure') }
  const shell = shellOf(member, 'tickets', parts.demo)
  return sendHtml(reply, 200, renderTicketsPage({ agencies, days, may, shell }, parts.assets), staffPolicy)
}

async function giveTicket(parts: TicketParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member, state } = await readOwnPlaces(parts, request, 'tickets.give')
  const place = getOpenPlace(state, request.params.code)
  const form = GiveForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  const fieldId = readField(state, place, form.data.field)
  const made = await makeTickets(parts, { place, fieldId, kind: 'single', count: 1, madeBy: member.username })
  const [ticket] = made.tickets
  if (!ticket) throw new Error('no ticket was made')
  const shown = {
    place: { code: place.code, name: place.name.vi },
    field: form.data.field,
    expiresOn: made.expiresOn,
    code: ticket.code,
    link: ticket.link,
    qr: qrSvg(ticket.link, { title: 'Mã QR của phiếu một lần' }),
    shell: shellOf(member, 'tickets', parts.demo),
  }
  return sendHtml(reply, 201, renderGivenPage(shown, parts.assets), staffPolicy)
}

/** The ticket on the clerk's screen as a slip: only whoever has its code can print it. */
async function printTicket(parts: TicketParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { state } = await readOwnPlaces(parts, request, 'tickets.give')
  const place = getOpenPlace(state, request.params.code)
  const form = PrintForm.safeParse(request.body ?? {})
  const code = form.success ? readTicketCode(form.data.ticket) : null
  const found = code ? await findTicket(parts.database, hashTicket(code)) : undefined
  if (!form.success || !code || found?.placeId !== place.id) throw new PublicError('not_found')
  const field = state.fields.find(({ id }) => id === found.fieldId)?.name.vi ?? null
  const ticket = { code, link: parts.origin() + links.ticket(code), serial: code.slice(-6) }
  const slips = slipsOf(place, field, { tickets: [ticket], expiresOn: found.expiresOn })
  const marks = { trial: parts.publicUrlMissing, demo: parts.demo }
  const pdf = await writeSlips(slips, { paper: form.data.paper, ...marks })
  return sendPdf(reply, `phieu-${place.code}.pdf`, pdf)
}

/** By key, whatever place; by a signed-in member, those of his agencies. */
async function makeByProgram(
  parts: TicketParts,
  request: FastifyRequest<{ Body: TicketRequest }>,
  reply: FastifyReply,
) {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const name = key && (await nameOfApiKey(parts.database, key))
  const state = name ? await parts.catalogue.read() : (await readOwnPlaces(parts, request, 'tickets.make')).state
  const place = getOpenPlace(state, request.body.place)
  const fieldId = readField(state, place, request.body.field)
  const madeBy = name || (await parts.guard.getStaff(request)).username
  const { count } = request.body
  const { tickets, expiresOn } = await makeTickets(parts, { place, fieldId, kind: 'program', count, madeBy })
  const made = tickets.map(({ link }) => ({ link, qr: qrSvg(link, { width: '240' }) }))
  return reply.code(201).header('cache-control', 'no-store').send({ tickets: made, expires: expiresOn })
}

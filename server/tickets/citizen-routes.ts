import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findTicket } from '../../db/tickets/tickets.ts'
import { links, patterns } from '../../web/links.ts'
import type { TicketFault } from '../../web/tickets/citizen-words.ts'
import { renderCountersPage } from '../../web/tickets/counters-page.tsx'
import { renderTicketFaultPage } from '../../web/tickets/ticket-fault-page.tsx'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { inlinePolicy, type PageAssets, sendHtml } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { openSurvey, type SurveyParts } from '../respond/survey-pages.ts'
import { placeNames } from '../respond/thanks-routes.ts'
import { isScreenCode, makeVisit, readVisit } from './presence-rules.ts'
import { hashTicket, readTicketCode } from './ticket-rules.ts'

export type CitizenParts = SurveyParts & { around: PageAssets }

type Asked = FastifyRequest<{ Params: { code: string }; Querystring: { m?: unknown } }>

/** What a citizen opens by a slip of his own, or by the one code of an agency. */
export function serveTicketPages(app: FastifyInstance, parts: CitizenParts): void {
  app.get(patterns.ticket, (request, reply) => showTicket(parts, request as Asked, reply))
  app.get<{ Params: { agency: string } }>(patterns.counters, (request, reply) =>
    showCounters(parts, request as unknown as Asked, reply, request.params.agency),
  )
}

async function showTicket(parts: CitizenParts, request: Asked, reply: FastifyReply) {
  const code = readTicketCode(request.params.code)
  const ticket = code ? await findTicket(parts.database, hashTicket(code)) : undefined
  if (!code || !ticket) return sendFault(parts, reply, 'unknown', null)
  const state = await parts.catalogue.read()
  const place = state.places.find(({ id }) => id === ticket.placeId) as Place
  const fault = ticket.used
    ? 'used'
    : ticket.revoked
      ? 'revoked'
      : dayOf(parts.now()) > ticket.expiresOn
        ? 'expired'
        : null
  if (fault) return sendFault(parts, reply, fault, place)
  if (!place.open) throw new PublicError('place_closed')
  const field = state.fields.find(({ id }) => id === ticket.fieldId)?.code
  return openSurvey(parts, request, reply, { place, ticket: code, field })
}

/** Never a dead end: the open survey of the place is one press away. */
function sendFault({ around, demo }: CitizenParts, reply: FastifyReply, fault: TicketFault, place: Place | null) {
  const shown = { fault, language: languageOf(reply.request), place: place?.open ? placeNames(place) : null, demo }
  const policy = inlinePolicy(around.style, around.script)
  return sendHtml(reply, fault === 'unknown' ? 404 : 410, renderTicketFaultPage(shown, around), policy)
}

async function showCounters(parts: CitizenParts, request: Asked, reply: FastifyReply, code: string) {
  const state = await parts.catalogue.read()
  const agency = state.agencies.find((one) => one.code === code.toLowerCase())
  if (!agency) throw new PublicError('not_found')
  const places = openPlacesOf(state, agency.id)
  if (places.length === 0) throw new PublicError('place_closed')
  const { secrets, now, around, demo } = parts
  const obtainedMs = readScan(secrets.presence, agency.id, request.query.m, now())
  const visitOf = (id: number) => (obtainedMs === null ? undefined : makeVisit(secrets.presence, id, obtainedMs))
  const [only] = places
  const language = languageOf(request)
  if (only && places.length === 1) {
    const [visit, lang] = [visitOf(only.id), language === 'vi' ? undefined : language]
    const address = visit ? links.presentSurvey(only.code, visit, lang) : links.survey(only.code, undefined, lang)
    return reply.redirect(address, 303)
  }
  const counters = places.map(({ id, code: own, name }) => ({ code: own, name, visit: visitOf(id) }))
  const shown = { agency, counters, visit: visitOf(-agency.id), language, demo }
  return sendHtml(reply, 200, renderCountersPage(shown, around), inlinePolicy(around.style, around.script))
}

/** Of an agency's address the number is negative, so that it is no place's. */
function readScan(key: string, agencyId: number, given: unknown, nowMs: number): number | null {
  if (typeof given !== 'string') return null
  return isScreenCode(key, `a${agencyId}`, given, nowMs) ? nowMs : readVisit(key, -agencyId, given, nowMs)
}

/** The places of an agency that can be rated now. */
export const openPlacesOf = (state: CatalogueState, agencyId: number): Place[] =>
  state.places.filter(
    (place) => place.open && place.agencyId === agencyId && state.publishedByCode.has(place.questionnaire),
  )

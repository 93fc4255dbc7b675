import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { renderMorningPage } from '../../web/morning/page.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { IndicatorParts } from '../indicators/parts.ts'
import { isInScope, scopeOf, shellOf } from '../staff/permission-rules.ts'
import { MorningQuery } from './contract.ts'
import { readMorning } from './facts.ts'
import { drawMorning } from './picture.ts'

/** Bản tin sáng: the page of an agency's last closed day, and the same as a picture. */
export function serveMorning(app: FastifyInstance, parts: IndicatorParts): void {
  app.get(links.morning(), (request, reply) => showMorning(parts, request, reply))
  app.get<{ Params: { agency: string } }>(patterns.morningPicture, async (request, reply) => {
    const { member, state, agency } = await visitMorning(parts, request, request.params.agency)
    const facts = await readMorning(parts, state, member, agency)
    return reply.type('image/png').header('cache-control', 'no-store').send(drawMorning(facts, parts.demo))
  })
}

async function showMorning(parts: IndicatorParts, request: FastifyRequest, reply: FastifyReply) {
  const asked = MorningQuery.parse(request.query)['co-quan']
  const { member, state, agency, agencies } = await visitMorning(parts, request, asked)
  const facts = await readMorning(parts, state, member, agency)
  const choices = agencies.map(({ code, name }) => ({ value: code, label: name.vi }))
  const shell = shellOf(member, 'today', parts.demo)
  return sendHtml(reply, 200, renderMorningPage({ facts, agencies: choices, shell }, parts.assets), staffPolicy)
}

/** The agencies with places in the member's reach, and the one asked for; the first of them where none is named. */
async function visitMorning({ guard, catalogue }: IndicatorParts, request: FastifyRequest, code: string | undefined) {
  const [member, state] = await Promise.all([guard.getStaff(request), catalogue.read()])
  const scope = scopeOf(member, 'today.read')
  const withPlaces = new Set(state.places.map(({ agencyId }) => agencyId))
  const agencies = state.agencies.filter(({ id }) => isInScope(scope, id) && withPlaces.has(id))
  const agency = code === undefined ? agencies[0] : agencies.find((one) => one.code === code)
  if (!agency) throw new PublicError('not_found')
  return { member, state, agency, agencies }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { links } from '../../web/links.ts'
import { renderHealthPage } from '../../web/overview/health-page.tsx'
import { healthSections } from '../../web/overview/sections.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { readSection } from '../http/section.ts'
import type { IndicatorParts } from '../indicators/parts.ts'
import { termOf } from '../indicators/term-rules.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { readHealth } from './health.ts'

const HealthQuery = z.strictObject({
  ky: z.string().max(7).optional(),
  'dich-vu': z.string().max(60).optional(),
  phan: z.string().max(20).optional(),
})
type HealthQuery = z.infer<typeof HealthQuery>

/** The health station's own page: each service, what to improve, who is not heard yet. */
export function serveHealthResults(app: FastifyInstance, parts: IndicatorParts): void {
  app.get<{ Querystring: HealthQuery }>(links.healthResults(), (request, reply) => showHealth(parts, request, reply))
}

async function showHealth(
  { database, catalogue, guard, warnings, assets, demo, today }: IndicatorParts,
  request: FastifyRequest<{ Querystring: HealthQuery }>,
  reply: FastifyReply,
) {
  const member = await guard.getStaff(request)
  const query = HealthQuery.safeParse(request.query)
  const term = query.success ? termOf(query.data.ky, today()) : null
  if (!query.success || !term) throw new PublicError('bad_request')
  const section = readSection(request.query, healthSections)
  const charts = await warnings.read(today())
  const question = { term, service: query.data['dich-vu'] || undefined, today: today(), charts }
  const view = await readHealth(database, await catalogue.read(), member, question)
  const page = { view, section, shell: shellOf(member, 'health', demo) }
  return sendHtml(reply, 200, renderHealthPage(page, assets), staffPolicy)
}

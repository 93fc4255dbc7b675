import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { z } from 'zod'
import { links } from '../../web/links.ts'
import { renderCommunePage } from '../../web/overview/commune-page.tsx'
import { communeSections } from '../../web/overview/sections.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { readSection } from '../http/section.ts'
import type { IndicatorParts } from '../indicators/parts.ts'
import { termOf } from '../indicators/term-rules.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { readCommune } from './commune.ts'

const CommuneQuery = z.strictObject({ ky: z.string().max(7).optional(), phan: z.string().max(20).optional() })
type CommuneQuery = z.infer<typeof CommuneQuery>

/** What concerns the leader about the ledger stands above the figures. */
type CommuneParts = IndicatorParts & { ledgerNotice: () => Promise<VNode> }

/** The commune on one page: every indicator, the years to 2030, places side by side, who is not heard. */
export function serveCommune(app: FastifyInstance, parts: CommuneParts): void {
  app.get<{ Querystring: CommuneQuery }>(links.commune(), (request, reply) => showCommune(parts, request, reply))
}

async function showCommune(
  { database, catalogue, guard, warnings, assets, demo, today, ledgerNotice }: CommuneParts,
  request: FastifyRequest<{ Querystring: CommuneQuery }>,
  reply: FastifyReply,
) {
  const member = await guard.getStaff(request)
  const query = CommuneQuery.safeParse(request.query)
  const term = query.success ? termOf(query.data.ky, today()) : null
  if (!term) throw new PublicError('bad_request')
  const section = readSection(request.query, communeSections)
  const asked = { term, today: today(), charts: await warnings.read(today()) }
  const view = await readCommune(database, await catalogue.read(), asked)
  const page = { view, section, ledgerNotice: await ledgerNotice(), shell: shellOf(member, 'commune', demo) }
  return sendHtml(reply, 200, renderCommunePage(page, assets), staffPolicy)
}

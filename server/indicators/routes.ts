import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { renderIndicatorsPage } from '../../web/indicators/list-page.tsx'
import { links } from '../../web/links.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { scopeOf, shellOf } from '../staff/permission-rules.ts'
import { IndicatorResult } from './contract.ts'
import { readIndicatorViews, toResult } from './indicators.ts'
import type { IndicatorParts } from './parts.ts'
import { IndicatorsQuery, rangeOf, readAskedRange, readerOf } from './reading.ts'
import { readIndicatorShares } from './shares.ts'

/** The plan's indicators: as a page for staff and as JSON for programs. */
export function serveIndicators(app: FastifyInstance, parts: IndicatorParts): void {
  app.get<{ Querystring: z.infer<typeof IndicatorsQuery> }>(
    links.api.indicators(),
    {
      config: { summary: "The plan's indicators over a range of days, by default this year so far." },
      schema: { querystring: IndicatorsQuery, response: { 200: z.array(IndicatorResult) } },
    },
    async (request) => {
      const { precision, scope } = await readerOf(parts.guard, request, 'indicators')
      const range = rangeOf(request.query, parts.today())
      const state = await parts.catalogue.read()
      return (await readIndicatorViews(parts.database, state, { range, today: parts.today(), precision, scope })).map(
        toResult,
      )
    },
  )
  app.get<{ Querystring: { from?: string; to?: string } }>(links.indicators(), (request, reply) =>
    showIndicators(parts, request, reply),
  )
}

async function showIndicators(parts: IndicatorParts, request: FastifyRequest, reply: FastifyReply) {
  const { database, catalogue, guard, assets, demo } = parts
  const [member, today, state] = [await guard.getStaff(request), parts.today(), await catalogue.read()]
  const { range, asked } = readAskedRange(request.query, today)
  const scope = scopeOf(member, 'results.read')
  const [indicators, shares] = await Promise.all([
    readIndicatorViews(database, state, { range, today, precision: 'held', scope }),
    readIndicatorShares(database, state, { range, today, scope }),
  ])
  const shell = shellOf(member, 'indicators', demo)
  const html = renderIndicatorsPage({ ...range, today, asked, indicators, shares, shell }, assets)
  return sendHtml(reply, asked.problems.length > 0 ? 422 : 200, html, staffPolicy)
}

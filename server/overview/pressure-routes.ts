import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { links } from '../../web/links.ts'
import { renderPressurePage } from '../../web/overview/pressure-page.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { IndicatorParts } from '../indicators/parts.ts'
import { readPressure } from '../indicators/pressure/pressure.ts'
import { shareOfPressure } from '../indicators/pressure/rules.ts'
import { shellOf } from '../staff/permission-rules.ts'

const PressureQuery = z.object({
  nam: z
    .string()
    .regex(/^20\d\d$/)
    .optional(),
})

/** What citizens said about pressure, per agency and quarter: for who oversees the commune. */
export function servePressure(app: FastifyInstance, parts: IndicatorParts): void {
  app.get(links.pressure(), async (request, reply) => {
    const member = await parts.guard.getStaff(request)
    const query = PressureQuery.safeParse(request.query)
    if (!query.success) throw new PublicError('bad_request')
    const today = parts.today()
    const year = query.data.nam ?? today.slice(0, 4)
    const state = await parts.catalogue.read()
    const range = { from: `${year}-01-01`, to: `${year}-12-31` }
    const counts = await readPressure(parts.database, state.places, range, today)
    const agencies = state.agencies.flatMap(({ id, name }) => {
      const own = counts.filter(({ agencyId }) => agencyId === id)
      const quarters = own.map(({ quarter, answered, yes }) => ({ quarter, ...shareOfPressure(answered, yes) }))
      return quarters.length > 0 ? [{ name: name.vi, quarters }] : []
    })
    const shell = shellOf(member, 'commune', parts.demo)
    const page = { year: Number(year), thisYear: Number(today.slice(0, 4)), agencies, shell }
    return sendHtml(reply, 200, renderPressurePage(page, parts.assets), staffPolicy)
  })
}

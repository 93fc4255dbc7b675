import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { patterns } from '../../../web/links.ts'
import { renderTodayPlacePage } from '../../../web/today/place/page.tsx'
import { placeSections } from '../../../web/today/place/sections.ts'
import { getPlace } from '../../catalogue/catalogue.ts'
import { daysBefore } from '../../days.ts'
import { PublicError } from '../../errors.ts'
import type { House } from '../../house.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { readSection } from '../../http/section.ts'
import type { IndicatorParts } from '../../indicators/parts.ts'
import { mayDo, shellOf } from '../../staff/permission-rules.ts'
import type { BoardParts } from '../board.ts'
import { PeriodQuery, readAskedPeriod } from '../period.ts'
import { readPlace } from './place.ts'

export type PlaceParts = IndicatorParts & Pick<House, 'now' | 'running'> & Pick<BoardParts, 'rates'>

/** Without days asked for: long enough for a counter of a few answers a day to have something to say. */
const usualDays = 28

/** Why: the page behind a place's score. */
export function servePlaceToday(app: FastifyInstance, parts: PlaceParts): void {
  app.get<{ Params: { code: string } }>(patterns.todayPlace, (request, reply) => showPlace(parts, request, reply))
}

async function showPlace(
  parts: PlaceParts,
  request: FastifyRequest<{ Params: { code: string } }>,
  reply: FastifyReply,
) {
  const [member, state] = await Promise.all([parts.guard.getStaff(request), parts.catalogue.read()])
  const section = readSection(request.query, placeSections)
  const query = PeriodQuery.safeParse(request.query)
  if (!query.success) throw new PublicError('bad_request')
  const place = getPlace(state, request.params.code)
  if (!mayDo(member, 'today.read', place.agencyId)) throw new PublicError('unknown_place')
  const running = await parts.running.read()
  const { period, problem } = readPeriodOf(query.data, running.day)
  const view = await readPlace(parts, state, place, { member, period, running })
  const typed = problem ? query.data : undefined
  const shell = shellOf(member, 'today', parts.demo)
  const html = renderTodayPlacePage({ view, section, today: running.day, problem, typed, shell }, parts.assets)
  return sendHtml(reply, problem ? 422 : 200, html, staffPolicy)
}

function readPeriodOf(asked: PeriodQuery, today: string) {
  const usual = { from: daysBefore(today, usualDays - 1), to: today }
  if (Object.values(asked).every((one) => !one?.trim())) return { period: usual, problem: null }
  const { period, problem } = readAskedPeriod(asked, today)
  return { period: period ?? usual, problem }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { tallyByPlaceAndDay } from '../../db/tallies/tallies.ts'
import { links } from '../../web/links.ts'
import { renderTodayPage } from '../../web/today/page.tsx'
import { type CatalogueState, getPlace } from '../catalogue/catalogue.ts'
import { countDays, daysBefore } from '../days.ts'
import { PublicError } from '../errors.ts'
import { findFirstRun } from '../first-run/first-run.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { IndicatorParts } from '../indicators/parts.ts'
import { Day, isRange, laterOf, type Reader, rangeError, readerOf } from '../indicators/reading.ts'
import { findAlert } from '../morning/facts.ts'
import { noSums, scoreOf, shownScoreOf } from '../score/rules.ts'
import { isInScope, shellOf } from '../staff/permission-rules.ts'
import { sumsOf } from '../tallies/running-day-rules.ts'
import { type BoardParts, readBoard, viewerOf } from './board.ts'
import { DailyResult } from './contract.ts'
import type { LiveBoards } from './live.ts'
import { PeriodQuery, readAskedPeriod } from './period.ts'
import { servePlaceToday } from './place/routes.ts'

export type TodayParts = IndicatorParts &
  Pick<House, 'now' | 'publicUrl' | 'running'> &
  Pick<BoardParts, 'rates'> & { live: LiveBoards }

const DailyQuery = z
  .strictObject({ place: z.string().max(20).optional(), from: Day.optional(), to: Day.optional() })
  .refine(isRange, rangeError)

/** `xep=thap`: the lowest score first; `phan`: a section. What is not understood orders nothing and is the first section. */
const BoardQuery = PeriodQuery.extend({
  xep: z.literal('thap').optional().catch(undefined),
  phan: z.string().max(120).optional().catch(undefined),
})
type BoardQuery = z.infer<typeof BoardQuery>

/** Hôm nay and its live stream; scores per day and place for programs. */
export function serveToday(app: FastifyInstance, parts: TodayParts): void {
  serveTodayPages(app, parts)
  app.get<{ Querystring: z.infer<typeof DailyQuery> }>(
    links.api.daily(),
    {
      config: {
        summary: 'Scores per day and place, by default of today; with a place, also its days without answers.',
      },
      schema: { querystring: DailyQuery, response: { 200: z.array(DailyResult) } },
    },
    async (request) => {
      const reader = await readerOf(parts.guard, request, 'results')
      return readDaily(parts, request.query, await parts.catalogue.read(), reader)
    },
  )
}

function serveTodayPages(app: FastifyInstance, parts: TodayParts): void {
  const { guard, live } = parts
  app.get<{ Querystring: BoardQuery }>(links.today(), (request, reply) => showToday(parts, request, reply))
  servePlaceToday(app, parts)
  app.get(links.live, async (request, reply) => live.follow(reply, viewerOf(await guard.getStaff(request))))
}

/** A period that cannot be read is said in a sentence above today's board. */
async function showToday(parts: TodayParts, request: FastifyRequest<{ Querystring: BoardQuery }>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const query = BoardQuery.safeParse(request.query)
  if (!query.success) throw new PublicError('bad_request')
  const { xep, phan, ...asked } = query.data
  const { period, problem } = readAskedPeriod(asked, parts.today())
  const view = await readBoard(parts, await parts.catalogue.read(), viewerOf(member), period ?? undefined)
  const firstRun = await findFirstRun(parts.database, await parts.catalogue.read(), parts.publicUrl, member)
  const alert = view.isToday ? await findAlert(parts, await parts.catalogue.read(), member) : null
  const shell = shellOf(member, 'today', parts.demo)
  const html = renderTodayPage(
    {
      view,
      firstRun,
      alert,
      shell,
      problem,
      today: parts.today(),
      typed: problem ? asked : undefined,
      asked: { order: xep ? 'lowest' : 'arranged', section: phan },
    },
    parts.assets,
  )
  return sendHtml(reply, problem ? 422 : 200, html, staffPolicy)
}

async function readDaily(
  { database, today, running }: TodayParts,
  query: z.infer<typeof DailyQuery>,
  state: CatalogueState,
  { precision, scope }: Reader,
): Promise<DailyResult[]> {
  const from = query.from ?? query.to ?? today()
  const to = query.to ?? laterOf(from, today())
  const place = query.place === undefined ? undefined : getPlace(state, query.place)
  if (place && !isInScope(scope, place.agencyId)) throw new PublicError('unknown_place')
  const places = place ? [place] : state.places.filter(({ agencyId }) => isInScope(scope, agencyId))
  const ids = places.map(({ id }) => id)
  const [rows, shown] = await Promise.all([
    tallyByPlaceAndDay(database, from, to, ids),
    precision === 'held' ? running.read() : null,
  ])
  const found = rows.map((row) => {
    const sums = shown && row.day >= shown.day ? sumsOf(shown.mornings.get(row.placeId) ?? []) : row.sums
    const code = places.find(({ id }) => id === row.placeId)?.code ?? ''
    const score = shown ? shownScoreOf(sums ?? noSums) : scoreOf(sums ?? noSums)
    return { day: row.day, place: code, ...score, setAside: row.setAside }
  })
  return place ? fillDays(found, place.code, from, to) : found
}

function fillDays(rows: DailyResult[], place: string, from: string, to: string): DailyResult[] {
  const byDay = new Map(rows.map((row) => [row.day, row]))
  const days = countDays(from, to)
  return Array.from({ length: days }, (_, index) => {
    const day = daysBefore(from, -index)
    return byDay.get(day) ?? { day, place, ...scoreOf(noSums), setAside: 0 }
  })
}

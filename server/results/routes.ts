import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../db/client.ts'
import { moveHeldSums, tallyByPlaceAndDay } from '../../db/results.ts'
import { links } from '../../web/links.ts'
import { renderIndicatorsPage } from '../../web/results/indicators-page.tsx'
import { renderTodayPage } from '../../web/results/today-page.tsx'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import { calendarDay, isCalendarDay } from '../http/day-contract.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { readAskedDays } from '../http/typed-day.ts'
import type { Scope } from '../staff/contract.ts'
import { findFirstRun } from '../staff/first-run.ts'
import { isInScope, scopeOf, shellOf } from '../staff/permission-rules.ts'
import type { Guard } from '../staff/session.ts'
import { type Catalogue, type CatalogueState, getPlace } from '../surveys/catalogue.ts'
import { DailyResult, IndicatorResult } from './contract.ts'
import { type Precision, readIndicatorViews, toResult } from './indicators.ts'
import type { LiveBoards } from './live.ts'
import { countDays, daysBefore, heldStep, noSums, scoreOf } from './rules.ts'
import { readBoard, viewerOf } from './today-board.ts'
import { PeriodQuery, readAskedPeriod } from './today-period.ts'
import type { Warnings } from './warnings.ts'

export type ResultParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  live: LiveBoards
  warnings: Warnings
  assets: StaffAssets
  demo: boolean
  today: () => string
  now: () => number
  publicUrl: string | null
}

const longestRangeDays = 3660
const Day = calendarDay('Ngày phải viết dạng YYYY-MM-DD, ví dụ 2026-11-23.')
const isRange = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  // A day that is none has its own sentence.
  !isCalendarDay(from) || !isCalendarDay(to) || (from <= to && daysBefore(to, longestRangeDays) <= from)
const rangeError = { error: 'Khoảng ngày phải từ trước đến sau và không dài quá mười năm.', path: ['from'] }
export const IndicatorsQuery = z.strictObject({ from: Day.optional(), to: Day.optional() }).refine(isRange, rangeError)
const DailyQuery = z
  .strictObject({ place: z.string().max(20).optional(), from: Day.optional(), to: Day.optional() })
  .refine(isRange, rangeError)

/** What was answered, as pages for staff and as JSON for programs. */
export function serveResults(app: FastifyInstance, parts: ResultParts): void {
  serveResultPages(app, parts)
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
      return (await readIndicatorViews(parts.database, state, range, parts.today(), precision, scope)).map(toResult)
    },
  )
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

function serveResultPages(app: FastifyInstance, parts: ResultParts): void {
  const { database, catalogue, guard, live, assets, demo, today } = parts
  app.get<{ Querystring: PeriodQuery }>(links.today(), (request, reply) => showToday(parts, request, reply))
  app.get(links.live, async (request, reply) => live.follow(reply, viewerOf(await guard.getStaff(request))))
  app.get<{ Querystring: { from?: string; to?: string } }>(links.indicators(), async (request, reply) => {
    const member = await guard.getStaff(request)
    const { range, asked } = readAskedRange(request.query, today())
    const scope = scopeOf(member, 'results.read')
    const indicators = await readIndicatorViews(database, await catalogue.read(), range, today(), 'held', scope)
    const shell = shellOf(member, 'indicators', demo)
    const html = renderIndicatorsPage({ ...range, asked, indicators, shell }, assets)
    return sendHtml(request, reply, asked.problems.length > 0 ? 422 : 200, html, staffPolicy)
  })
}

/** The range a page's address asks for; where it cannot be read, the default one and what was typed. */
export function readAskedRange(query: unknown, today: string) {
  const asked = readAskedDays(query, { from: 'Từ ngày', to: 'Đến ngày' })
  if (!isRange(asked.days)) asked.problems.push({ path: 'from', message: rangeError.error })
  return { asked, range: rangeOf(asked.problems.length > 0 ? {} : asked.days, today) }
}

/** A period that cannot be read is said in a sentence above today's board. */
async function showToday(
  parts: ResultParts,
  request: FastifyRequest<{ Querystring: PeriodQuery }>,
  reply: FastifyReply,
) {
  const member = await parts.guard.getStaff(request)
  const query = PeriodQuery.safeParse(request.query)
  if (!query.success) throw new PublicError('bad_request')
  const { period, problem } = readAskedPeriod(query.data, parts.today())
  const view = await readBoard(parts, await parts.catalogue.read(), viewerOf(member), period ?? undefined)
  const firstRun = await findFirstRun(parts.database, await parts.catalogue.read(), parts.publicUrl, member)
  const shell = shellOf(member, 'today', parts.demo)
  const html = renderTodayPage(
    { view, today: parts.today(), problem, typed: problem ? query.data : undefined, firstRun, shell },
    parts.assets,
  )
  return sendHtml(request, reply, problem ? 422 : 200, html, staffPolicy)
}

type Reader = { precision: Precision; scope: Scope }

/** A key reads the whole commune exactly; a member of staff the own agencies, held back as on the screens. */
async function readerOf(guard: Guard, request: FastifyRequest, key: 'indicators' | 'results'): Promise<Reader> {
  if (await guard.hasApiKey(request, key)) return { precision: 'exact', scope: 'all' }
  return { precision: 'held', scope: scopeOf(await guard.getStaff(request), 'results.read') }
}

/** By default 1 January to today; one given end keeps the other's default, never past it. */
export function rangeOf({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string) {
  const last = to ?? laterOf(from ?? today, today)
  const first = from ?? `${last.slice(0, 4)}-01-01`
  // The end that was left out may be far from the one given.
  if (!isRange({ from: first, to: last }))
    throw new PublicError('refused', [{ path: 'from', message: rangeError.error }])
  return { from: first, to: last }
}

const laterOf = (day: string, other: string): string => [day, other].sort()[1] as string

async function readDaily(
  { database, today }: ResultParts,
  query: z.infer<typeof DailyQuery>,
  state: CatalogueState,
  { precision, scope }: Reader,
): Promise<DailyResult[]> {
  const from = query.from ?? query.to ?? today()
  const to = query.to ?? laterOf(from, today())
  const place = query.place === undefined ? undefined : getPlace(state, query.place)
  if (place && !isInScope(scope, place.agencyId)) throw new PublicError('unknown_place')
  const held = precision === 'held' && to >= today() && from <= today()
  const places = place ? [place] : state.places.filter(({ agencyId }) => isInScope(scope, agencyId))
  const ids = places.map(({ id }) => id)
  const [rows, heldSums] = await Promise.all([
    tallyByPlaceAndDay(database, from, to, ids),
    held ? moveHeldSums(database, 'all', null, today(), heldStep) : null,
  ])
  const found = rows.map((row) => {
    const sums = heldSums && row.day === today() ? heldSums.get(row.placeId) : row.sums
    const code = places.find(({ id }) => id === row.placeId)?.code ?? ''
    return { day: row.day, place: code, ...scoreOf(sums ?? noSums), setAside: row.setAside }
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

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Database } from '../../db/client.ts'
import { moveHeldSums, tallyByPlaceAndDay } from '../../db/results.ts'
import { links } from '../../web/links.ts'
import { renderIndicatorsPage } from '../../web/results/indicators-page.tsx'
import { renderTodayPage } from '../../web/results/today-page.tsx'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import type { Guard } from '../staff/session.ts'
import { type Catalogue, type CatalogueState, getPlace } from '../surveys/catalogue.ts'
import { DailyResult, IndicatorResult } from './contract.ts'
import { type Precision, readIndicatorViews, toResult } from './indicators.ts'
import type { LiveBoards } from './live.ts'
import { countDays, daysBefore, heldStep, noSums, scoreOf } from './rules.ts'
import { readToday } from './today.ts'
import { readBoard, type Warnings } from './warnings.ts'

export type ResultParts = {
  database: Database
  catalogue: Catalogue
  guard: Guard
  live: LiveBoards
  warnings: Warnings
  assets: StaffAssets
  demo: boolean
  today: () => string
}

const longestRangeDays = 3660
const Day = z.iso.date({ error: 'Ngày phải viết dạng YYYY-MM-DD, ví dụ 2026-11-23.' })
const isRange = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  !from || !to || (from <= to && daysBefore(to, longestRangeDays) <= from)
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
      const precision = await precisionFor(parts.guard, request)
      const range = rangeOf(request.query, parts.today())
      const state = await parts.catalogue.read()
      return (await readIndicatorViews(parts.database, state, range, parts.today(), precision)).map(toResult)
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
      const precision = await precisionFor(parts.guard, request)
      return readDaily(parts, request.query, await parts.catalogue.read(), precision)
    },
  )
}

function serveResultPages(
  app: FastifyInstance,
  { database, catalogue, guard, live, warnings, assets, demo, today }: ResultParts,
): void {
  app.get<{ Querystring: { ngay?: string } }>(links.today(), async (request, reply) => {
    const member = await guard.getStaff(request)
    const asked = Day.safeParse(request.query.ngay ?? today())
    if (!asked.success || asked.data > today()) throw new PublicError('not_found')
    const state = await catalogue.read()
    const view =
      asked.data === today()
        ? await readBoard(database, state, warnings, today())
        : await readToday(database, state, asked.data, today())
    const shell = shellOf(member, 'today', demo)
    return sendHtml(request, reply, 200, renderTodayPage({ view, shell }, assets), staffPolicy)
  })
  app.get(links.live, async (_request, reply) => live.follow(reply))
  app.get<{ Querystring: { from?: string; to?: string } }>(links.indicators(), async (request, reply) => {
    const member = await guard.getStaff(request)
    const given = { from: request.query.from || undefined, to: request.query.to || undefined }
    const query = IndicatorsQuery.safeParse(given)
    if (!query.success) throw new PublicError('bad_request')
    const range = rangeOf(query.data, today())
    const indicators = await readIndicatorViews(database, await catalogue.read(), range, today(), 'held')
    const shell = shellOf(member, 'indicators', demo)
    return sendHtml(request, reply, 200, renderIndicatorsPage({ ...range, indicators, shell }, assets), staffPolicy)
  })
}

const precisionFor = async (guard: Guard, request: FastifyRequest): Promise<Precision> =>
  (await guard.hasApiKey(request, 'indicators')) ? 'exact' : 'held'

/** By default 1 January to today; one given end keeps the other's default, never past it. */
export function rangeOf({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string) {
  const last = to ?? laterOf(from ?? today, today)
  const first = from ?? `${last.slice(0, 4)}-01-01`
  return { from: first, to: last }
}

const laterOf = (day: string, other: string): string => [day, other].sort()[1] as string

async function readDaily(
  { database, today }: ResultParts,
  query: z.infer<typeof DailyQuery>,
  state: CatalogueState,
  precision: Precision,
): Promise<DailyResult[]> {
  const from = query.from ?? query.to ?? today()
  const to = query.to ?? laterOf(from, today())
  const place = query.place === undefined ? undefined : getPlace(state, query.place)
  const held = precision === 'held' && to >= today() && from <= today()
  const [rows, heldSums] = await Promise.all([
    tallyByPlaceAndDay(database, from, to, place?.id),
    held ? moveHeldSums(database, 'all', null, today(), heldStep) : null,
  ])
  const found = rows.map((row) => {
    const sums = heldSums && row.day === today() ? heldSums.get(row.placeId) : row.sums
    const code = state.places.find(({ id }) => id === row.placeId)?.code ?? ''
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

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { saveVisits } from '../../db/visits/visits.ts'
import { links } from '../../web/links.ts'
import { renderVisitsPage } from '../../web/visits/page.tsx'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import { narrowCatalogue } from '../catalogue/ownership-rules.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { parseCount } from '../spreadsheets/values.ts'
import type { StaffMember } from '../staff/contract.ts'
import { mayDo, scopeOf, shellOf } from '../staff/permission-rules.ts'
import { notAllowed } from '../staff/refusal-words.ts'
import { dayProblem, monthProblem, readTypedDay, readTypedMonth } from '../typed/day.ts'
import { calendarDay, isCalendarDay } from '../typed/day-contract.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { highestCount, type VisitChange } from './contract.ts'
import { serveVisitsImport } from './import.ts'
import type { VisitParts } from './parts.ts'
import { keyOfField, keyOfPlace, rangeOf, readVisitsView } from './visits.ts'

const Day = calendarDay()
const Query = z.object({
  thang: z
    .string()
    .refine((month) => isCalendarDay(`${month}-01`))
    .optional(),
  ngay: Day.optional(),
  from: Day.optional(),
  to: Day.optional(),
  saved: z.string().regex(/^\d+$/).optional(),
})
type Query = z.infer<typeof Query>

/** The denominator: how many people were served, typed in by place and month or day, or taken from a file. */
export function serveVisits(app: FastifyInstance, parts: VisitParts): void {
  const { database, catalogue, guard, now } = parts
  const pathname = links.visits()
  app.get(pathname, async (request, reply) => {
    const member = await guard.getStaff(request)
    const { query, asked } = readTypedTime(request.query, dayOf(now()))
    const shown = readQuery(query, dayOf(now()))
    const state = narrowCatalogue(await catalogue.read(), scopeOf(member, 'visits.read'))
    const html = await showVisits(parts, state, shown, { member, asked })
    return sendHtml(reply, asked ? 422 : 200, html, staffPolicy)
  })
  app.post(pathname, async (request, reply) => {
    const member = await guard.getStaff(request)
    const form = readForm(request.body)
    const shown = readQuery({ [form.period === 'day' ? 'ngay' : 'thang']: form.time }, dayOf(now()))
    const whole = await catalogue.read()
    const state = narrowCatalogue(whole, scopeOf(member, 'visits.change'))
    if (readChanges(form.values, whole, shown).foundIn > readChanges(form.values, state, shown).foundIn)
      throw notAllowed(member, 'visits.change')
    const { changes, problems } = readChanges(form.values, state, shown)
    if (problems.length > 0) {
      const html = await showVisits(parts, state, shown, { member, problems, values: form.values })
      return sendHtml(reply, 422, html, staffPolicy)
    }
    const saved = await saveVisits(database, changes, member.username, 'form')
    const { from, to } = rangeOf(shown)
    return reply.redirect(`${links.visits(from, to)}&saved=${saved}`, 303)
  })
  serveVisitsImport(app, parts)
}

/** A typed day or month as addresses write it; what cannot be read is not asked, but shown again. */
function readTypedTime(query: unknown, today: string): { query: unknown; asked?: { text: string; problem: string } } {
  const { ngay, thang, ...others } = (query ?? {}) as Record<string, unknown>
  if (typeof ngay === 'string' && ngay.trim() !== '') {
    const day = readTypedDay(ngay)
    if (day) return { query: { ngay: day } }
    return { query: { ngay: today }, asked: { text: ngay, problem: dayProblem('Chọn ngày', ngay) } }
  }
  if (typeof thang !== 'string' || thang.trim() === '') return { query: others }
  const month = readTypedMonth(thang)
  if (month) return { query: { thang: month } }
  return { query: {}, asked: { text: thang, problem: monthProblem('Chọn tháng', thang) } }
}

type Shown = { period: 'day' | 'month'; day: string; saved?: number | undefined }

/** A month, a day, or the last month of any other range; never one that has not begun. */
function readQuery(given: unknown, today: string): Shown {
  const parsed = Query.safeParse(
    Object.fromEntries(Object.entries((given ?? {}) as object).filter(([, v]) => v !== '')),
  )
  if (!parsed.success) throw new PublicError('bad_request')
  const shown = shownBy(parsed.data, today)
  if (shown.day > today || shown.day < '2000') throw new PublicError('not_found')
  return { ...shown, saved: parsed.data.saved === undefined ? undefined : Number(parsed.data.saved) }
}

function shownBy({ thang, ngay, from, to }: Query, today: string): Shown {
  if (ngay ?? (from && from === to)) return { period: 'day', day: (ngay ?? from) as string }
  const until = to && to < today ? to : from && from > today ? from : today
  return { period: 'month', day: `${thang ?? until.slice(0, 7)}-01` }
}

type Form = { period: string; time: string; values: Record<string, string> }

function readForm(body: unknown): Form {
  const texts = Object.entries((body ?? {}) as object).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  const { period = '', time = '', ...values } = Object.fromEntries(texts)
  const plain = Object.entries(values).map(([name, value]) => [name, toPlainDigits(value)])
  return { period, time, values: Object.fromEntries(plain) }
}

/** What differs from the page as it was opened: a number that somebody else gave since then is not taken back unseen. */
function readChanges(values: Record<string, string>, state: CatalogueState, { period, day }: Shown) {
  const targets = [
    ...state.places.map(({ id, code, name }) => ({
      key: keyOfPlace(code),
      name: name.vi,
      placeId: id,
      fieldId: 0 as const,
    })),
    ...state.fields.map(({ id, code, name }) => ({ key: keyOfField(code), name: name.vi, placeId: null, fieldId: id })),
  ]
  const changes: VisitChange[] = []
  const problems: { path: string; message: string }[] = []
  for (const { key, name, placeId, fieldId } of targets) {
    const text = values[key]?.trim()
    if (text === undefined || text === (values[`was-${key}`] ?? '')) continue
    const count = text === '' ? null : parseCount(text)
    if (text !== '' && (count === null || count > highestCount))
      problems.push({
        path: key,
        message: `${name}: “${text.slice(0, 40)}” phải là số nguyên từ 0 đến 1.000.000, hoặc để trống.`,
      })
    else changes.push({ placeId, fieldId, period, day, count })
  }
  return { changes, problems, foundIn: changes.length + problems.length }
}

type Around = {
  member: StaffMember
  asked?: { text: string; problem: string } | undefined
  problems?: { path: string; message: string }[]
  values?: Record<string, string>
}

async function showVisits(
  { database, assets, demo, now }: VisitParts,
  state: CatalogueState,
  { period, day, saved }: Shown,
  { member, asked, problems = [], values }: Around,
): Promise<string> {
  const view = await readVisitsView(database, state, { period, day }, dayOf(now()))
  const shell = shellOf(member, 'visits', demo)
  const mayChange = mayDo(member, 'visits.change')
  return renderVisitsPage({ view, asked, problems, values, saved: saved ?? null, mayChange, shell }, assets)
}

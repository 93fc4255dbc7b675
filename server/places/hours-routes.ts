import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { setHours, setOwnDay } from '../../db/places/hours.ts'
import { links, patterns } from '../../web/links.ts'
import { renderPlaceHoursPage } from '../../web/places/hours-page.tsx'
import { getPlace } from '../catalogue/catalogue.ts'
import { storedWeekOf, weekOf } from '../catalogue/week-rules.ts'
import { dayOf } from '../days.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { writeSpans } from '../typed/clock.ts'
import { PlacesQuery, type Refused } from './contract.ts'
import { HoursForm, OwnDayForm } from './hours-contract.ts'
import type { PlaceParts } from './parts.ts'
import { readOwn, refusedBy } from './reading.ts'

type ByCode = { Params: { code: string } }

/** When a place is open: its week, its own days, and the same week for all places of its agency. */
export function servePlaceHours(app: FastifyInstance, parts: PlaceParts): void {
  app.get<ByCode>(patterns.placeHours, (request, reply) => showHours(parts, request, reply, { status: 200 }))
  app.post<ByCode>(patterns.placeHours, (request, reply) => changeHours(parts, request, reply))
  app.post<ByCode>(patterns.placeOwnDays, (request, reply) => changeOwnDay(parts, request, reply))
}

async function changeHours(parts: PlaceParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const place = getPlace(state, request.params.code)
  const form = HoursForm.safeParse(request.body ?? {})
  if (!form.success)
    return showHours(parts, request, reply, { status: 422, refused: refusedBy(form.error, request.body) })
  const { scope, week } = form.data
  const chosen = scope === 'agency' ? state.places.filter(({ agencyId }) => agencyId === place.agencyId) : [place]
  const ids = chosen.map(({ id }) => id)
  await setHours(parts.database, ids, storedWeekOf(week, place), member.username)
  await parts.catalogue.refresh()
  return reply.redirect(`${links.placeHours(place.code)}?saved=1`, 303)
}

async function changeOwnDay(parts: PlaceParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const place = getPlace(state, request.params.code)
  const form = OwnDayForm.safeParse(request.body ?? {})
  if (!form.success)
    return showHours(parts, request, reply, { status: 422, refused: refusedBy(form.error, request.body) })
  const { data } = form
  const own = data.action === 'add' ? { day: data.day, works: data.works, note: data.note } : null
  await setOwnDay(parts.database, place.id, { day: data.day, own, actor: member.username })
  await parts.catalogue.refresh()
  return reply.redirect(`${links.placeHours(place.code)}?saved=1#ngay-rieng`, 303)
}

async function showHours(
  parts: PlaceParts,
  request: FastifyRequest<ByCode>,
  reply: FastifyReply,
  { status, refused = { problems: [], values: {} } }: { status: number; refused?: Refused },
) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const place = getPlace(state, request.params.code)
  const today = dayOf(parts.now())
  const { code, name, ownDays, serviceMode } = place
  const hours = (weekOf(place) ?? []).map(writeSpans)
  const shown = {
    place: { code, name: name.vi, agency: place.agency.name.vi, hours, serviceMode },
    ownDays,
    ofAgency: state.places.filter(({ agencyId }) => agencyId === place.agencyId).length,
    holidays: state.holidays
      .filter(({ day }) => day >= today)
      .sort((a, b) => (a.day < b.day ? -1 : 1))
      .slice(0, 6),
    problems: refused.problems,
    values: refused.problems.length > 0 ? refused.values : null,
    saved: PlacesQuery.parse(request.query).saved === '1' && refused.problems.length === 0,
    shell: shellOf(member, 'places', parts.demo),
  }
  return sendHtml(reply, status, renderPlaceHoursPage(shown, parts.assets), staffPolicy)
}

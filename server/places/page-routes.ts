import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { updatePlace } from '../../db/places/change.ts'
import { readFunnel } from '../../db/places/openings.ts'
import { movePlace } from '../../db/places/places.ts'
import { links, patterns } from '../../web/links.ts'
import { renderPlacesPage } from '../../web/places/list-page.tsx'
import { renderPlacePage } from '../../web/places/page.tsx'
import { type CatalogueState, getPlace, type Place } from '../catalogue/catalogue.ts'
import { nameToStore } from '../catalogue/name-rules.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { drawPoster } from '../posters/svg.ts'
import { qrSvg } from '../qr.ts'
import type { StaffMember } from '../staff/contract.ts'
import { mayDo, shellOf } from '../staff/permission-rules.ts'
import { type FunnelCount, type FunnelPeriod, OrderForm, PlaceForm, PlacesQuery, type Refused } from './contract.ts'
import type { PlaceParts } from './parts.ts'
import { posterOf } from './poster.ts'
import { addressOf, readNamed, readOwn } from './reading.ts'
import { firstDayOf, funnelOf } from './rules.ts'

type ByCode = { Params: { code: string } }

/** Places: all of them with their codes and openings, and one with its names and standing. */
export function servePlacePages(app: FastifyInstance, parts: PlaceParts): void {
  app.get(links.places, (request, reply) => showPlaces(parts, request, reply))
  app.get<ByCode>(patterns.place, async (request, reply) => {
    const { member, state } = await readOwn(parts, request, 'places.read')
    const html = await showPlace(parts, request, { state, member, place: getPlace(state, request.params.code) })
    return sendHtml(reply, 200, html, staffPolicy)
  })
  app.post<ByCode>(patterns.place, (request, reply) => changePlace(parts, request, reply))
  app.post<ByCode>(patterns.placeOrder, async (request, reply) => {
    const { member, state } = await readOwn(parts, request, 'places.change')
    const place = getPlace(state, request.params.code)
    const form = OrderForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    await movePlace(parts.database, place.id, form.data.direction, member.username)
    await parts.catalogue.refresh()
    return reply.redirect(`${links.places}#${place.code}`, 303)
  })
}

async function showPlaces(parts: PlaceParts, request: FastifyRequest, reply: FastifyReply) {
  const { publicUrlMissing } = parts
  const { member, state } = await readOwn(parts, request, 'places.read')
  const { counts, period } = await readCounts(parts, request)
  const agencies = state.agencies.map((agency) => ({
    code: agency.code,
    name: agency.name.vi,
    places: state.places
      .filter((place) => place.agencyId === agency.id)
      .map((place) => describePlace(parts, state, place, counts)),
  }))
  const shell = shellOf(member, 'places', parts.demo)
  const mayChange = mayDo(member, 'places.change')
  const shown = { agencies, publicUrlMissing, origin: parts.origin(), capitals: state.qrCapitals, mayChange, shell }
  return sendHtml(reply, 200, renderPlacesPage({ ...shown, period }, parts.assets), staffPolicy)
}

function describePlace(parts: PlaceParts, state: CatalogueState, place: Place, counts: FunnelCount[]) {
  const address = addressOf(parts, place, state.qrCapitals)
  return {
    code: place.code,
    name: place.name.vi,
    open: place.open,
    address,
    qrSvg: qrSvg(address),
    channelLinks: [{ label: 'Liên kết để gửi tin nhắn', address: parts.origin() + links.survey(place.code, 'web') }],
    funnel: funnelOf(counts, place.id),
  }
}

async function readCounts({ database, now }: PlaceParts, request: FastifyRequest) {
  const period: FunnelPeriod = PlacesQuery.parse(request.query).ky
  const today = dayOf(now())
  return { period, counts: await readFunnel(database, firstDayOf(period, today), today) }
}

async function changePlace(parts: PlaceParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member, state } = await readOwn(parts, request, 'places.change')
  const place = getPlace(state, request.params.code)
  const form = readNamed(PlaceForm, request.body)
  const refused = form.refused ?? refuseOpening(place, form.data.status)
  if (refused || !form.data) {
    const html = await showPlace(parts, request, { state, member, place, refused: refused ?? undefined })
    return sendHtml(reply, 422, html, staffPolicy)
  }
  const { nameVi: vi, nameEn: en, nameKm: km, status, budgetPerHour } = form.data
  const change = { name: nameToStore({ vi, en, km }), open: status === 'open', budgetPerHour }
  await updatePlace(parts.database, place.code, change, member.username)
  await parts.catalogue.refresh()
  return reply.redirect(`${links.place(place.code)}?saved=1`, 303)
}

function refuseOpening(place: Place, status: string): Refused | null {
  if (status !== 'open' || place.open || place.agency.open) return null
  const message = 'Đơn vị của nơi này đã đóng; xin mở lại đơn vị hoặc chuyển nơi này sang đơn vị khác trước.'
  return { problems: [{ path: 'status', message }], values: { status } }
}

type PlaceShown = { state: CatalogueState; member: StaffMember; place: Place; refused?: Refused }

async function showPlace(
  parts: PlaceParts,
  request: FastifyRequest,
  { state, member, place, refused = { problems: [], values: {} } }: PlaceShown,
): Promise<string> {
  const { period, counts } = await readCounts(parts, request)
  const { code, name, open, budgetPerHour, questionnaire } = place
  const marks = { trial: parts.publicUrlMissing, demo: parts.demo }
  const poster = place.open ? drawPoster(posterOf(parts, place, 'a4', state.qrCapitals), marks) : null
  const title = state.publishedByCode.get(questionnaire)?.definition.title.vi ?? questionnaire
  return renderPlacePage(
    {
      place: {
        code,
        nameVi: name.vi,
        nameEn: name.en,
        nameKm: name.km,
        open,
        budgetPerHour,
        defaultBudget: parts.config.placeBudgetPerHour,
        questionnaire: title,
        agency: place.agency.name.vi,
      },
      problems: refused.problems,
      ...(refused.problems.length > 0 && { values: textsOf(refused.values) }),
      saved: PlacesQuery.parse(request.query).saved ?? null,
      mayChange: mayDo(member, 'places.change', place.agencyId),
      proofs: await parts.drawProofs(place, member),
      funnel: funnelOf(counts, place.id),
      period,
      poster,
      address: addressOf(parts, place, state.qrCapitals),
      oldCodes: state.retiredCodes
        .filter(({ placeId }) => placeId === place.id)
        .map((old) => ({ code: old.code, revoked: old.revoked, reason: old.reason, retiredAt: old.retiredAt })),
      shell: shellOf(member, 'places', parts.demo),
    },
    parts.assets,
  )
}

const textsOf = (values: Refused['values']): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))

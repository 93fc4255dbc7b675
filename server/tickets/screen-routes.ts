import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import { renderScreenPage } from '../../web/tickets/screen-page.tsx'
import { getOpenPlace, type Place } from '../catalogue/catalogue.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { inlinePolicy, type PageAssets, sendHtml } from '../http/html.ts'
import { qrSvg } from '../qr.ts'
import { keepDevice } from './device-routes.ts'
import { type Devices, deviceCookie } from './devices.ts'
import { makeScreenCode, stepAt, stepMs } from './presence-rules.ts'

export type ScreenParts = Pick<House, 'catalogue' | 'origin' | 'publicUrlMissing' | 'demo' | 'publicUrl' | 'now'> & {
  devices: Devices
  presenceKey: string
  screen: PageAssets
}

/** Codes that change, on screens that an administrator enrolled. */
export function serveScreens(app: FastifyInstance, parts: ScreenParts): void {
  app.get<{ Params: { code: string } }>(patterns.screen, (request, reply) => showScreen(parts, request, reply))
  app.get<{ Params: { agency: string } }>(patterns.wallCode, (request, reply) => sendWallCode(parts, request, reply))
}

async function showScreen(
  parts: ScreenParts,
  request: FastifyRequest<{ Params: { code: string } }>,
  reply: FastifyReply,
) {
  const place = getOpenPlace(await parts.catalogue.read(), request.params.code)
  const device = await parts.devices.find(request.cookies, 'screen')
  const isHere = device?.placeId === place.id
  const shown = {
    place: { name: place.name, agency: place.agency.name },
    qr: isHere ? drawPlaceCode(parts, place) : null,
    seconds: Math.ceil((stepMs - (parts.now() % stepMs)) / 1000) + 1,
    trial: parts.publicUrlMissing,
    demo: parts.demo,
  }
  if (isHere) keepDevice(parts, reply, request.cookies[deviceCookie] as string)
  const policy = inlinePolicy(parts.screen.style, parts.screen.script)
  return sendHtml(reply, isHere ? 200 : 403, renderScreenPage(shown, parts.screen), policy)
}

function drawPlaceCode({ origin, presenceKey, now }: ScreenParts, { id, code }: Place): string {
  const shown = makeScreenCode(presenceKey, `p${id}`, stepAt(now()))
  return qrSvg(origin() + links.presentSurvey(code, shown), { title: 'Mã QR để đánh giá' })
}

/** The agency's one code: on an enrolled wall one that changes and proves presence, elsewhere its plain address. */
async function sendWallCode(
  { catalogue, devices, presenceKey, origin, now }: ScreenParts,
  request: FastifyRequest<{ Params: { agency: string } }>,
  reply: FastifyReply,
) {
  const state = await catalogue.read()
  const agency = state.agencies.find(({ code }) => code === request.params.agency.toLowerCase())
  if (!agency) throw new PublicError('not_found')
  const device = await devices.findIfPossible(request.cookies, 'wall')
  const isHere = state.places.some(({ id, agencyId }) => id === device?.placeId && agencyId === agency.id)
  const shown = isHere ? makeScreenCode(presenceKey, `a${agency.id}`, stepAt(now())) : undefined
  return reply
    .type('image/svg+xml')
    .header('cache-control', 'no-store')
    .send(qrSvg(origin() + links.counters(agency.code, shown)))
}

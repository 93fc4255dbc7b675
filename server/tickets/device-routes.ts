import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  addDevice,
  type EnrolledDevice,
  enrolDevice,
  findByLink,
  readDevices,
  revokeDevice,
} from '../../db/tickets/devices.ts'
import { links, patterns } from '../../web/links.ts'
import { type DevicesPageProps, renderDevicesPage } from '../../web/tickets/devices-page.tsx'
import { renderEnrolPage } from '../../web/tickets/enrol-page.tsx'
import { type CatalogueState, getPlace, type Place } from '../catalogue/catalogue.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { isOverTls } from '../http/origin-rules.ts'
import { qrSvg } from '../qr.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { DeviceForm } from './contract.ts'
import { deviceCookie } from './devices.ts'
import { readOwnPlaces, type TicketParts } from './own.ts'

export type DeviceParts = TicketParts & Pick<House, 'publicUrl'>

type ByCode = { Params: { code: string; id: string } }
type ByToken = { Params: { token: string } }

/** Long enough to walk to the tablet with the link. */
const linkGoodMs = 3_600_000
/** The most that browsers keep a cookie; every opening of the device's page begins it anew. */
export const deviceDays = 400

/** Tablets and screens of a place: named, enrolled by a link opened on them, revoked. */
export function serveDevices(app: FastifyInstance, parts: DeviceParts): void {
  app.get<ByCode>(patterns.placeDevices, (request, reply) =>
    showDevices(parts, request, reply, { status: 200, shown: {} }),
  )
  app.post<ByCode>(patterns.placeDevices, (request, reply) => inviteDevice(parts, request, reply))
  app.post<ByCode>(patterns.revokeDevice, async (request, reply) => {
    const { member, state } = await readOwnPlaces(parts, request, 'devices.manage')
    const { code, id } = request.params
    const { id: placeId, agencyId, code: place } = getPlace(state, code)
    const device = { placeId, agencyId, place, actor: member.username }
    const isRevoked = /^\d{1,4}$/.test(id) && (await revokeDevice(parts.database, { ...device, id: Number(id) }))
    if (!isRevoked) throw new PublicError('not_found')
    return reply.redirect(links.placeDevices(place), 303)
  })
  app.get<ByToken>(patterns.enrolDevice, (request, reply) => showEnrolment(parts, request, reply))
  app.post<ByToken>(patterns.enrolDevice, (request, reply) => enrol(parts, request, reply))
}

async function inviteDevice(parts: DeviceParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const { member, state } = await readOwnPlaces(parts, request, 'devices.manage')
  const { id: placeId, agencyId, code: place } = getPlace(state, request.params.code)
  const form = DeviceForm.safeParse(request.body ?? {})
  if (!form.success) {
    const problems = form.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message }))
    return showDevices(parts, request, reply, { status: 422, shown: { problems } })
  }
  const link = randomBytes(32).toString('base64url')
  const linkExpiresAt = new Date(parts.now() + linkGoodMs).toISOString()
  const { name, kind } = form.data
  const actor = member.username
  await addDevice(parts.database, { placeId, agencyId, place, name, kind, link, linkExpiresAt, actor })
  const address = parts.origin() + links.enrolDevice(link)
  return showDevices(parts, request, reply, {
    status: 201,
    shown: {
      made: { name, address, qr: qrSvg(address, { title: 'Mã QR mở trên máy' }) },
    },
  })
}

async function showDevices(
  parts: DeviceParts,
  request: FastifyRequest<ByCode>,
  reply: FastifyReply,
  { status, shown }: { status: number; shown: Pick<DevicesPageProps, 'made' | 'problems'> },
) {
  const { member, state } = await readOwnPlaces(parts, request, 'devices.manage')
  const place = getPlace(state, request.params.code)
  const html = renderDevicesPage(
    {
      ...shown,
      place: { code: place.code, name: place.name.vi, agency: place.agency.name.vi },
      devices: await readDevices(parts.database, place.id),
      nowIso: new Date(parts.now()).toISOString(),
      shell: shellOf(member, 'places', parts.demo),
    },
    parts.assets,
  )
  return sendHtml(reply, status, html, staffPolicy)
}

/** A page first: whoever previews the link in a message must not use it up. */
async function showEnrolment(parts: DeviceParts, request: FastifyRequest<ByToken>, reply: FastifyReply) {
  const { token } = request.params
  const device = await findByLink(parts.database, token, new Date(parts.now()).toISOString())
  if (!device) throw new PublicError('link_used')
  const place = placeOf(await parts.catalogue.read(), device)
  const shown = { token, name: device.name, kind: device.kind, place: place.name.vi, demo: parts.demo }
  return sendHtml(reply, 200, renderEnrolPage(shown, parts.assets), staffPolicy)
}

async function enrol(parts: DeviceParts, request: FastifyRequest<ByToken>, reply: FastifyReply) {
  parts.guard.requireOwnForm(request)
  const token = randomBytes(32).toString('base64url')
  const now = new Date(parts.now()).toISOString()
  const device = await enrolDevice(parts.database, request.params.token, token, now)
  if (!device) throw new PublicError('link_used')
  const place = placeOf(await parts.catalogue.read(), device)
  keepDevice(parts, reply, token)
  return reply.redirect(addressOf(device, place), 303)
}

export function keepDevice({ publicUrl }: Pick<DeviceParts, 'publicUrl'>, reply: FastifyReply, token: string) {
  const secure = isOverTls(reply.request.headers, reply.request.protocol, publicUrl)
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  reply.setCookie(deviceCookie, token, { ...cookie, maxAge: deviceDays * 86_400 })
}

function addressOf({ kind }: EnrolledDevice, { code, agency }: Place): string {
  if (kind === 'kiosk') return links.survey(code, 'kiosk')
  return kind === 'screen' ? links.screen(code) : links.wall(agency.code)
}

const placeOf = (state: CatalogueState, { placeId }: EnrolledDevice): Place =>
  state.places.find(({ id }) => id === placeId) as Place

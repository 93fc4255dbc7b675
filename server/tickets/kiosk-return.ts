import type { FastifyInstance, FastifyRequest } from 'fastify'
import { links, patterns } from '../../web/links.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { type Devices, deviceCookie } from './devices.ts'

/** As long as a kiosk's own pages wait for a touch (s). */
const idleSeconds = 45

type ReturnParts = { devices: Devices; catalogue: Catalogue }

/**
 * Whatever else a shared tablet comes to show (a method, a result, a sentence of refusal, somebody's sign-in) makes room
 * for the next person by itself, without a script: the browser goes back to the tablet's own page.
 */
export function returnKiosks(app: FastifyInstance, { devices, catalogue }: ReturnParts): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html')
    // What was no HTTP has no cookies either.
    if (!isPage || !request.cookies?.[deviceCookie] || waitsItself(request, reply.statusCode)) return payload
    const device = await devices.findIfPossible(request.cookies, 'kiosk')
    const place = device && (await catalogue.read()).places.find(({ id }) => id === device.placeId)
    if (place) reply.header('refresh', `${idleSeconds};url=${links.survey(place.code, 'kiosk')}`)
    return payload
  })
}

/** A kiosk's form and its thanks count touches. */
const waitsItself = ({ routeOptions, query }: FastifyRequest, status: number): boolean =>
  [200, 422].includes(status) &&
  (routeOptions.url === patterns.survey ||
    (routeOptions.url === patterns.thanks && (query as { c?: unknown }).c === 'kiosk'))

import type { FastifyInstance } from 'fastify'
import { type KeysParts, serveKeys } from './keys-routes.ts'
import { type ProvinceParts, serveProvince } from './routes.ts'

/** Programs of the province, and the keys they come with. */
export function useProvince(app: FastifyInstance, house: ProvinceParts & KeysParts): void {
  serveProvince(app, house)
  serveKeys(app, house)
}

import type { FastifyInstance } from 'fastify'
import type { DrawProofs, PlaceHouse } from './parts.ts'
import { servePlaces } from './routes.ts'

/** Points of service, agencies and their codes. How believable a place's answers are, tickets tell. */
export function usePlaces(app: FastifyInstance, house: PlaceHouse, { drawProofs }: { drawProofs: DrawProofs }): void {
  servePlaces(app, { ...house, drawProofs })
}

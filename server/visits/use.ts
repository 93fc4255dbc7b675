import type { FastifyInstance } from 'fastify'
import type { VisitParts } from './parts.ts'
import { serveVisits } from './routes.ts'

/** How many were served: the denominator of the response rate. */
export function useVisits(app: FastifyInstance, house: VisitParts): void {
  serveVisits(app, house)
}

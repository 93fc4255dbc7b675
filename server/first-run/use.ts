import type { FastifyInstance } from 'fastify'
import { type FirstRunParts, serveFirstRun } from './routes.ts'

/** The steps from nothing to the first answers. */
export function useFirstRun(app: FastifyInstance, house: FirstRunParts): void {
  serveFirstRun(app, house)
}

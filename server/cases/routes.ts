import type { FastifyInstance } from 'fastify'
import type { CaseParts } from './desk.ts'
import { serveImprovements } from './improvement-routes.ts'
import { serveCaseList } from './list/routes.ts'
import { serveCase } from './one-routes.ts'
import { serveRightsRequests } from './rights-routes.ts'
import { serveCaseSettings } from './settings/routes.ts'
import { serveReplyTemplates } from './templates/routes.ts'

/** The staff's half of cases: the list, a case, what came of them, and the settings behind. */
export function serveCases(app: FastifyInstance, parts: CaseParts): void {
  serveCaseList(app, parts)
  serveCase(app, parts)
  serveReplyTemplates(app, parts)
  serveImprovements(app, parts)
  serveCaseSettings(app, parts)
  serveRightsRequests(app, parts)
}

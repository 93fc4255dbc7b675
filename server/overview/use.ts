import type { FastifyInstance } from 'fastify'
import type { VNode } from 'preact'
import type { IndicatorHouse, IndicatorParts } from '../indicators/parts.ts'
import { serveCommune } from './commune-routes.ts'
import { serveHealthResults } from './health-routes.ts'

/** The commune and the health station on a page each; what concerns a leader about the ledger stands above. */
export function useOverview(
  app: FastifyInstance,
  house: IndicatorHouse,
  { warnings, tellConcerns }: Pick<IndicatorParts, 'warnings'> & { tellConcerns: () => Promise<VNode> },
): void {
  serveCommune(app, { ...house, warnings, ledgerNotice: tellConcerns })
  serveHealthResults(app, { ...house, warnings })
}

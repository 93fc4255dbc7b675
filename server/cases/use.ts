import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import type { ThanksParts } from '../respond/thanks-routes.ts'
import { readCaseOpener } from './arrival.ts'
import { createFollowUp, serveCallback } from './callback-routes.ts'
import { serveReceipts } from './citizen-routes.ts'
import { createHoldings } from './hand-back.ts'
import { serveCases } from './routes.ts'

export type CaseHouse = Pick<
  House,
  'database' | 'catalogue' | 'guard' | 'sealing' | 'assets' | 'demo' | 'now' | 'running'
>

/** What rooms before this one ask of it: whether an answer opens a case, what follows from one, who holds some. */
export function openCases({ database, secrets, catalogue }: Pick<House, 'database' | 'secrets' | 'catalogue'>) {
  return {
    readOpener: () => readCaseOpener(catalogue, secrets.receipt),
    findFollowUp: createFollowUp({ database, catalogue }),
    holdings: createHoldings(database),
  }
}

/** Comments followed to a reply: the citizen's half under a receipt, and the staff's. */
export function useCases(app: FastifyInstance, house: CaseHouse, { thanks }: { thanks: ThanksParts }): void {
  const receipts = { ...house, ...thanks }
  serveCallback(app, receipts)
  serveReceipts(app, receipts)
  serveCases(app, house)
}

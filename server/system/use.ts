import type { FastifyInstance } from 'fastify'
import type { Ledger } from '../ledger/ledger.ts'
import type { Recorder } from '../respond/record.ts'
import { serveHealth } from './health.ts'
import { type SystemHouse, serveSystem } from './routes.ts'

/** How the machine stands: for the administrator a page, for programs that watch it one word. */
export function useSystem(
  app: FastifyInstance,
  house: SystemHouse,
  { ledger, recorder }: { ledger: Ledger; recorder: Recorder },
): void {
  serveHealth(app, house.database, recorder)
  serveSystem(app, { ...house, ledger, isStoring: () => recorder.isStoring() })
}

import type { FastifyInstance } from 'fastify'
import { daysBefore } from '../days.ts'
import type { ReportHouse } from './record-parts.ts'
import { serveReports } from './routes.ts'

/** Reports, which carry the ledger's checkpoint of the newest closed day. */
export function useReports(
  app: FastifyInstance,
  house: ReportHouse,
  { findCheckpoint }: { findCheckpoint: (day: string) => Promise<string | null> },
): void {
  serveReports(app, { ...house, readCheckpoint: () => findCheckpoint(daysBefore(house.today(), 1)) })
}

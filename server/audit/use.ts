import type { FastifyInstance } from 'fastify'
import { type AuditHouse, type AuditParts, serveAudit } from './routes.ts'

/** The audit log, under what the ledger says. */
export function useAudit(
  app: FastifyInstance,
  house: AuditHouse,
  { tellStatus }: { tellStatus: AuditParts['ledgerNotice'] },
): void {
  serveAudit(app, { ...house, ledgerNotice: tellStatus })
}

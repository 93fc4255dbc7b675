import type { FastifyRequest } from 'fastify'
import { type By, findReport } from '../../db/reports/reports.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffMember } from '../staff/contract.ts'
import { type Action, mayDo, shellOf } from '../staff/permission-rules.ts'
import { notAllowed } from '../staff/refusal-words.ts'
import type { ReportRecord } from './record-contract.ts'

export type ReportHouse = Pick<House, 'database' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'now' | 'today'>

export type ReportParts = ReportHouse & {
  /** The ledger's checkpoint under which the newest closed day was closed. */
  readCheckpoint: () => Promise<string | null>
}

export type ById = { Params: { id: string } }

/** Who came, and the report of the address: of an agency out of reach it is as unknown as one that is not there. */
export async function visitReport(parts: ReportParts, request: FastifyRequest<ById>, action: Action = 'reports.read') {
  const member = await parts.guard.getStaff(request)
  const report = await getReport(parts, member, request.params.id)
  if (!mayDo(member, action, report.agencyId)) throw notAllowed(member, action)
  return { member, report, shell: shellOf(member, 'reports', parts.demo), by: byOf(parts, member) }
}

export async function getReport({ database }: ReportParts, member: StaffMember, id: string): Promise<ReportRecord> {
  const report = /^[1-9]\d{0,8}$/.test(id) ? await findReport(database, Number(id)) : undefined
  if (!report || !mayDo(member, 'reports.read', report.agencyId)) throw new PublicError('not_found')
  return report
}

export const byOf = ({ now }: ReportParts, { username: actor }: StaffMember): By => ({
  actor,
  at: new Date(now()).toISOString(),
})

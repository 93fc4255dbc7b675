import { z } from 'zod'
import type { AgencyId } from '../catalogue/contract.ts'
import type { Role } from '../shell-contract.ts'
import { toPlainDigits } from '../typed/digits.ts'

/** A sign-in name from any keyboard: plain digits and letters, in small. */
export const readUsername = (typed: string): string => toPlainDigits(typed).trim().toLowerCase()

export const SignInForm = z.strictObject({
  username: z.string().max(100).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(500).optional(),
})

export type StaffMember = {
  id: number
  username: string
  displayName: string
  role: Role
  agencies: AgencyId[]
  /** One of the agencies follows the indicators of the whole commune. */
  coordinates: boolean
  /** One of the agencies has a health place. */
  servesHealth?: boolean
  /** Of the province's board, which has other parts than a commune. */
  ofProvince?: boolean
}

/** Before and after of what changed, by field name; never a citizen's answer, comment or number. */
export type AuditChange = { before?: Record<string, unknown>; after?: Record<string, unknown> }

/** What can be done and is logged, `noun.verb`: one closed list, in words in web/audit/words.ts. */
export const auditActions = [
  'place.create',
  'place.change',
  'place.code',
  'place.order',
  'agency.create',
  'agency.change',
  'agency.order',
  'agency.coordinate',
  'place.qr',
  'version.draft',
  'version.discard',
  'version.publish',
  'version.review',
  'recording.keep',
  'recording.remove',
  'indicator.change',
  'visits.type',
  'visits.import',
  'wave.plan',
  'wave.change',
  'wave.cancel',
  'wave.close',
  'response.restore',
  'response.set_aside',
  'pattern.keep',
  'pattern.reopen',
  'pattern.look',
  'case.assign',
  'case.theme',
  'case.note',
  'case.transfer',
  'case.release',
  'case.reply',
  'case.follow',
  'reply_template.change',
  'case.close',
  'case.reopen',
  'case.hand_back',
  'case.unmask',
  'case.view_number',
  'improvement.add',
  'improvement.publish',
  'improvement.withdraw',
  'report.make',
  'report.change',
  'report.approve',
  'report.publish',
  'report.correct',
  'theme.change',
  'translation.change',
  'translation.review',
  'holiday.change',
  'case_rules.change',
  'rights.erase',
  'rights.note',
  'audit.export',
  'export.start',
  'export.done',
  'export.cancelled',
  'session.open',
  'session.close',
  'session.slow',
  'account.accept',
  'account.password',
  'account.reset',
  'account.factor_on',
  'account.factor_off',
  'account.factor_refused',
  'account.recovery',
  'account.codes',
  'staff.invite',
  'staff.change',
  'staff.disable',
  'staff.enable',
  'staff.link',
  'ticket.make',
  'ticket.revoke',
  'ticket.days',
  'device.add',
  'device.enrol',
  'device.revoke',
  'key.make',
  'key.revoke',
  'commune.add',
  'commune.change',
  'commune.leave',
  'commune.follow',
  'commune.issuer',
] as const
export type AuditAction = (typeof auditActions)[number]
/** The noun of an action: what the log is filtered by. */
export type AuditGroup = AuditAction extends infer A ? (A extends `${infer Noun}.${string}` ? Noun : never) : never

/** A line as it stands in the log; an action of an older version may have gone from the list. */
export type AuditRow = {
  id: number
  at: string
  actor: string
  action: AuditAction | (string & {})
  subject: string
  change: AuditChange
}

/** Which lines are shown: each part narrows; days are calendar days in Asia/Ho_Chi_Minh, both included. */
export type AuditFilter = {
  actor?: string | undefined
  group?: string | undefined
  subject?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** One line of the audit log, as the change that makes it hands it over. */
export type AuditEntry = AuditChange & {
  actor: string
  action: AuditAction
  subject: string
  agencyId?: AgencyId | null
}

/** What a key opens: the indicators, every aggregate result, or handing out one-time tickets and reading nothing. */
export const keyScopes = ['indicators', 'results', 'tickets'] as const

export type KeyScope = (typeof keyScopes)[number]

/** Bodies that live in `ledger_events` until they are logged. */
export type EventBody =
  | { type: 'erasure'; place: number; response: string; at: string; reason: string }
  | { type: 'key'; key: string; handover: string | null; at: string }

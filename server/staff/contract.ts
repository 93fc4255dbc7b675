import { z } from 'zod'
import type { AgencyId } from '../surveys/contract.ts'

export const SignInForm = z.strictObject({
  username: z.string().max(100).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(500).optional(),
})

/** What a member of staff is for; what each may do is in permission-rules.ts. */
export const roles = ['administrator', 'manager', 'clerk', 'interviewer', 'leader', 'auditor'] as const
export type Role = (typeof roles)[number]

export type StaffMember = {
  id: number
  username: string
  displayName: string
  role: Role
  agencies: AgencyId[]
  /** One of the agencies follows the indicators of the whole commune. */
  coordinates: boolean
}

/** Whose rows a question may see: row-level security enforces it inside the question's transaction. */
export type Scope = AgencyId[] | 'all'

/** Before and after of what changed, by field name; never a citizen's answer, comment or number. */
export type AuditChange = { before?: Record<string, unknown>; after?: Record<string, unknown> }

/** One line of the audit log, as the change that makes it hands it over. */
export type AuditEntry = AuditChange & {
  actor: string
  /** Verb and noun, such as `place.change`: one closed list, so that the log can be filtered (auditWords in web/staff). */
  action: string
  subject: string
  agencyId?: AgencyId | null
}

/** Parts of the staff side, in the order of the navigation. */
export const sections = [
  'today',
  'health',
  'commune',
  'indicators',
  'cases',
  'review',
  'reports',
  'exports',
  'waves',
  'visits',
  'places',
  'agencies',
  'questionnaires',
  'staff',
  'audit',
  'system',
  'account',
] as const
export type Section = (typeof sections)[number]

/** What every page of signed-in staff carries around its content. */
export type Shell = { user: string; role: Role; current: Section; sections: Section[]; demo: boolean }

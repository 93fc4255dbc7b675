/** What a member of staff is for; what each may do is in permission-rules.ts. */
export const roles = ['administrator', 'manager', 'clerk', 'interviewer', 'leader', 'auditor'] as const

export type Role = (typeof roles)[number]

/** Parts of the staff side, in the order of the navigation. */
export const sections = [
  'province',
  'communes',
  'today',
  'health',
  'commune',
  'indicators',
  'cases',
  'review',
  'reports',
  'exports',
  'waves',
  'entries',
  'visits',
  'tickets',
  'places',
  'agencies',
  'questionnaires',
  'staff',
  'audit',
  'system',
  'account',
] as const

export type Section = (typeof sections)[number]

/** What every page of signed-in staff carries around its content; an error page is in no section. */
export type Shell = {
  user: string
  role: Role
  current: Section | null
  sections: Section[]
  demo: boolean
  ofProvince?: boolean
}

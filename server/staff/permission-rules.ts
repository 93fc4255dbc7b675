import type { AgencyId, Scope } from '../catalogue/contract.ts'
import type { Role, Section, Shell } from '../shell-contract.ts'
import type { StaffMember } from './contract.ts'

/** How far a permission reaches: nowhere, the member's own agencies, the whole commune. */
export type Reach = 'none' | 'own' | 'commune'

const everyone: Partial<Record<Role, Reach>> = {
  administrator: 'own',
  manager: 'own',
  clerk: 'own',
  interviewer: 'own',
  leader: 'own',
  auditor: 'own',
}
const readers: Partial<Record<Role, Reach>> = {
  administrator: 'commune',
  manager: 'own',
  leader: 'commune',
  auditor: 'commune',
}

/** Every decision about who may do what. A role that is not named may not. */
const table = {
  'account.own': everyone,
  'today.read': { ...readers, clerk: 'own' },
  'results.read': readers,
  'commune.read': { administrator: 'commune', leader: 'commune', auditor: 'commune' },
  // What citizens said about pressure: who oversees, never who is rated.
  'pressure.read': { leader: 'commune', auditor: 'commune' },
  'indicators.change': { administrator: 'commune', manager: 'own' },
  'cases.read': { ...readers, clerk: 'own' },
  'cases.handle': { manager: 'own', clerk: 'own', leader: 'commune' },
  'cases.publish': { manager: 'own', leader: 'commune' },
  'cases.configure': { administrator: 'commune' },
  'rights.handle': { administrator: 'commune', leader: 'commune' },
  'review.read': readers,
  // Who exactly may decide about a response is narrower still: never the rated body nor the indicator's owner.
  'review.decide': { administrator: 'commune' },
  'waves.read': readers,
  'waves.change': { administrator: 'commune', manager: 'own' },
  'entries.enter': { administrator: 'commune', manager: 'own', interviewer: 'commune' },
  'visits.read': readers,
  'visits.change': { administrator: 'commune', manager: 'own' },
  'tickets.give': { administrator: 'commune', manager: 'own', clerk: 'own' },
  'tickets.make': { administrator: 'commune', manager: 'own' },
  'tickets.configure': { administrator: 'commune' },
  'devices.manage': { administrator: 'commune' },
  'places.read': readers,
  'places.change': { administrator: 'commune' },
  'agencies.change': { administrator: 'commune' },
  'questionnaires.read': readers,
  'questionnaires.change': { administrator: 'commune', manager: 'own' },
  'questionnaires.review': { administrator: 'commune' },
  'translations.change': { administrator: 'commune' },
  'recordings.change': { administrator: 'commune' },
  'reports.read': readers,
  'reports.make': { administrator: 'commune', manager: 'own' },
  'reports.approve': { manager: 'own', leader: 'commune' },
  'exports.make': readers,
  'staff.manage': { administrator: 'commune' },
  'keys.manage': { administrator: 'commune' },
  'audit.read': { administrator: 'commune', auditor: 'commune' },
  'system.read': { administrator: 'commune' },
  // On the province's board only, where the whole is the province.
  'province.read': { administrator: 'commune', leader: 'commune', auditor: 'commune' },
  'communes.manage': { administrator: 'commune' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>

export type Action = keyof typeof table
export const actions = Object.keys(table) as Action[]

/** What a manager of the coordinating agency may do for the whole commune on top. */
const coordinatorReaches: readonly Action[] = [
  'today.read',
  'results.read',
  'commune.read',
  'pressure.read',
  'review.read',
  'review.decide',
  'waves.read',
  'questionnaires.read',
  'translations.change',
  'recordings.change',
]

/** How far a member may do an action. */
export function reachOf(member: Pick<StaffMember, 'role' | 'coordinates'>, action: Action): Reach {
  if (member.role === 'manager' && member.coordinates && coordinatorReaches.includes(action)) return 'commune'
  return (table[action] as Partial<Record<Role, Reach>>)[member.role] ?? 'none'
}

/** Whether a member may do an action to something of the given agency; without one, whether anywhere at all. */
export function mayDo(member: StaffMember, action: Action, agencyId?: AgencyId): boolean {
  const reach = reachOf(member, action)
  if (reach !== 'own' || agencyId === undefined) return reach !== 'none'
  return member.agencies.includes(agencyId)
}

/** The agencies whose rows an action may touch, for row-level security and for filters. */
export function scopeOf(member: StaffMember, action: Action): Scope {
  const reach = reachOf(member, action)
  return reach === 'commune' ? 'all' : reach === 'own' ? member.agencies : []
}

export const isInScope = (scope: Scope, agencyId: AgencyId): boolean => scope === 'all' || scope.includes(agencyId)

const sectionNeeds: Record<Section, Action> = {
  province: 'province.read',
  communes: 'communes.manage',
  today: 'today.read',
  health: 'results.read',
  commune: 'commune.read',
  indicators: 'results.read',
  cases: 'cases.read',
  review: 'review.read',
  reports: 'reports.read',
  exports: 'exports.make',
  waves: 'waves.read',
  entries: 'entries.enter',
  visits: 'visits.read',
  tickets: 'tickets.give',
  places: 'places.read',
  agencies: 'agencies.change',
  questionnaires: 'questionnaires.read',
  staff: 'staff.manage',
  audit: 'audit.read',
  system: 'system.read',
  account: 'account.own',
}

/** Parts of the board, and those that board and commune share; the rest is a commune's. */
const ofBoard: readonly Section[] = ['province', 'communes']
const shared: readonly Section[] = ['staff', 'audit', 'account']

const isOffered = (section: Section, ofProvince: boolean): boolean =>
  shared.includes(section) || ofBoard.includes(section) === ofProvince

/** Results of the health places are of no use to whoever has none of them in reach. */
export const mayReadHealth = (member: StaffMember): boolean => {
  const reach = reachOf(member, 'results.read')
  return reach === 'commune' || (reach === 'own' && member.servesHealth === true)
}

/** What surrounds a page of this member: the name and the parts that may be opened. */
export function shellOf(member: StaffMember, current: Section | null, demo: boolean): Shell {
  const ofProvince = member.ofProvince === true
  const sections = (Object.keys(sectionNeeds) as Section[]).filter(
    (section) =>
      isOffered(section, ofProvince) &&
      mayDo(member, sectionNeeds[section]) &&
      (section !== 'health' || mayReadHealth(member)),
  )
  const user = member.displayName || member.username
  return { user, role: member.role, current, sections, demo, ...(ofProvince && { ofProvince }) }
}

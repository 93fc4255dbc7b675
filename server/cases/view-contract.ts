import type { CaseKind, Half } from '../catalogue/contract.ts'
import type { Problem } from '../problems.ts'
import type { CaseAction, CaseState, CaseTab, Colleague, ImprovementRow } from './contract.ts'
import type { ReplyTemplate } from './templates/contract.ts'

/** A deadline seen from today: how many working days are left, or have gone by since. */
export type DueView = { on: string; isPast: boolean; workingDays: number }

/** A case as the list shows it: masked, in words, without a clock time. */
export type CaseItem = {
  id: number
  kind: CaseKind
  state: CaseState
  restricted: boolean
  /** The citizen chose to be heard at once. */
  urgent: boolean
  /** Null where there is no comment, or it was erased at the citizen's request. */
  excerpt: string | null
  /** The comment's, where it is not Vietnamese. */
  language: 'en' | 'km' | null
  /** Criteria rated 1 or 2. */
  unsatisfied: string[]
  place: string
  agency: string
  theme: string | null
  day: string
  half: Half
  /** Null once it is answered or closed, and for praise. */
  due: DueView | null
  owner: string | null
  /** Waits for somebody because its owner was stopped or moved. */
  handedBack: boolean
}

export type Choice = { value: string; label: string }

export type CaseListView = {
  tab: CaseTab
  counts: Record<CaseTab, number>
  items: CaseItem[]
  filter: { place: string; theme: string; kind: string; mine: string }
  places: Choice[]
  themes: Choice[]
  /** Where the next page begins. */
  next: string | null
  /** Which further pages this member may open. */
  doors: { improvements: boolean; templates: boolean; settings: boolean; rights: boolean; mine: boolean }
  /** Under praise only. */
  thanks: ThanksView | null
}

/** Thanks for many at once. */
export type ThanksView = {
  may: boolean
  text: string
  /** What was chosen before a refusal; null = all. */
  chosen: string[] | null
  problems: Problem[]
  /** How many were just thanked. */
  sent: number | null
}

export type CourseEntry = {
  key: number
  /** dd/mm/yyyy with a clock time; of the arrival with half a day only. */
  when: string
  who: string
  kind: string
  note: string
}

export type CaseView = Omit<CaseItem, 'excerpt'> & {
  /** The whole comment, masked. */
  comment: string | null
  /** How many numbers and addresses were masked in it. */
  masked: number
  reply: string | null
  closedReason: string | null
  callback: 'none' | 'kept' | 'erased'
  themeId: number | null
  ownerId: number | null
  /** The number of the last event: sent back with every form. */
  seen: number
  course: CourseEntry[]
}

/** What this member may do to the case now, and among whom and what to choose. */
export type CaseDoors = {
  may: Record<CaseAction, boolean>
  mayReveal: boolean
  colleagues: Colleague[]
  agencies: Choice[]
  themes: Choice[]
  /** Texts a reply may begin with; that of the case's theme first. Empty where no reply may be written. */
  templates: ReplyTemplate[]
}

export type ImprovementsView = {
  entries: (ImprovementRow & { agency: string; mayPublish: boolean })[]
  mayAdd: boolean
}

export type ImprovementDraftView = {
  agencies: Choice[]
  themes: Choice[]
  agency: string
  theme: string
  cases: CaseItem[]
}

import type { AgencyId } from '../catalogue/contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import type { StaffMember } from '../staff/contract.ts'
import { mayDo } from '../staff/permission-rules.ts'
import type { CaseAction, CaseChange, CaseDetail, CaseForm, CaseRow, CaseState } from './contract.ts'

/** Who within the reach of cases.handle: any handler, who holds the case, a manager or leader, a leader. */
type Who = 'handler' | 'holder' | 'supervisor' | 'leader'

/** The life of a case: from which states an action is possible, and whose it is. Nothing else is. */
export const transitions: Record<CaseAction, { from: readonly CaseState[]; who: Who }> = {
  take: { from: ['new'], who: 'handler' },
  assign: { from: ['new', 'assigned'], who: 'holder' },
  theme: { from: ['new', 'assigned', 'answered', 'closed'], who: 'handler' },
  note: { from: ['new', 'assigned', 'answered', 'closed'], who: 'handler' },
  transfer: { from: ['new', 'assigned'], who: 'holder' },
  release: { from: ['new', 'assigned'], who: 'leader' },
  follow: { from: ['new'], who: 'handler' },
  template: { from: ['new', 'assigned'], who: 'holder' },
  preview: { from: ['new', 'assigned'], who: 'holder' },
  reply: { from: ['new', 'assigned'], who: 'holder' },
  close: { from: ['new', 'assigned', 'answered'], who: 'holder' },
  reopen: { from: ['answered', 'closed'], who: 'supervisor' },
}

type Owned = Pick<CaseRow, 'kind' | 'state' | 'restricted' | 'agencyId' | 'ownerId'>

/** Praise is thanked by whoever reads it; it is held by somebody only once it is followed like any other case. */
const notForPraise: readonly CaseAction[] = ['take', 'assign']

/** What accuses an official is the leaders' to read and the auditors'; row-level security keeps the own agency out. */
export const readsRestricted = ({ role }: StaffMember): boolean => role === 'leader' || role === 'auditor'

export function mayHandle(
  member: StaffMember,
  { restricted, agencyId }: Pick<Owned, 'restricted' | 'agencyId'>,
): boolean {
  return mayDo(member, 'cases.handle', agencyId) && (!restricted || member.role === 'leader')
}

export function mayAct(member: StaffMember, one: Owned, action: CaseAction): boolean {
  const { from, who } = transitions[action]
  if (!mayHandle(member, one) || !from.includes(one.state)) return false
  if (action === 'release' && !one.restricted) return false
  if (one.kind === 'praise' ? notForPraise.includes(action) : action === 'follow') return false
  const supervises = member.role === 'manager' || member.role === 'leader'
  if (who === 'leader') return member.role === 'leader'
  if (who === 'supervisor') return supervises
  return who === 'handler' || supervises || one.ownerId === null || one.ownerId === member.id
}

/** The raw comment and the telephone number are for the one person who handles the case, while it is handled. */
export const mayReveal = (member: StaffMember, one: Owned): boolean =>
  one.ownerId === member.id && mayHandle(member, one)

/** What a decision needs besides the case and the form, looked up by the route. */
export type Targets = {
  colleague: { id: number; name: string } | null
  agency: { id: AgencyId; name: string } | null
  theme: { id: number; name: string } | null
  /** Deadline of a case that is opened again, or taken up, today. */
  dueOn: string
}

/** A form that changes something; the others only show. */
export type CaseStep = Exclude<CaseForm, { action: 'preview' | 'template' }>

/** The change a permitted action makes; the reason of a closing was checked by the route. */
export function decideChange(form: CaseStep, one: CaseDetail, member: StaffMember, targets: Targets): CaseChange {
  switch (form.action) {
    case 'take':
      return assignTo(one, { id: member.id, name: member.displayName || member.username })
    case 'assign':
      return assignTo(one, targets.colleague as { id: number; name: string })
    case 'theme':
      return chooseTheme(targets.theme)
    case 'note':
      return { set: {}, event: { kind: 'note', note: form.note }, audit: { action: 'case.note' } }
    case 'transfer':
      return transferTo(targets.agency as { id: AgencyId; name: string }, form.reason)
    case 'follow':
      return followUntil(targets.dueOn)
    case 'release':
      return releaseToAgency()
    case 'reply':
      return replyWith(one, form.reply, member.id)
    case 'close':
      return closeFor(one, form.reason)
    case 'reopen':
      return reopenUntil(one, targets.dueOn, form.reason)
  }
}

function assignTo(one: CaseDetail, { id, name }: { id: number; name: string }): CaseChange {
  return {
    set: { state: 'assigned', ownerId: id },
    event: { kind: 'assigned', note: name },
    audit: { action: 'case.assign', before: { owner: one.ownerName }, after: { owner: name } },
  }
}

function chooseTheme(theme: { id: number; name: string } | null): CaseChange {
  return {
    set: { themeId: theme?.id ?? null },
    event: { kind: 'theme', note: theme?.name ?? '' },
    audit: { action: 'case.theme', after: { theme: theme?.name ?? null } },
  }
}

function transferTo(agency: { id: AgencyId; name: string }, reason: string): CaseChange {
  return {
    set: { agencyId: agency.id, ownerId: null, state: 'new' },
    event: { kind: 'transferred', note: `${agency.name}. ${reason}` },
    audit: { action: 'case.transfer', after: { agency: agency.name } },
  }
}

const releaseToAgency = (): CaseChange => ({
  set: { restricted: false, ownerId: null, state: 'new' },
  event: { kind: 'released', note: '' },
  audit: { action: 'case.release', before: { restricted: true }, after: { restricted: false } },
})

/** Praise taken up like any other comment, with a deadline from today. */
const followUntil = (dueOn: string): CaseChange => ({
  set: { kind: 'comment', dueOn },
  event: { kind: 'followed', note: '' },
  audit: { action: 'case.follow', after: { dueOn } },
})

/** Whoever answers what nobody held holds it from then on. */
const replyWith = (one: CaseDetail, reply: string, memberId: number): CaseChange => ({
  set: { state: 'answered', reply, ownerId: one.ownerId ?? memberId },
  event: { kind: 'replied', note: reply },
  audit: { action: 'case.reply', before: { state: one.state }, after: { state: 'answered' } },
  answered: true,
})

const closeFor = (one: CaseDetail, reason: string): CaseChange => ({
  set: { state: 'closed', closedReason: one.state === 'answered' ? null : reason },
  event: { kind: 'closed', note: one.state === 'answered' ? '' : reason },
  audit: { action: 'case.close', before: { state: one.state }, after: { state: 'closed' } },
  closed: true,
  erasesNumber: true,
})

function reopenUntil(one: CaseDetail, dueOn: string, reason: string): CaseChange {
  // Whoever answered it then may have been stopped or moved since.
  const ownerId = one.ownerHandles ? one.ownerId : null
  const state = ownerId === null ? 'new' : 'assigned'
  return {
    set: { state, ownerId, closedReason: null, dueOn, ...(one.kind === 'praise' && { kind: 'comment' }) },
    event: { kind: 'reopened', note: reason },
    audit: { action: 'case.reopen', before: { state: one.state }, after: { state } },
  }
}

/** Criteria rated 1 or 2, in words and in the order of the questionnaire. */
export function listUnsatisfied(answers: string, plan: Plan): string[] {
  return plan.criteria.flatMap((criterion, position) => (/[12]/.test(answers[position] ?? '') ? criterion.text.vi : []))
}

const excerptLength = 180

/** The beginning of a masked comment, cut between words. */
export function makeExcerpt(masked: string): string {
  const line = masked.replace(/\s+/g, ' ').trim()
  if (line.length <= excerptLength) return line
  const cut = line.lastIndexOf(' ', excerptLength)
  return `${line.slice(0, cut > 60 ? cut : excerptLength)}…`
}

export const isWaiting = (state: CaseState): boolean => state === 'new' || state === 'assigned'

const longestQuote = 8

/** Whether a text repeats eight words in a row of a comment: what is published is the agency's own wording. */
export function quotesComment(text: string, comment: string): boolean {
  const words = wordsOf(text)
  const heard = ` ${wordsOf(comment).join(' ')} `
  const runs = Math.max(0, words.length - longestQuote + 1)
  return Array.from({ length: runs }, (_, from) => words.slice(from, from + longestQuote).join(' ')).some((run) =>
    heard.includes(` ${run} `),
  )
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

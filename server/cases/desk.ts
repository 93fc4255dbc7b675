import type { FastifyRequest } from 'fastify'
import type { CaseReader } from '../../db/cases/cases.ts'
import { findCase } from '../../db/cases/course.ts'
import { readThemes } from '../../db/cases/settings.ts'
import type { Database } from '../../db/client.ts'
import { roleNames } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import type { StaffMember } from '../staff/contract.ts'
import { scopeOf } from '../staff/permission-rules.ts'
import { notAllowed, refused } from '../staff/refusal-words.ts'
import type { CaseAction, CaseDetail } from './contract.ts'
import { mayHandle, readsRestricted, transitions } from './rules.ts'
import type { CaseFrame } from './views.ts'

export type CaseParts = Pick<
  House,
  'database' | 'catalogue' | 'guard' | 'sealing' | 'assets' | 'demo' | 'now' | 'running'
>

export type CaseVisit = { member: StaffMember; reader: CaseReader; frame: CaseFrame }

/** Who reads, what that member may see at this moment, and what cases are read against. */
export async function visitCases(parts: CaseParts, request: FastifyRequest): Promise<CaseVisit> {
  const { database, catalogue, guard, running } = parts
  const member = await guard.getStaff(request)
  const [state, themes, { day: today, mornings }] = await Promise.all([
    catalogue.read(),
    readThemes(database),
    running.read(),
  ])
  const shownMornings = [...mornings.keys()]
  const reader = { scope: scopeOf(member, 'cases.read'), restricted: readsRestricted(member), today, shownMornings }
  return { member, reader, frame: { state, themes, today } }
}

/** The case an address names, if this reader may see it; otherwise 404, as if there were none. */
export async function getCase(database: Database, reader: CaseReader, id: string): Promise<CaseDetail> {
  const one = /^[1-9]\d{0,8}$/.test(id) ? await findCase(database, reader, Number(id)) : undefined
  if (!one) throw new PublicError('not_found')
  return one
}

/** 403 with who may do what this member may not, as mayAct decides it. */
export function refuseAct(member: StaffMember, one: CaseDetail, action: CaseAction): PublicError {
  if (!mayHandle(member, one)) return one.restricted ? refused(leaderWords) : notAllowed(member, 'cases.handle')
  const { from, who } = transitions[action]
  if (!from.includes(one.state) || who === 'handler') return refused(passedWords)
  if (who === 'leader') return refused(leaderWords)
  const supervisors = `${roleNames.manager} hoặc ${roleNames.leader}`
  return refused(`Việc này cần ${who === 'supervisor' ? '' : 'người đang giữ ý kiến, '}vai trò ${supervisors}.`)
}

const leaderWords = `Việc này cần vai trò ${roleNames.leader}.`
const passedWords = 'Ý kiến này không còn ở bước làm được việc đó; xin mở lại trang để xem.'

export const revealWords =
  'Chỉ người đang giữ ý kiến xem được nguyên văn và số điện thoại; xin nhận xử lý trước, rồi xem.'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countRecoveryCodes } from '../../db/staff/factors.ts'
import { findStaffMember } from '../../db/staff/members.ts'
import { changePassword, hasChangedPassword } from '../../db/staff/own.ts'
import { endSessions, listSessions } from '../../db/staff/sessions.ts'
import { links } from '../../web/links.ts'
import { type AccountPageProps, renderAccountPage } from '../../web/staff/account-page.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { composeSecret } from '../typed/secret.ts'
import { ChangePasswordForm, EndSessionForm } from './account-contract.ts'
import type { StaffMember } from './contract.ts'
import type { StaffParts } from './parts.ts'
import { shellOf } from './permission-rules.ts'
import { sessionIdleHours, sessionLongestHours } from './rules.ts'
import { checkOwnPassword } from './sign-in/attempts.ts'
import { findPasswordProblem } from './sign-in/password-rules.ts'
import { hashPassword } from './sign-in/passwords.ts'

/** The own account: password, second factor, sessions. */
export function serveAccount(app: FastifyInstance, parts: StaffParts): void {
  const { database, guard } = parts
  app.get(links.account, async (request, reply) => {
    const saved = (request.query as { saved?: string }).saved
    return showAccount(parts, reply, 200, { saved: typeof saved === 'string' ? saved : undefined })
  })
  app.post(links.changePassword, async (request, reply) => {
    const member = await guard.getStaff(request)
    const form = ChangePasswordForm.safeParse(request.body ?? {})
    if (!form.success) throw new PublicError('bad_request')
    const problem = await findChangeProblem(parts, request, member, form.data)
    if (problem) return showAccount(parts, reply, 422, { problem })
    const passwordHash = await hashPassword(form.data.password)
    await changePassword(database, member, passwordHash, guard.readToken(request) ?? '')
    return reply.redirect(`${links.account}?saved=mat-khau`, 303)
  })
  app.post(links.endSession, async (request, reply) => {
    const member = await guard.getStaff(request)
    const form = EndSessionForm.safeParse(request.body ?? {})
    if (!form.success) throw new PublicError('bad_request')
    const { session: id } = form.data
    const allBut = guard.readToken(request) ?? ''
    await endSessions(database, member, id === 'khac' ? { allBut } : { id })
    return reply.redirect(`${links.account}?saved=phien`, 303)
  })
}

async function findChangeProblem(
  parts: StaffParts,
  request: FastifyRequest,
  member: StaffMember,
  typed: { current: string; password: string; repeated: string },
): Promise<AccountPageProps['problem']> {
  const message = findPasswordProblem(typed.password, typed.repeated, member.username)
  if (message) return { path: 'password', message }
  if (typed.password === composeSecret(typed.current))
    return { path: 'password', message: 'Mật khẩu mới giống mật khẩu cũ.' }
  const checked = await checkOwnPassword(parts, request, member, typed.current)
  return checked === 'right' ? undefined : { path: 'current', message: ownPasswordProblem(checked) }
}

/** For somebody who is signed in: the name is known to be right. */
export const ownPasswordProblem = (checked: 'wrong_password' | 'too_often'): string =>
  checked === 'too_often' ? new PublicError(checked).message : 'Mật khẩu hiện tại chưa đúng; xin nhập lại.'

/** The account page as it stands now, with what just happened. */
export async function showAccount(
  parts: StaffParts,
  reply: FastifyReply,
  status: number,
  page: Pick<AccountPageProps, 'saved' | 'problem'>,
) {
  const { database, guard, demo, assets } = parts
  const member = await guard.getStaff(reply.request)
  const token = guard.readToken(reply.request) ?? ''
  const [stored, sessions, codesLeft, passwordIsOwn] = await Promise.all([
    findStaffMember(database, member.username),
    listSessions(database, member.id, token, { idleHours: sessionIdleHours, longestHours: sessionLongestHours }),
    countRecoveryCodes(database, member.id),
    hasChangedPassword(database, member.username),
  ])
  const account = { member, hasFactor: Boolean(stored?.totpConfirmedAt), sessions, codesLeft, passwordIsOwn }
  const shell = shellOf(member, 'account', demo)
  return sendHtml(reply, status, renderAccountPage({ ...account, ...page, shell }, assets), staffPolicy)
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findStaffMember } from '../../../db/staff/members.ts'
import { renewPassword } from '../../../db/staff/own.ts'
import { closeSession } from '../../../db/staff/sessions.ts'
import { links } from '../../../web/links.ts'
import { renderSignInPage, type SignInPageProps } from '../../../web/staff/sign-in-page.tsx'
import { PublicError, type RefusalCode } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { readUsername, SignInForm } from '../contract.ts'
import type { StaffParts } from '../parts.ts'
import { safeNext } from '../rules.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { makePending, serveSignInCode } from './pending-routes.ts'
import { finishSignIn } from './signing.ts'

/** Signing in and out. */
export function serveSignIn(app: FastifyInstance, parts: StaffParts): void {
  app.get(links.signIn(), (request, reply) => {
    const next = safeNext((request.query as { next?: string }).next, '')
    return showSignIn(parts, reply, 200, { next })
  })
  app.post(links.signIn(), (request, reply) => signIn(parts, request, reply))
  serveSignInCode(app, parts)
  app.post(links.signOut, async (request, reply) => {
    parts.guard.requireOwnForm(request)
    const token = parts.guard.readToken(request)
    if (token) await closeSession(parts.database, token)
    parts.guard.clearSession(reply)
    return reply.redirect(links.signIn(), 303)
  })
}

async function signIn(parts: StaffParts, request: FastifyRequest, reply: FastifyReply) {
  parts.guard.requireOwnForm(request)
  const form = SignInForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  const next = safeNext(form.data.next, '')
  const outcome = await tryPassword(parts, request, form.data)
  if (typeof outcome === 'string') {
    const { message: problem, status } = new PublicError(outcome)
    return showSignIn(parts, reply, status, { next, problem, username: form.data.username })
  }
  if (!outcome.totpConfirmedAt) return finishSignIn(parts, reply, outcome, next)
  parts.guard.setPending(reply, makePending(parts, outcome))
  return reply.redirect(links.signInCode(next), 303)
}

type Member = NonNullable<Awaited<ReturnType<typeof findStaffMember>>>

/** The member whose password it is; a name that does not exist takes as long and is refused alike. */
async function tryPassword(
  { database, attempts }: StaffParts,
  request: FastifyRequest,
  typed: { username: string; password: string },
): Promise<Member | RefusalCode> {
  const member = await findStaffMember(database, readUsername(typed.username))
  const attempt = member && (await attempts.take(request, member))
  if (attempt === null) return 'too_often'
  const { right, outdated } = await checkPassword(member?.passwordHash, typed.password)
  if (!right || !member) {
    await attempt?.noteFailure()
    return 'wrong_password'
  }
  if (outdated) await renewPassword(database, member, await hashPassword(typed.password))
  await attempt?.giveBack()
  return member.disabled ? 'account_disabled' : member
}

function showSignIn(parts: StaffParts, reply: FastifyReply, status: number, page: Omit<SignInPageProps, 'demo'>) {
  const html = renderSignInPage({ ...page, demo: parts.demo }, parts.assets)
  return sendHtml(reply, status, html, staffPolicy)
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../db/client.ts'
import { closeSession, findStaffMember, openSession, recordFailedSignIn } from '../../db/staff.ts'
import { links } from '../../web/links.ts'
import { renderSignInPage } from '../../web/staff/sign-in-page.tsx'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { SignInForm } from './contract.ts'
import { isPassword } from './passwords.ts'
import { attemptWaitSeconds, freeAttempts, safeNext } from './rules.ts'
import type { Guard } from './session.ts'

export type StaffParts = { database: Database; guard: Guard; assets: StaffAssets; demo: boolean; now: () => number }

/** Signing in and out. */
export function serveStaff(app: FastifyInstance, parts: StaffParts): void {
  app.get(links.signIn(), (request, reply) => {
    const next = safeNext((request.query as { next?: string }).next, links.today())
    return showSignIn(parts, request, reply, 200, { next })
  })
  app.post(links.signIn(), (request, reply) => signIn(parts, request, reply))
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
  const { username, password, next } = form.data
  const member = await findStaffMember(parts.database, username.trim().toLowerCase())
  const refuse = (code: 'too_often' | 'wrong_password') => {
    const error = new PublicError(code)
    const page = { next: safeNext(next, links.today()), problem: error.message, username }
    return showSignIn(parts, request, reply, error.status, page)
  }
  if (member?.nextSignInAt && Date.parse(member.nextSignInAt) > parts.now()) return refuse('too_often')
  if (!(await isPassword(member?.passwordHash, password)) || !member) {
    if (member) await recordFailedSignIn(parts.database, member.id, freeAttempts, attemptWaitSeconds)
    return refuse('wrong_password')
  }
  parts.guard.setSession(reply, await openSession(parts.database, member.id))
  return reply.redirect(safeNext(next, links.today()), 303)
}

function showSignIn(
  parts: StaffParts,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  page: { next: string; problem?: string; username?: string },
) {
  const html = renderSignInPage({ ...page, demo: parts.demo }, parts.assets)
  return sendHtml(request, reply, status, html, staffPolicy)
}

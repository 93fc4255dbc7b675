import type { FastifyReply } from 'fastify'
import { makeToken, signInMember } from '../../../db/staff/sessions.ts'
import { links } from '../../../web/links.ts'
import { homeOf } from '../home.ts'
import type { StaffParts } from '../parts.ts'
import { describeBrowser } from './browser-rules.ts'

/** Opens the session, makes the browser a known one, and goes on to `next` or to the member's first page. */
export async function finishSignIn(
  { database, guard }: Pick<StaffParts, 'database' | 'guard'>,
  reply: FastifyReply,
  member: { id: number; username: string },
  next = '',
) {
  const mark = guard.readMark(reply.request) ?? makeToken()
  const name = describeBrowser(reply.request.headers['user-agent'])
  const token = await signInMember(database, member, { mark, name })
  guard.setSession(reply, token)
  guard.setMark(reply, mark)
  guard.clearPending(reply)
  const signedIn = await guard.findMember(token)
  return reply.redirect(next || (signedIn ? homeOf(signedIn) : links.signIn()), 303)
}

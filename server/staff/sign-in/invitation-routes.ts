import type { FastifyInstance, FastifyReply } from 'fastify'
import { acceptInvitation, findInvitation } from '../../../db/staff/people.ts'
import { patterns } from '../../../web/links.ts'
import { renderInvitationPage } from '../../../web/staff/invitation-page.tsx'
import { PublicError } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { NewPasswordForm } from '../account-contract.ts'
import type { StaffParts } from '../parts.ts'
import { findPasswordProblem } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { finishSignIn } from './signing.ts'

type ByToken = { Params: { token: string } }

/** The link of an invitation: choose a password, once, and be signed in. */
export function serveInvitations(app: FastifyInstance, parts: StaffParts): void {
  app.get<ByToken>(patterns.invitation, async (request, reply) => {
    const invited = await getInvitation(parts, request.params.token)
    return showInvitation(parts, reply, 200, { ...invited, token: request.params.token })
  })
  app.post<ByToken>(patterns.invitation, async (request, reply) => {
    parts.guard.requireOwnForm(request)
    const { token } = request.params
    const invited = await getInvitation(parts, token)
    const form = NewPasswordForm.safeParse(request.body ?? {})
    if (!form.success) throw new PublicError('bad_request')
    const problem = findPasswordProblem(form.data.password, form.data.repeated, invited.username)
    if (problem) return showInvitation(parts, reply, 422, { ...invited, token, problem })
    const member = await acceptInvitation(parts.database, token, await hashPassword(form.data.password))
    if (!member) throw new PublicError('link_used')
    return finishSignIn(parts, reply, member)
  })
}

async function getInvitation({ database }: StaffParts, token: string) {
  const invited = await findInvitation(database, token)
  if (!invited) throw new PublicError('link_used')
  return invited
}

function showInvitation(
  { assets, demo }: StaffParts,
  reply: FastifyReply,
  status: number,
  page: Omit<Parameters<typeof renderInvitationPage>[0], 'demo'>,
) {
  return sendHtml(reply, status, renderInvitationPage({ ...page, demo }, assets), staffPolicy)
}

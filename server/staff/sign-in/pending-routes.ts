import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { useRecoveryCode, useTotpStep } from '../../../db/staff/factors.ts'
import { findStaffMember, hashToken, noteInAudit } from '../../../db/staff/members.ts'
import { links } from '../../../web/links.ts'
import { renderSignInCodePage } from '../../../web/staff/sign-in-page.tsx'
import { PublicError } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { SignInCodeForm } from '../account-contract.ts'
import type { StaffParts } from '../parts.ts'
import { pendingSeconds, safeNext } from '../rules.ts'
import { finishSignIn } from './signing.ts'
import { findTotpStep, purposeOfSecret, readCode } from './totp.ts'

type Member = NonNullable<Awaited<ReturnType<typeof findStaffMember>>>
type Pending = { username: string; until: number; password: string }

const purpose = 'sign-in'

/** Says that this member's password was right just now; void when the password changes. */
export function makePending({ sealing, now }: StaffParts, { username, passwordHash }: Member): string {
  const pending: Pending = { username, until: now() + pendingSeconds * 1000, password: hashToken(passwordHash ?? '') }
  return sealing.seal(JSON.stringify(pending), purpose)
}

/** The second step of signing in: a code of the app, or a recovery code. */
export function serveSignInCode(app: FastifyInstance, parts: StaffParts): void {
  app.get(links.signInCode(), async (request, reply) => {
    const next = safeNext((request.query as { next?: string }).next, '')
    if (!(await findPending(parts, request))) return reply.redirect(links.signIn(next), 303)
    return showCode(parts, reply, 200, { next })
  })
  app.post(links.signInCode(), async (request, reply) => {
    parts.guard.requireOwnForm(request)
    const form = SignInCodeForm.safeParse(request.body ?? {})
    if (!form.success) throw new PublicError('bad_request')
    const next = safeNext(form.data.next, '')
    const member = await findPending(parts, request)
    if (!member) return reply.redirect(links.signIn(next), 303)
    const outcome = await tryCode(parts, request, member, readCode(form.data.code))
    if (outcome === 'right') return finishSignIn(parts, reply, member, next)
    const { message: problem, status } = new PublicError(outcome)
    return showCode(parts, reply, status, { next, problem })
  })
}

async function tryCode(parts: StaffParts, request: FastifyRequest, member: Member, code: string) {
  const attempt = await parts.attempts.take(request, member)
  if (!attempt) return 'too_often'
  if (await isSecondFactor(parts, member, code)) return 'right'
  await attempt.noteFailure()
  const { username } = member
  await noteInAudit(parts.database, { actor: username, action: 'account.factor_refused', subject: username })
  return 'wrong_code'
}

async function isSecondFactor({ database, sealing, now }: StaffParts, member: Member, code: string): Promise<boolean> {
  const secret = member.totpSecret && sealing.open(member.totpSecret, purposeOfSecret(member.id))
  const step = secret ? findTotpStep(secret, code, now()) : null
  return step === null ? useRecoveryCode(database, member, code) : useTotpStep(database, member.id, step)
}

async function findPending({ database, guard, sealing, now }: StaffParts, request: FastifyRequest) {
  const text = sealing.open(guard.readPending(request) ?? '', purpose)
  if (text === null) return undefined
  const { username, until, password } = JSON.parse(text) as Pending
  if (until < now()) return undefined
  const member = await findStaffMember(database, username)
  const holds = member?.totpConfirmedAt && !member.disabled && hashToken(member.passwordHash ?? '') === password
  return holds ? member : undefined
}

function showCode(
  { assets, demo }: StaffParts,
  reply: FastifyReply,
  status: number,
  page: { next: string; problem?: string },
) {
  return sendHtml(reply, status, renderSignInCodePage({ ...page, demo }, assets), staffPolicy)
}

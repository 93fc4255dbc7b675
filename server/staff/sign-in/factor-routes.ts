import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { beginFactor, confirmFactor, renewRecoveryCodes, turnOffFactor } from '../../../db/staff/factors.ts'
import { findStaffMember } from '../../../db/staff/members.ts'
import { links } from '../../../web/links.ts'
import { renderCodesPage, renderFactorPage } from '../../../web/staff/factor-page.tsx'
import { PublicError } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { qrSvg } from '../../qr.ts'
import { FactorCodeForm, OwnPasswordForm } from '../account-contract.ts'
import { ownPasswordProblem, showAccount } from '../account-routes.ts'
import type { StaffMember } from '../contract.ts'
import type { StaffParts } from '../parts.ts'
import { shellOf } from '../permission-rules.ts'
import { checkOwnPassword } from './attempts.ts'
import { addressOfSecret, findTotpStep, makeRecoveryCodes, makeTotpSecret, purposeOfSecret, readCode } from './totp.ts'

/** Turning the second factor of the own account on and off. */
export function serveFactor(app: FastifyInstance, parts: StaffParts): void {
  const { database, guard, sealing } = parts
  app.post(links.secondFactor, async (request, reply) => {
    const { id } = await guard.getStaff(request)
    const begun = await beginFactor(database, id, sealing.seal(makeTotpSecret(), purposeOfSecret(id)))
    return reply.redirect(begun ? links.secondFactor : links.account, 303)
  })
  app.get(links.secondFactor, async (request, reply) => {
    const member = await guard.getStaff(request)
    const begun = await findBegun(parts, member)
    if (!begun) return reply.redirect(links.account, 303)
    return showFactor(parts, reply, 200, { member, secret: begun.secret })
  })
  app.post(links.confirmFactor, (request, reply) => confirm(parts, request, reply))
  app.post(links.turnOffFactor, async (request, reply) => {
    const member = await guard.getStaff(request)
    const problem = await findOwnProblem(parts, request, member)
    if (problem) return showAccount(parts, reply, 422, { problem: { path: 'factor', message: problem } })
    await turnOffFactor(database, member)
    return reply.redirect(`${links.account}?saved=tat-hai-buoc`, 303)
  })
  app.post(links.recoveryCodes, async (request, reply) => {
    const member = await guard.getStaff(request)
    const problem = await findOwnProblem(parts, request, member)
    if (problem) return showAccount(parts, reply, 422, { problem: { path: 'factor', message: problem } })
    const codes = makeRecoveryCodes()
    if (!(await renewRecoveryCodes(database, member, codes))) return reply.redirect(links.account, 303)
    return showCodes(parts, reply, member, codes)
  })
}

async function confirm(parts: StaffParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const form = FactorCodeForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  const begun = await findBegun(parts, member)
  if (!begun) return reply.redirect(links.account, 303)
  const step = findTotpStep(begun.secret, readCode(form.data.code), parts.now())
  if (step === null) {
    const problem = 'Mã chưa đúng. Xin xem giờ của điện thoại đã đúng chưa, rồi nhập mã đang hiện.'
    return showFactor(parts, reply, 422, { member, secret: begun.secret, problem })
  }
  const codes = makeRecoveryCodes()
  const isOn = await confirmFactor(parts.database, member, { sealedSecret: begun.sealed, step, codes })
  return isOn ? showCodes(parts, reply, member, codes) : reply.redirect(links.account, 303)
}

/** The secret that waits for its first code. */
async function findBegun({ database, sealing }: StaffParts, member: StaffMember) {
  const stored = await findStaffMember(database, member.username)
  if (!stored?.totpSecret || stored.totpConfirmedAt) return undefined
  const secret = sealing.open(stored.totpSecret, purposeOfSecret(member.id))
  return secret === null ? undefined : { sealed: stored.totpSecret, secret }
}

async function findOwnProblem(parts: StaffParts, request: FastifyRequest, member: StaffMember) {
  const form = OwnPasswordForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  const checked = await checkOwnPassword(parts, request, member, form.data.current)
  return checked === 'right' ? null : ownPasswordProblem(checked)
}

function showFactor(
  { assets, demo }: StaffParts,
  reply: FastifyReply,
  status: number,
  { member, secret, problem }: { member: StaffMember; secret: string; problem?: string },
) {
  const qr = qrSvg(addressOfSecret(secret, member.username), { title: 'Mã QR của ứng dụng xác thực' })
  const shell = shellOf(member, 'account', demo)
  return sendHtml(reply, status, renderFactorPage({ secret, qr, problem, shell }, assets), staffPolicy)
}

function showCodes({ assets, demo }: StaffParts, reply: FastifyReply, member: StaffMember, codes: string[]) {
  const shell = shellOf(member, 'account', demo)
  const html = renderCodesPage({ codes, username: member.username, shell }, assets)
  return sendHtml(reply, 200, html, staffPolicy)
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readRightsRequests, settleRightsRequest } from '../../db/cases/settings.ts'
import { renderRightsPage } from '../../web/cases/rights/page.tsx'
import { links, patterns } from '../../web/links.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { type Problem, problemsOf } from '../problems.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { RightsForm } from './contract.ts'
import type { CaseParts } from './desk.ts'
import { maskPersonalData } from './masking-rules.ts'

/** Requests of people about their own data, by receipt alone: nobody here learns who asked. */
export function serveRightsRequests(app: FastifyInstance, parts: CaseParts): void {
  app.get(links.rightsRequests, (_request, reply) => showRequests(parts, reply, null, []))
  app.post<{ Params: { id: string } }>(patterns.rightsRequest, (request, reply) => settle(parts, request, reply))
}

async function showRequests(parts: CaseParts, reply: FastifyReply, refused: number | null, problems: Problem[]) {
  const member = await parts.guard.getStaff(reply.request)
  const requests = await readRightsRequests(parts.database)
  const shell = shellOf(member, 'cases', parts.demo)
  const today = dayOf(parts.now())
  const html = renderRightsPage({ requests, today, refused, problems, shell }, parts.assets)
  return sendHtml(reply, problems.length > 0 ? 422 : 200, html, staffPolicy)
}

async function settle(parts: CaseParts, request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) {
  const { username: actor } = await parts.guard.getStaff(request)
  const id = /^[1-9]\d{0,8}$/.test(request.params.id) ? Number(request.params.id) : 0
  const form = RightsForm.safeParse(request.body ?? {})
  if (!form.success) return showRequests(parts, reply, id, problemsOf(form.error))
  const { action, outcome } = form.data
  if (maskPersonalData(outcome).found > 0)
    return showRequests(parts, reply, id, [{ path: 'outcome', message: 'Xin không ghi số điện thoại, số giấy tờ.' }])
  const settled = { outcome, actor, erase: action === 'erase', at: new Date(parts.now()).toISOString() }
  if (!(await settleRightsRequest(parts.database, id, settled))) throw new PublicError('changed_meanwhile')
  return reply.redirect(links.rightsRequests, 303)
}

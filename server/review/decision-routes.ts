import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PatternResponse } from '../../db/review/review.ts'
import { decidePattern, findDecision, type ReadDecision, undoDecision } from '../../db/review/standing.ts'
import { links, patterns } from '../../web/links.ts'
import { renderReviewDecisionPage } from '../../web/review/decision-page.tsx'
import { renderReviewPreviewPage } from '../../web/review/preview-page.tsx'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import type { AuditEntry, StaffMember } from '../staff/contract.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { keyOfCell } from '../tallies/rules.ts'
import { type Asked, isDecider, type ReviewParts, readAsked, readablePlaces, refuseDecision } from './asked.ts'
import { DecideForm, UndoForm, whyError } from './contract.ts'
import { countCells, readEffects } from './effect.ts'
import { isCountedSign, signatureOf, tokenOf } from './rules.ts'

type ByDecision = { Params: { decision: string } }

/** Previewing, deciding, and taking a decision back. */
export function serveReviewDecisions(app: FastifyInstance, parts: ReviewParts): void {
  app.get(links.previewReview(), (request, reply) => showPreview(parts, request, reply))
  app.post(links.decideReview, (request, reply) => receiveDecision(parts, request, reply))
  app.get<ByDecision>(patterns.reviewDecision, (request, reply) => showDecision(parts, request, reply, { status: 200 }))
  app.post<ByDecision>(patterns.undoReview, (request, reply) => receiveUndo(parts, request, reply))
}

async function showPreview(parts: ReviewParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const asked = await readAsked(parts, member, request.query)
  return sendPreview(parts, reply, { member, asked, status: 200 })
}

type Again = { why?: string; problem?: string; overtaken?: boolean }

type PreviewShown = { member: StaffMember; asked: Asked; status: number; again?: Again }

async function sendPreview(
  parts: ReviewParts,
  reply: FastifyReply,
  { member, asked, status, again = {} }: PreviewShown,
) {
  if (!asked.mayDecide) throw refuseDecision(asked.place, asked.pattern.inWave)
  const { state, place, pattern, tokens } = asked
  const chosen = chooseFrom(tokens)(asked.found)
  const restores = !isCountedSign(pattern.sign)
  const effects =
    chosen.length > 0
      ? await readEffects(parts.database, state, {
          place,
          moved: chosen,
          sign: restores ? 1 : -1,
          today: parts.today(),
        })
      : []
  const page = {
    pattern,
    place: place.name.vi,
    code: place.code,
    tokens,
    restores,
    effects,
    again,
    count: chosen.length,
    signature: signatureOf(chosen),
    shell: shellOf(member, 'review', parts.demo),
  }
  return sendHtml(reply, status, renderReviewPreviewPage(page, parts.assets), staffPolicy)
}

const chooseFrom =
  (tokens: string[]) =>
  (found: PatternResponse[]): PatternResponse[] =>
    tokens.length === 0 ? found : found.filter((response) => tokens.includes(tokenOf(response)))

async function receiveDecision(parts: ReviewParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const asked = await readAsked(parts, member, request.body ?? {})
  if (!asked.mayDecide) throw refuseDecision(asked.place, asked.pattern.inWave)
  const form = DecideForm.safeParse(request.body)
  if (!form.success) {
    const why = String((request.body as { why?: unknown }).why ?? '')
    return sendPreview(parts, reply, { member, asked, status: 422, again: { why, problem: whyError } })
  }
  const decision = { id: randomUUID(), why: form.data.why, actor: member.username }
  if (await decide(parts, asked, decision, form.data.signature))
    return reply.redirect(links.reviewDecision(decision.id), 303)
  const newer = await readAsked(parts, member, request.body)
  return sendPreview(parts, reply, {
    member,
    asked: newer,
    status: 409,
    again: { why: form.data.why, overtaken: true },
  })
}

type NewDecision = { id: string; why: string; actor: string }

function decide(
  parts: ReviewParts,
  { state, place, pattern, tokens }: Asked,
  decision: NewDecision,
  signature: string,
) {
  const restores = !isCountedSign(pattern.sign)
  return decidePattern(parts.database, {
    pattern,
    toReason: restores ? null : 'reviewed',
    choose: chooseFrom(tokens),
    isAsPreviewed: (chosen) => signatureOf(chosen) === signature,
    counting: countingOf(state),
    decision,
    describe: (count) => auditOf(decision, { place, days: pattern.day, restores, count }),
  })
}

const countingOf = (state: CatalogueState) => ({ sumCells: countCells(state), keyOfCell })

const auditOf = (
  { actor, id, why }: NewDecision,
  { place, days, restores, count }: { place: Place; days: string; restores: boolean; count: number },
): AuditEntry => ({
  actor,
  agencyId: place.agencyId,
  action: restores ? 'response.restore' : 'response.set_aside',
  subject: `${place.code} ${days} ${count}`,
  before: { standing: restores ? 'set_aside' : 'counted' },
  after: { standing: restores ? 'counted' : 'set_aside', count, decision: id, why },
})

type Found = { member: StaffMember; state: CatalogueState; place: Place; decision: ReadDecision; mayDecide: boolean }

async function getDecision(parts: ReviewParts, request: FastifyRequest<ByDecision>): Promise<Found> {
  const member = await parts.guard.getStaff(request)
  const id = request.params.decision
  const decision = isUuid(id) ? await findDecision(parts.database, id) : undefined
  const state = await parts.catalogue.read()
  const place = readablePlaces(state, member).find((one) => one.id === decision?.placeId)
  if (!decision || !place) throw new PublicError('not_found')
  return { member, state, place, decision, mayDecide: await isDecider(parts, member, place, decision.inWave) }
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

async function showDecision(
  parts: ReviewParts,
  request: FastifyRequest<ByDecision>,
  reply: FastifyReply,
  { status, again = {} }: { status: number; again?: Again },
) {
  const { member, state, place, decision, mayDecide } = await getDecision(parts, request)
  const { from, to, change, later, responses } = decision
  const restored = change.toReason === null
  const mayUndo = mayDecide && later.count === 0
  const page = {
    decision: change.decision,
    place: place.name.vi,
    from,
    to,
    count: responses.length,
    restored,
    later,
    again,
    by: change.changedBy,
    at: change.changedAt,
    why: change.why,
    mayUndo,
    effects: mayUndo
      ? await readEffects(parts.database, state, {
          place,
          moved: responses,
          sign: restored ? -1 : 1,
          today: parts.today(),
        })
      : [],
    shell: shellOf(member, 'review', parts.demo),
  }
  return sendHtml(reply, status, renderReviewDecisionPage(page, parts.assets), staffPolicy)
}

async function receiveUndo(parts: ReviewParts, request: FastifyRequest<ByDecision>, reply: FastifyReply) {
  const { member, state, place, decision, mayDecide } = await getDecision(parts, request)
  if (!mayDecide) throw refuseDecision(place, decision.inWave)
  const form = UndoForm.safeParse(request.body ?? {})
  if (!form.success) return showDecision(parts, request, reply, { status: 422, again: { problem: whyError } })
  const { change, from, to } = decision
  const undoing = { id: randomUUID(), why: form.data.why, actor: member.username }
  const days = from === to ? from : `${from}/${to}`
  const describe = (count: number) => auditOf(undoing, { place, days, restores: change.toReason !== null, count })
  const undone = { undone: change.decision, counting: countingOf(state), decision: undoing, describe }
  if (!(await undoDecision(parts.database, undone)))
    return showDecision(parts, request, reply, { status: 409, again: { overtaken: true } })
  return reply.redirect(links.reviewDecision(undoing.id), 303)
}

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decideSignPattern, readSignMembers, reopenSignPattern } from '../../../db/review/sign-decisions.ts'
import { findPattern, type SignPattern } from '../../../db/signs/patterns.ts'
import { links, patterns } from '../../../web/links.ts'
import { renderSignPatternPage } from '../../../web/review/patterns/page.tsx'
import type { Again } from '../../../web/review/patterns/page-props.ts'
import type { CatalogueState, Place } from '../../catalogue/catalogue.ts'
import { PublicError } from '../../errors.ts'
import { sendHtml, staffPolicy } from '../../http/html.ts'
import { problemsOf } from '../../problems.ts'
import { largestChance, looksPerPlace, signs } from '../../signs/finders/limits.ts'
import type { AuditEntry, StaffMember } from '../../staff/contract.ts'
import { shellOf } from '../../staff/permission-rules.ts'
import { keyOfCell } from '../../tallies/rules.ts'
import { isDecider, type ReviewParts, readablePlaces, refuseDecision } from '../asked.ts'
import { whyError } from '../contract.ts'
import { countCells, readEffects } from '../effect.ts'
import { signatureOf } from '../rules.ts'
import { PatternForm, ReopenForm } from './contract.ts'
import { readEvidence } from './evidence.ts'

type ById = { Params: { id: string } }

/** One pattern that a sign found: what it rests on, and the one decision about all of it. */
export function serveSignPatterns(app: FastifyInstance, parts: ReviewParts): void {
  app.get<ById>(patterns.signPattern, (request, reply) => showPattern(parts, request, reply, { status: 200 }))
  app.post<ById>(patterns.signPattern, (request, reply) => receiveDecision(parts, request, reply))
  app.post<ById>(patterns.reopenPattern, (request, reply) => receiveReopening(parts, request, reply))
}

type Found = { member: StaffMember; state: CatalogueState; place: Place; pattern: SignPattern; mayDecide: boolean }

/** 404 for a pattern of a place out of reach, and for one that reaches into the running day. */
async function getPattern(parts: ReviewParts, request: FastifyRequest<ById>): Promise<Found> {
  const member = await parts.guard.getStaff(request)
  const { id } = request.params
  const pattern = /^[1-9]\d{0,8}$/.test(id) ? await findPattern(parts.database, Number(id)) : undefined
  const state = await parts.catalogue.read()
  const place = readablePlaces(state, member).find((one) => one.id === pattern?.placeId)
  if (!pattern || !place || pattern.to >= parts.today()) throw new PublicError('not_found')
  return { member, state, place, pattern, mayDecide: await isDecider(parts, member, place, false) }
}

async function showPattern(
  parts: ReviewParts,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  { status, again = {} }: { status: number; again?: Again },
) {
  const { member, state, place, pattern, mayDecide } = await getPattern(parts, request)
  const members = await readSignMembers(parts.database.query, pattern.id)
  const isAside = pattern.state === 'set_aside'
  const moved = members.filter(({ standing }) => (standing === 'set_aside') === isAside)
  const [evidence, effects] = await Promise.all([
    readEvidence(parts.database, pattern),
    moved.length > 0
      ? readEffects(parts.database, state, { place, moved, sign: isAside ? 1 : -1, today: parts.today() })
      : [],
  ])
  const page = {
    pattern,
    evidence,
    effects,
    mayDecide,
    again,
    place: place.name.vi,
    sector: place.sector,
    count: members.length,
    counted: members.filter(({ standing }) => standing === 'counted').length,
    signature: signatureOf(members),
    limits: { largestChance, looksPerPlace, signs },
    shell: shellOf(member, 'review', parts.demo),
  }
  return sendHtml(reply, status, renderSignPatternPage(page, parts.assets), staffPolicy)
}

async function receiveDecision(parts: ReviewParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const { member, state, place, pattern, mayDecide } = await getPattern(parts, request)
  if (!mayDecide) throw refuseDecision(place, false)
  const form = PatternForm.safeParse(request.body ?? {})
  if (!form.success)
    return showPattern(parts, request, reply, { status: 422, again: typedAgain(request, problemsOf(form.error)) })
  const { choice, signature, why } = form.data
  const decision = { id: randomUUID(), why, actor: member.username }
  const isDecided = await decideSignPattern(
    parts.database,
    {
      ...decision,
      patternId: pattern.id,
      state: choice === 'keep' ? 'kept' : 'set_aside',
      isAsShown: (found) => signatureOf(found) === signature,
      describe: (count) => auditOf(decision, { place, pattern, keeps: choice === 'keep', count }),
    },
    { sumCells: countCells(state), keyOfCell },
  )
  if (isDecided) return reply.redirect(`${links.signPattern(pattern.id)}?da=luu`, 303)
  return showPattern(parts, request, reply, { status: 409, again: { ...typedAgain(request, []), overtaken: true } })
}

function typedAgain({ body }: FastifyRequest, problems: { path: string; message: string }[]): Again {
  const { why, choice } = (body ?? {}) as { why?: unknown; choice?: unknown }
  const problemOf = (name: string) => problems.find(({ path }) => path === name)?.message
  return {
    why: String(why ?? ''),
    choice: String(choice ?? ''),
    problem: problemOf('why'),
    unchosen: problemOf('choice'),
  }
}

type Decision = { id: string; why: string; actor: string }

function auditOf(
  { id, why, actor }: Decision,
  { place, pattern, keeps, count }: { place: Place; pattern: SignPattern; keeps: boolean; count: number },
): AuditEntry {
  const { id: number, sign, from, to } = pattern
  const { code, agencyId } = place
  const about = { actor, agencyId, subject: `${code} ${from === to ? from : `${from}/${to}`} ${count}` }
  if (keeps) return { ...about, action: 'pattern.keep', after: { pattern: number, sign, count, why } }
  const after = { standing: 'set_aside', count, decision: id, pattern: number, sign, why }
  return { ...about, action: 'response.set_aside', before: { standing: 'counted' }, after }
}

async function receiveReopening(parts: ReviewParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const { member, place, pattern, mayDecide } = await getPattern(parts, request)
  if (!mayDecide) throw refuseDecision(place, false)
  const form = ReopenForm.safeParse(request.body ?? {})
  if (!form.success) return showPattern(parts, request, reply, { status: 422, again: { problem: whyError } })
  const subject = `${place.code} ${pattern.from === pattern.to ? pattern.from : `${pattern.from}/${pattern.to}`}`
  const entry: AuditEntry = {
    actor: member.username,
    action: 'pattern.reopen',
    subject,
    agencyId: place.agencyId,
    before: { state: 'kept', why: pattern.why },
    after: { state: 'pending', pattern: pattern.id, why: form.data.why },
  }
  if (await reopenSignPattern(parts.database, pattern.id, entry))
    return reply.redirect(links.signPattern(pattern.id), 303)
  return showPattern(parts, request, reply, { status: 409, again: { overtaken: true } })
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { planWave } from '../../db/waves/waves.ts'
import { links } from '../../web/links.ts'
import { renderWavePlanPage } from '../../web/waves/plan-page.tsx'
import type { Version } from '../catalogue/catalogue.ts'
import { type AgencyId, channels } from '../catalogue/contract.ts'
import { dayOf } from '../days.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { problemsOf } from '../problems.ts'
import { planSample } from '../score/estimators.ts'
import { isInScope, mayDo, scopeOf } from '../staff/permission-rules.ts'
import { type StratumLine, WavePlanForm } from './contract.ts'
import { shellFor, type WaveParts } from './figures.ts'
import { fillPlanned, type Problem, parseStrata, problemsOfPlan } from './rules.ts'

type Values = Record<string, string[]>

/** The plan of a new wave: its form, and the wave it makes. */
export function serveWavePlans(app: FastifyInstance, parts: WaveParts): void {
  app.get(links.newWave, (request, reply) => {
    const today = dayOf(parts.now())
    const begins = { formula: ['pooled'], drawnFromList: ['no'], channels: ['paper', 'interview'], opensOn: [today] }
    return showPlan(parts, request, reply, { status: 200, values: begins, problems: [] })
  })
  app.post(links.newWave, { bodyLimit: strataBodyLimit }, (request, reply) => receivePlan(parts, request, reply))
}

/** A list of 20.000 letters, nine characters each on the wire at the most. */
export const strataBodyLimit = 256 * 1024

async function showPlan(
  parts: WaveParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, values, problems }: { status: number; values: Values; problems: Problem[] },
) {
  const shell = await shellFor(parts, request)
  const state = await parts.catalogue.read()
  const scope = scopeOf(await parts.guard.getStaff(request), 'waves.change')
  const own = state.agencies.filter(({ id }) => isInScope(scope, id))
  const agencies = own.map(({ code, name }) => ({ value: code, label: name.vi }))
  const questionnaires = [...state.publishedByCode.values()].map(({ code, version, definition }) => ({
    value: code,
    label: `${definition.title.vi} (phiên bản ${version})`,
  }))
  const html = renderWavePlanPage({ agencies, questionnaires, channels, values, problems, shell }, parts.assets)
  return sendHtml(reply, status, html, staffPolicy)
}

async function receivePlan(parts: WaveParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const state = await parts.catalogue.refresh()
  const refuse = (problems: Problem[]) =>
    showPlan(parts, request, reply, { status: 422, values: valuesIn(request.body), problems })
  const form = WavePlanForm.safeParse(request.body ?? {})
  const { strata, problems } = parseStrata(String((request.body as { strata?: unknown } | null)?.strata ?? ''))
  if (!form.success) return refuse([...problemsOf(form.error).map(withoutIndex), ...problems])
  const own = state.agencies.filter(({ id }) => mayDo(member, 'waves.change', id))
  const owner = own.find(({ code }) => code === form.data.owner)
  const version = state.publishedByCode.get(form.data.questionnaire)
  if (!owner) problems.push({ path: 'owner', message: 'Xin chọn đơn vị chủ trì.' })
  if (!version) problems.push({ path: 'questionnaire', message: 'Xin chọn bộ câu hỏi đang dùng.' })
  if (problems.length === 0) problems.push(...problemsOfPlan(form.data, strata, dayOf(parts.now())))
  if (problems.length > 0 || !owner || !version) return refuse(problems)
  const planned = await planWave(
    parts.database,
    newWave(form.data, owner.id as AgencyId, version, member.username),
    sizeStrata(strata),
  )
  if ('overlaps' in planned) return refuse([overlapProblem(planned.overlaps)])
  await parts.catalogue.refresh()
  return reply.redirect(links.wave(planned.id), 303)
}

function newWave(form: WavePlanForm, ownerAgencyId: AgencyId, version: Version, createdBy: string) {
  const { name, channels: chosen, opensOn, closesOn, formula, drawnFromList } = form
  return {
    name,
    opensOn,
    closesOn,
    formula,
    ownerAgencyId,
    createdBy,
    channels: channels.filter((channel) => chosen.includes(channel)),
    versionId: version.id,
    drawnFromList: drawnFromList === 'yes',
  }
}

const overlapProblem = (name: string): Problem => ({
  path: 'opensOn',
  message: `Đợt “${name}” dùng cùng bộ câu hỏi trong những ngày này; xin chọn ngày khác hoặc kết thúc đợt ấy trước.`,
})

const withoutIndex = ({ path, message }: Problem): Problem => ({ path: path.split('.')[0] as string, message })

/** Sizes as typed, the others by the formula. */
export const sizeStrata = (strata: StratumLine[]) =>
  fillPlanned(strata, planSample(strata.map(({ population }) => population)))

/** What a form sent, to show it again: every value as text. */
export function valuesIn(body: unknown): Values {
  return Object.fromEntries(
    Object.entries((body ?? {}) as object).map(([name, value]) => [name, [value].flat().map(String)]),
  )
}

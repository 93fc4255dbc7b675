import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cancelWave, changePlan, readStrata, readWaveSizes, readWaves } from '../../db/waves/waves.ts'
import { links, patterns } from '../../web/links.ts'
import { renderWavesPage, type WaveLine } from '../../web/waves/list-page.tsx'
import { renderWavePage, type WavePageProps } from '../../web/waves/page.tsx'
import { renderPaperForm } from '../../web/waves/paper-form.tsx'
import { dayOf } from '../days.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { languageOf } from '../http/language.ts'
import { problemsOf } from '../problems.ts'
import { isInScope, mayDo, scopeOf, shellOf } from '../staff/permission-rules.ts'
import { WaveChangeForm, WaveCloseForm } from './contract.ts'
import { freezeWave, getOwn, getReadable, getVersion, readProgress, viewOf, type WaveParts } from './figures.ts'
import { serveWavePlans, sizeStrata, strataBodyLimit, valuesIn } from './plan-routes.ts'
import { type Problem, parseStrata, stateOf } from './rules.ts'
import { resultOf } from './snapshot-rules.ts'

type ById = { Params: { id: string } }

/** Waves: list, plan, progress, close, result, and the form to print. */
export function serveWaves(app: FastifyInstance, parts: WaveParts): void {
  app.get(links.waves, (request, reply) => showWaves(parts, request, reply))
  serveWavePlans(app, parts)
  app.get<ById>(patterns.wave, (request, reply) =>
    showWave(parts, request, reply, { status: 200, values: {}, problems: [] }),
  )
  app.post<ById>(patterns.wave, { bodyLimit: strataBodyLimit }, (request, reply) =>
    receiveChange(parts, request, reply),
  )
  app.post<ById>(patterns.closeWave, (request, reply) => receiveClose(parts, request, reply))
  app.get<ById>(patterns.paperForm, (request, reply) => showPaperForm(parts, request, reply))
}

async function showWaves(parts: WaveParts, request: FastifyRequest, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const shell = shellOf(member, 'waves', parts.demo)
  const state = await parts.catalogue.read()
  const scope = scopeOf(member, 'waves.read')
  const waves = (await readWaves(parts.database)).filter(({ ownerAgencyId }) => isInScope(scope, ownerAgencyId))
  const sizes = await readWaveSizes(
    parts.database,
    waves.filter(({ closedAt }) => !closedAt),
  )
  const lines = waves.map((wave): WaveLine => {
    const { id, name, ownerName: owner, opensOn, closesOn, snapshot } = wave
    const result = snapshot && resultOf(snapshot, getVersion(state, wave).plan)
    const counts = { planned: sizes.planned.get(id) ?? 0, received: sizes.received.get(id) ?? 0 }
    return { id, name, owner, opensOn, closesOn, ...counts, state: stateOf(wave, dayOf(parts.now())), result }
  })
  const cancelled = (request.query as { huy?: string }).huy === '1'
  const page = { waves: lines, cancelled, mayPlan: mayDo(member, 'waves.change'), shell }
  return sendHtml(reply, 200, renderWavesPage(page, parts.assets), staffPolicy)
}

async function showWave(
  parts: WaveParts,
  request: FastifyRequest<ById>,
  reply: FastifyReply,
  { status, values, problems }: { status: number; values: Record<string, string>; problems: Problem[] },
) {
  const member = await parts.guard.getStaff(request)
  const wave = await getReadable(parts, member, request.params.id)
  const state = await parts.catalogue.read()
  const version = getVersion(state, wave)
  const strata = await readStrata(parts.database, wave.id)
  const today = dayOf(parts.now())
  const view = viewOf(wave, { strata, version, state, today })
  const isRunning = view.state === 'open' || view.state === 'due'
  const page: WavePageProps = {
    wave: view,
    values,
    problems,
    shell: shellOf(member, 'waves', parts.demo),
    may: {
      change: mayDo(member, 'waves.change', wave.ownerAgencyId),
      enter: mayDo(member, 'entries.enter', wave.ownerAgencyId),
    },
    progress: isRunning ? await readProgress(parts, wave, { strata, version, today }) : null,
    closed: wave.snapshot && {
      result: resultOf(wave.snapshot, version.plan),
      snapshot: wave.snapshot,
      closedBy: wave.closedBy ?? '',
    },
    saved: (request.query as { da?: string }).da === 'luu',
  }
  return sendHtml(reply, status, renderWavePage(page, parts.assets), staffPolicy)
}

async function receiveChange(parts: WaveParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const wave = await getOwn(parts, member, request.params.id, 'waves.change')
  const refuse = (problems: Problem[]) =>
    showWave(parts, request, reply, { status: 422, values: firstValues(request.body), problems })
  const form = WaveChangeForm.safeParse(request.body ?? {})
  if (!form.success) return refuse(problemsOf(form.error))
  const { strata, problems } = parseStrata(form.data.strata)
  if (wave.formula === 'stratified' && strata.length < 2)
    problems.push({ path: 'strata', message: 'Đợt này tính theo từng địa bàn nên cần ít nhất hai địa bàn.' })
  if (wave.drawnFromList && strata.length === 0)
    problems.push({ path: 'strata', message: 'Đợt này chọn người từ danh sách nên cần số dân từng địa bàn.' })
  if (problems.length > 0) return refuse(problems)
  const change = { name: form.data.name, strata: sizeStrata(strata) }
  const by = { username: member.username, today: dayOf(parts.now()) }
  if (!(await changePlan(parts.database, wave.id, change, by))) {
    return refuse([{ path: 'name', message: 'Đợt đã bắt đầu nên kế hoạch không sửa được nữa.' }])
  }
  await parts.catalogue.refresh()
  return reply.redirect(`${links.wave(wave.id)}?da=luu`, 303)
}

const firstValues = (body: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(valuesIn(body)).map(([name, [value = '']]) => [name, value]))

/** Before the first day a wave is taken away, afterwards it is closed: the same address, so that no page is out of date. */
async function receiveClose(parts: WaveParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const wave = await getOwn(parts, member, request.params.id, 'waves.change')
  const { username } = member
  const today = dayOf(parts.now())
  const state = stateOf(wave, today)
  if (state === 'planned') {
    if (await cancelWave(parts.database, wave.id, { username, today })) await parts.catalogue.refresh()
    return reply.redirect(`${links.waves}?huy=1`, 303)
  }
  if (state === 'closed') return reply.redirect(links.wave(wave.id), 303)
  const form = WaveCloseForm.safeParse(request.body ?? {})
  const problems = form.success ? [] : problemsOf(form.error)
  if (form.success && state === 'open' && !form.data.reason)
    problems.push({ path: 'reason', message: 'Đợt chưa hết hạn; xin ghi lý do kết thúc sớm.' })
  if (!form.success || problems.length > 0)
    return showWave(parts, request, reply, { status: 422, values: firstValues(request.body), problems })
  await freezeWave(parts, wave, state === 'open' ? form.data.reason : null, { username, today })
  await parts.catalogue.refresh()
  return reply.redirect(links.wave(wave.id), 303)
}

async function showPaperForm(parts: WaveParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const wave = await getReadable(parts, await parts.guard.getStaff(request), request.params.id)
  const version = getVersion(await parts.catalogue.read(), wave)
  const language = languageOf(request)
  const html = renderPaperForm(
    {
      questionnaire: version.definition,
      wave: wave.name,
      agency: wave.ownerName,
      language,
      unreviewed: language !== 'vi' && !version.reviewed[language],
      demo: parts.demo,
    },
    parts.assets,
  )
  return sendHtml(reply, 200, html, staffPolicy)
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Entered, enterForm, readEntries } from '../../db/waves/entries.ts'
import { links, patterns } from '../../web/links.ts'
import { type EntryPageProps, renderEntryPage } from '../../web/waves/entry/page.tsx'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { makeResponseId } from '../response-id.ts'
import type { StaffMember } from '../staff/contract.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { EntryEnvelope } from './contract.ts'
import { serveEntryChecks } from './entry-check-routes.ts'
import { serveEntryList } from './entry-list.ts'
import {
  type EntryParts,
  type Form,
  getRunning,
  paperChannels,
  type Running,
  readEntry,
  textsIn,
} from './entry-reading.ts'
import { nextFormNumber, type Problem } from './rules.ts'

type ById = { Params: { id: string } }

/** Paper and interview forms: typed once into the wave, and a sample of them a second time. */
export function serveEntries(app: FastifyInstance, parts: EntryParts): void {
  const inTurn = createTurns()
  serveEntryList(app, parts)
  app.get<ById>(patterns.enterForms, (request, reply) => showEntry(parts, request, reply))
  app.post<ById>(patterns.enterForms, (request, reply) => receiveEntry(parts, inTurn, request, reply))
  serveEntryChecks(app, parts)
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** One form at a time in this process: those that wait must not hold the connections that storing one needs. */
function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work, work)
    // Whoever waits for this form hears of its failure; the next form does not care.
    last = done.catch(() => {})
    return done
  }
}

async function showEntry(parts: EntryParts, request: FastifyRequest<ById>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const running = await getRunning(parts, member, request.params.id)
  const { da, kenh, 'dia-ban': stratum, noi, lan } = request.query as Record<string, string | undefined>
  const typed = await readEntries(parts.database, running.wave.id)
  const own = typed.findLast(({ enteredBy }) => enteredBy === member.username)
  const used = typed.map(({ formNumber }) => formNumber)
  const known = da !== undefined && used.includes(da)
  const values = {
    formNumber: nextFormNumber(used, known ? da : own?.formNumber),
    channel: kenh ?? '',
    stratum: stratum ?? '',
    place: noi ?? '',
  }
  const done: EntryPageProps['done'] = known ? { kind: lan === 'lai' ? 'known' : 'stored', formNumber: da } : null
  return sendEntry(parts, reply, {
    status: 200,
    running,
    shown: { member, values, done, problems: [], typed: typed.length },
  })
}

type Shown = { member: StaffMember; values: Form; id?: string } & Pick<EntryPageProps, 'done' | 'problems' | 'typed'>

function sendEntry(
  parts: EntryParts,
  reply: FastifyReply,
  {
    status,
    running: { wave, version, state, places, strata },
    shown: { member, id, ...shown },
  }: { status: number; running: Running; shown: Shown },
) {
  const { factors, extra } = version.definition
  const fieldCodes = new Set(places.flatMap((place) => place.fieldCodes))
  const fields = state.fields.filter(({ code }) => fieldCodes.has(code))
  const page: EntryPageProps = {
    ...shown,
    factors,
    extra,
    wave: { id: wave.id, name: wave.name },
    id: id ?? makeResponseId(parts.now()),
    channels: paperChannels(wave).map((value) => ({ value, label: channelLabels[value] })),
    places: places.map(({ code, name }) => ({ value: code, label: name.vi })),
    strata: strata.map((stratum) => ({ value: String(stratum.id), label: stratum.name })),
    fields: fields.map(({ code, name }, index) => ({ value: code, label: `${index + 1} · ${name.vi}` })),
    asksServiceMode: places.some((place) => place.serviceMode === 'ask' && place.fieldCodes.length > 0),
    asksRespondent: places.some((place) => place.asksRespondent),
    shell: shellOf(member, 'entries', parts.demo),
  }
  return sendHtml(reply, status, renderEntryPage(page, parts.assets), staffPolicy)
}

const channelLabels = { paper: 'Phiếu giấy', interview: 'Phỏng vấn' }

async function receiveEntry(parts: EntryParts, inTurn: InTurn, request: FastifyRequest<ById>, reply: FastifyReply) {
  const member = await parts.guard.getStaff(request)
  const running = await getRunning(parts, member, request.params.id)
  const form = textsIn(request.body)
  const read = readEntry(running, form, parts.now())
  const refuse = async (problems: Problem[]) => {
    const typed = await readEntries(parts.database, running.wave.id)
    const id = EntryEnvelope.shape.id.safeParse(form.id).data
    const shown = { member, values: form, done: null, problems, typed: typed.length, ...(id && { id }) }
    return sendEntry(parts, reply, { status: 422, running, shown })
  }
  if ('problems' in read) return refuse(read.problems)
  const { response, formNumber } = read
  const entry = {
    waveId: running.wave.id,
    placeId: response.placeId,
    responseId: response.id,
    enteredBy: member.username,
    enteredAt: response.receivedAt,
    formNumber,
  }
  const store = () => parts.recorder.record(response, running.version.plan)
  const entered = await inTurn(() => enterForm(parts.database, entry, store))
  const problem = problemOfEntered(entered, formNumber)
  if (problem) return refuse([problem])
  const kept = { da: formNumber, kenh: form.channel ?? '', 'dia-ban': form.stratum ?? '', noi: form.place ?? '' }
  const next = new URLSearchParams(entered === 'same' ? { ...kept, lan: 'lai' } : kept)
  return reply.redirect(`${links.enterForms(running.wave.id)}?${next}`, 303)
}

function problemOfEntered(entered: Entered, formNumber: string): Problem | null {
  if (entered === 'number_taken') {
    const message = `Số phiếu ${formNumber} đã có trong đợt này; xin xem lại số in trên tờ phiếu.`
    return { path: 'formNumber', message }
  }
  if (entered === 'closed') return { path: 'formNumber', message: 'Đợt vừa kết thúc; phiếu này chưa được ghi.' }
  if (typeof entered === 'object') {
    const message = `Tờ đang gõ đã ghi với số ${entered.storedAs}; xin mở lại trang nhập phiếu để gõ tờ khác.`
    return { path: 'formNumber', message }
  }
  return null
}

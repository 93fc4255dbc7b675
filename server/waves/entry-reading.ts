import { readStrata } from '../../db/waves/waves.ts'
import type { CatalogueState, Place, Version } from '../catalogue/catalogue.ts'
import type { StratumId } from '../catalogue/contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import { dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import { problemsOf } from '../problems.ts'
import { answersSchema, bodyFromForm, fieldOfPath } from '../respond/answers-schema.ts'
import { arriveResponse } from '../respond/arrive.ts'
import { fieldNames } from '../respond/contract.ts'
import type { ArrivedResponse, Recorder } from '../respond/record.ts'
import type { StaffMember } from '../staff/contract.ts'
import { EntryEnvelope, type Stratum, type Wave } from './contract.ts'
import { getOwn, getVersion, type WaveParts } from './figures.ts'
import { type Problem, stateOf } from './rules.ts'

export type EntryParts = WaveParts & { recorder: Recorder }
export type Form = Record<string, string>

export type Running = { wave: Wave; version: Version; state: CatalogueState; places: Place[]; strata: Stratum[] }

/** The wave, where forms can be typed into it; otherwise a sentence that says why not. */
export async function getRunning(parts: EntryParts, member: StaffMember, id: string): Promise<Running> {
  const wave = await getOwn(parts, member, id, 'entries.enter')
  const stands = stateOf(wave, dayOf(parts.now()))
  const refuse = (message: string) => new PublicError('refused', [{ path: '', message }])
  if (stands === 'planned') throw refuse('Đợt chưa bắt đầu nên chưa nhập phiếu được.')
  if (stands === 'closed') throw refuse('Đợt đã kết thúc, kết quả giữ nguyên; không nhập thêm phiếu được.')
  if (paperChannels(wave).length === 0) throw refuse('Đợt này không thu phiếu giấy hay phỏng vấn.')
  const state = await parts.catalogue.read()
  const version = getVersion(state, wave)
  const places = state.places.filter(({ questionnaire }) => questionnaire === version.code)
  return { wave, version, state, places, strata: await readStrata(parts.database, wave.id) }
}

export const paperChannels = ({ channels }: Wave) =>
  (['paper', 'interview'] as const).filter((one) => channels.includes(one))

export const textsIn = (body: unknown): Form =>
  Object.fromEntries(
    Object.entries((body ?? {}) as object).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )

/** Only what the schema of answers knows; "-" is how an operator says that nothing was ticked. */
export function answersIn(form: Form): Form {
  const own: string[] = [
    fieldNames.comment,
    fieldNames.field,
    fieldNames.serviceMode,
    fieldNames.respondent,
    fieldNames.assisted,
  ]
  const belongs = (name: string) => own.includes(name) || /^[ax]-/.test(name)
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      belongs(name) ? [[name, /^a-/.test(name) && value === '-' ? '' : value]] : [],
    ),
  )
}

type Read = { response: ArrivedResponse; formNumber: string } | { problems: Problem[] }

/** A typed form as a response: the same schema as a citizen's, every criterion asked, none of the public's limits. */
export function readEntry({ wave, version, state, places, strata }: Running, form: Form, nowMs: number): Read {
  const envelope = EntryEnvelope.safeParse(form)
  const place = places.find(({ code }) => code === form.place)
  const stratum = strata.find(({ id }) => String(id) === form.stratum)
  const raw = { ...bodyFromForm(answersIn(form), form.place ?? ''), id: form.id }
  const parsed = answersSchema(version.definition).safeParse(raw)
  const problems = envelope.success ? [] : problemsOf(envelope.error)
  if (!parsed.success) problems.push(...problemsOf(parsed.error).map((problem) => nameCriterion(problem, version.plan)))
  if (!place) problems.push({ path: 'place', message: 'Xin chọn nơi được đánh giá.' })
  if (form.stratum && !stratum) problems.push({ path: 'stratum', message: 'Xin chọn địa bàn của đợt này.' })
  if (envelope.success && !wave.channels.includes(envelope.data.channel))
    problems.push({ path: 'channel', message: 'Đợt này không thu phiếu theo cách đó.' })
  if (place && form.field && !place.fieldCodes.includes(form.field))
    problems.push({ path: 'field', message: 'Nơi được đánh giá không có lĩnh vực đó.' })
  if (!envelope.success || !parsed.success || !place || problems.length > 0) return { problems: onceEach(problems) }
  const asked = version.plan.criteria.map((_, position) => position)
  const how = {
    nowMs,
    channel: envelope.data.channel,
    honeypotFilled: false,
    saysHousehold: false,
    pageMadeMs: null,
    proof: null,
    deviceHash: null,
    budgetPerHour: Number.POSITIVE_INFINITY,
  }
  // A budget of the place's own is for the public too, and so is what it can serve in half an hour.
  const open = { ...place, budgetPerHour: null, mostPerHalfHour: null }
  const response = arriveResponse(state, open, { body: parsed.data, version, asked }, how)
  const belongs = { waveId: wave.id, stratumId: (stratum?.id ?? 0) as StratumId | 0 }
  return { response: { ...response, ...belongs }, formNumber: envelope.data.formNumber }
}

/** "Tiêu chí 23: …", by the number on the form. */
export function nameCriterion({ path, message }: Problem, plan: Plan): Problem {
  if (path === 'answers') return { path: 'formNumber', message: 'Phiếu bỏ trống mọi câu thì không cần nhập.' }
  const criterion = plan.criteria.find(({ code }) => path === `answers.${code}`)
  return { path: fieldOfPath(path), message: criterion ? `Tiêu chí ${criterion.official}: ${message}` : message }
}

const onceEach = (problems: Problem[]): Problem[] =>
  problems.filter(({ path }, index) => problems.findIndex((one) => one.path === path) === index)

import { z } from 'zod'
import {
  type AgencyId,
  type Channel,
  channels,
  type PlaceId,
  type StratumId,
  type VersionId,
  type WaveId,
} from '../catalogue/contract.ts'
import type { CheckResult, WaveSnapshot } from '../catalogue/wave-snapshot-contract.ts'
import type { Score, Verdict } from '../score/contract.ts'
import { typedDay } from '../typed/day.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { toOneLine } from '../typed/text.ts'

export type Wave = {
  id: WaveId
  name: string
  ownerAgencyId: AgencyId
  ownerName: string
  versionId: VersionId
  channels: Channel[]
  opensOn: string
  closesOn: string
  formula: 'pooled' | 'stratified'
  drawnFromList: boolean
  snapshot: WaveSnapshot | null
  closedAt: string | null
  closedBy: string | null
}

export type Stratum = { id: StratumId; name: string; population: number; planned: number }

/** Planned until the opening day, open from then on, due once its last day is over, closed for ever by hand. */
export type WaveState = 'planned' | 'open' | 'due' | 'closed'

/** One stratum as typed; `planned` null where the formula is to choose. */
export type StratumLine = { name: string; population: number; planned: number | null }

/** Tallies of a wave, as read; `isPast` = of days before today. `stratumId` 0 = not known. */
export type WaveTally = {
  stratumId: StratumId | 0
  channel: Channel
  standing: 'counted' | 'set_aside'
  isPast: boolean
  received: number
  moments: number[]
  counts: number[]
}

export type Entry = {
  formNumber: string
  placeId: PlaceId
  responseId: string
  enteredBy: string
  /** Day in Asia/Ho_Chi_Minh. */
  enteredOn: string
  /** In the shape of `responses.answers`. */
  answers: string
  secondAnswers: string | null
  secondBy: string | null
}

const line = (missing: string, longest: number) =>
  z
    .string({ error: missing })
    .transform(toOneLine)
    .refine((text) => text.length > 0, { error: missing })
    .refine((text) => text.length <= longest, { error: `Xin viết gọn trong ${longest} ký tự.` })

const WaveName = line('Xin đặt tên cho đợt, ví dụ: Khảo sát hộ gia đình 2026.', 120)
const StrataText = z.string().max(20_000, { error: 'Danh sách địa bàn quá dài.' }).default('')

/** What a form sends where several boxes share a name: nothing, one value or a list. */
const list = (given: unknown) => (given === undefined ? [] : [given].flat())

export const WavePlanForm = z.strictObject({
  name: WaveName,
  owner: z.string({ error: 'Xin chọn đơn vị chủ trì.' }).min(1, { error: 'Xin chọn đơn vị chủ trì.' }),
  questionnaire: z.string({ error: 'Xin chọn bộ câu hỏi.' }).min(1, { error: 'Xin chọn bộ câu hỏi.' }),
  channels: z.preprocess(
    list,
    z
      .array(z.enum(channels, { error: 'Cách trả lời không đúng.' }))
      .min(1, { error: 'Xin chọn ít nhất một cách trả lời.' }),
  ),
  opensOn: typedDay('Ngày bắt đầu'),
  closesOn: typedDay('Ngày cuối nhận phiếu'),
  formula: z.enum(['pooled', 'stratified'], { error: 'Xin chọn cách tính điểm.' }),
  drawnFromList: z.enum(['yes', 'no'], { error: 'Xin cho biết người trả lời có được chọn từ danh sách không.' }),
  strata: StrataText,
})
export type WavePlanForm = z.infer<typeof WavePlanForm>

/** What may still change until the opening day. */
export const WaveChangeForm = z.strictObject({ name: WaveName, strata: StrataText })

export const WaveCloseForm = z.strictObject({
  confirmed: z.literal('yes', { error: 'Xin đánh dấu ô xác nhận.' }),
  reason: z
    .string()
    .transform(toOneLine)
    .refine((text) => text.length <= 300, {
      error: 'Xin viết lý do trong một dòng, tối đa 300 ký tự.',
    })
    .default(''),
})

/** Which form was typed and how it came; the answers are parsed by the schema of the wave's questionnaire version. */
export const EntryEnvelope = z.looseObject({
  id: z.guid({ error: 'Mã phiếu không đọc được; xin mở lại trang.' }).transform((id) => id.toLowerCase()),
  formNumber: z
    .string({ error: 'Xin gõ số phiếu in trên tờ phiếu.' })
    .transform((text) => toPlainDigits(text).trim())
    .refine((text) => /^[0-9A-Za-z][0-9A-Za-z./-]{0,15}$/.test(text), {
      error: 'Số phiếu gồm chữ số, chữ cái không dấu, dấu chấm, gạch; tối đa 16 ký tự.',
    })
    // "027" on one form and "27" on another are one number.
    .transform((text) => text.toUpperCase().replace(/^0+(?=\d)/, '')),
  channel: z.enum(['paper', 'interview'], { error: 'Xin chọn phiếu giấy hoặc phỏng vấn.' }),
  place: z.string({ error: 'Xin chọn nơi được đánh giá.' }),
  stratum: z
    .string()
    .regex(/^\d{0,5}$/, { error: 'Xin chọn địa bàn.' })
    .default(''),
})

/** A wave as its pages show it. */
export type WaveView = {
  id: number
  name: string
  owner: string
  state: WaveState
  questionnaire: { code: string; version: number; title: string; superseded: boolean }
  channels: Channel[]
  opensOn: string
  closesOn: string
  formula: 'pooled' | 'stratified'
  drawnFromList: boolean
  strata: { name: string; population: number; planned: number }[]
}

/** Responses received so far of one stratum; `name` null = stratum not known. */
export type StratumProgress = {
  name: string | null
  planned: number | null
  counted: number
  byChannel: { channel: Channel; counted: number }[]
}

export type WaveProgress = {
  strata: StratumProgress[]
  received: number
  counted: number
  setAside: number
  planned: number
  /** Days still to come after today, 0 on the last one; null once it is over. */
  daysLeft: number | null
  typed: number
  typedLate: number
  check: CheckResult
  toCheck: number
  /** Over the days before today: the running day would give single citizens away. */
  result: WaveResult | null
}

export type WaveResult = {
  target: number
  score: Score
  verdict: Verdict
  /** The same responses by the other formula, for comparison; null where there are no strata. */
  other: { formula: 'pooled' | 'stratified'; score: Score } | null
  /** Share of the population in strata with answers, from 0 to 1; null without strata. */
  covered: number | null
  /** Strata with more answers than people: somebody answered twice, or the list is too short. */
  moreAnswersThanPeople: string[]
  factors: { title: string; score: Score }[]
  criteria: { official: string; text: string; answered: number; satisfied: number | null; mean: number | null }[]
  strata: { name: string; population: number; planned: number; responses: number; score: Score | null }[]
  withoutStratum: number
  channels: { channel: string; responses: number }[]
}

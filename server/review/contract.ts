import { z } from 'zod'
import { type Channel, channels, type PlaceId } from '../catalogue/contract.ts'
import type { Score, Verdict, VerdictReason } from '../score/contract.ts'
import { type Reason, reasons } from '../tallies/contract.ts'
import { calendarDay } from '../typed/day-contract.ts'
import { toKeptText } from '../typed/text.ts'

/** What makes a group of responses worth a look: the reason they were set aside for, or what they have in common. */
export const signs = [...reasons, 'same_answers', 'same_hour', 'very_fast'] as const
export type Sign = (typeof signs)[number]

/** How many identical answer strings make a run: among those set aside at one place and day, among the counted of one hour. */
export const leastSameAnswers = 5
export const leastSameHour = 8
/** Counted answers up to this many seconds after the page was made are listed as very fast (the first span of answeringSpans). */
export const veryFastSeconds = 10

/** Responses of one place and day that share a sign; `mark` names the answer string of a run without spelling it out. */
export type Pattern = {
  placeId: PlaceId
  day: string
  sign: Sign
  /** Null for a run, which may have come through several channels. */
  channel: Channel | null
  inWave: boolean
  mark: string | null
}

export type PatternGroup = Pattern & { count: number; channels: Channel[] }

const Day = calendarDay()
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

/** The list's filters, as the page's form sends them. */
export const ReviewQuery = z.object({
  tu: optional(Day),
  den: optional(Day),
  diem: optional(z.string().max(20)),
  'dau-hieu': optional(z.enum(signs)),
  xem: optional(z.enum(['de-rieng', 'duoc-tinh'])),
})
export type ReviewQuery = z.infer<typeof ReviewQuery>

/** The most responses that may be picked one by one: each is 17 characters of the address. */
export const mostChosen = 100

const Chosen = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(mostChosen),
)

/** A pattern, and which of its responses (all, when none is named), in an address or a form. */
export const PatternQuery = z.object({
  diem: z.string().max(20),
  ngay: Day,
  'dau-hieu': z.enum(signs),
  kenh: optional(z.enum(channels)),
  dot: z.enum(['0', '1']).default('0'),
  mau: optional(z.string().regex(/^[0-9a-f]{16}$/)),
  phieu: Chosen,
})
export type PatternQuery = z.infer<typeof PatternQuery>

export const whyError = 'Xin ghi lý do, từ 10 đến 500 ký tự.'
export const Why = z
  .string({ error: whyError })
  .transform((text) => toKeptText(text).trim())
  .pipe(z.string().min(10, { error: whyError }).max(500, { error: whyError }))
export const DecideForm = PatternQuery.extend({ signature: z.string().regex(/^[0-9a-f]{64}$/), why: Why })
export const UndoForm = z.object({ why: Why })

/** A response as reviewers see it: never its id, its comment or a time of day. */
export type ReviewedResponse = {
  /** Names it within its pattern; says nothing about its id. */
  token: string
  morning: boolean
  channel: Channel
  reason: Reason | null
  seconds: number | null
  answers: string
}

/** A score before and after responses change their standing. */
export type Effect = {
  code: string
  title: string
  target: number
  before: Score
  after: Score
  /** What keeps a verdict back on both sides, whatever is decided: too few days, or two sources that differ. */
  reason: VerdictReason | null
  /** The year the target is due from, where it is not yet: then there is no verdict to change. */
  dueFrom: number | null
  beforeVerdict: Verdict
  afterVerdict: Verdict
}

/** One line of the sensitivity: what it would be if everything set aside were counted. */
export type Sensitivity = Effect & { setAside: number }

export type DecisionLine = {
  decision: string
  place: string
  /** Its responses' first and last day. */
  from: string
  to: string
  count: number
  restored: boolean
  by: string
  at: string
  why: string
}

import { z } from 'zod'
import type { Scope } from '../staff/contract.ts'
import type { Difference } from './detail-contract.ts'

/**
 * The seven additive sums of a set of responses (design: the number), over responses with at least one answer 1-5:
 * n responses, b of them with at least one answer below 4, then Σy, Σm, Σy², Σym, Σm².
 */
export type Sums = readonly [n: number, b: number, y: number, m: number, yy: number, ym: number, mm: number]

/** Percent, unrounded; null where nothing was answered. */
export type Score = { score: number | null; lower: number | null; upper: number | null; responses: number }

export const verdicts = ['met', 'not_met', 'not_yet_provable'] as const
export type Verdict = (typeof verdicts)[number]

/** What is still missing to a verdict: about `needed` more responses, or out of reach in this period. */
export type Missing = { needed: number; outOfReach: boolean } | null

/**
 * Why there is no verdict yet: the target lies in the interval; the answers come from too few days; what is proven and
 * what is open differ provably; too few came by a page of ours.
 */
export const verdictReasons = ['interval', 'few_days', 'sources_differ', 'unminted'] as const
export type VerdictReason = (typeof verdictReasons)[number]

/** On how many days, and which share (0-1) of the weight on the heaviest of them. */
export type Spread = { days: number; largestShare: number }

/** What the verdict rests on; closed days only. */
export type Belief = {
  /** Of the responses that may carry a verdict, by the indicator's formula. */
  carrying: Score
  /** With a ticket, a code on the place's screen, or an interviewer; and on a page of ours without proof. */
  proven: Score
  open: Score
  /** Proven less open; null where one of them is too small. */
  difference: Difference | null
  /** Counted without a page of ours: in the score, never in the verdict. */
  unminted: number
  /** Share of all counted responses with proof, 0 to 1; null without any. */
  provenShare: number | null
  /** Null where the interval decides nothing, or waves count. */
  spread: Spread | null
}

const SourceScore = z.strictObject({
  score: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  responses: z.int(),
})

/** The two sides of the responses, and those that carry no verdict. */
export const Sources = z.strictObject({
  proven: SourceScore,
  open: SourceScore,
  difference: z.strictObject({ difference: z.number(), lower: z.number(), upper: z.number() }).nullable(),
  unminted: z.int(),
  provenShare: z.number().nullable(),
})
export type Sources = z.infer<typeof Sources>

export const IndicatorResult = z.strictObject({
  code: z.string(),
  title: z.string(),
  target: z.number(),
  period: z.string(),
  owner: z.string(),
  score: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  responses: z.int(),
  verdict: z.enum(verdicts),
  reason: z.enum(verdictReasons).nullable(),
  sources: Sources,
})
export type IndicatorResult = z.infer<typeof IndicatorResult>

export const DailyResult = z.strictObject({
  day: z.iso.date(),
  place: z.string(),
  score: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  responses: z.int(),
  setAside: z.int(),
})
export type DailyResult = z.infer<typeof DailyResult>

/** The last closed week of a place lay outside what chance explains (early warning); percents. */
export type PlaceWarning = {
  signal: 'fall' | 'rise'
  /** Its Monday. */
  week: string
  score: number | null
  /** The control limits. */
  lower: number | null
  upper: number | null
  responses: number
  /** How many weeks' answers it gathers. */
  gathers: number
  /** The indicator whose page draws the weeks. */
  indicator: string | null
}

/** The score of the period against an earlier one that shares no respondent with it. */
export type Comparison = {
  with: 'yesterday' | 'weekday' | 'month' | 'before'
  from: string
  to: string
  /** Null where one of the two has no score. */
  difference: number | null
  change: 'rise' | 'fall' | 'not_provable' | null
}

/** How many could have answered, and the share who did, 0 to 1; null where that is not known. */
export type Reach = { counts: 'visits' | 'people'; number: number | null; rate: number | null }

/** One place on the board of a day, or of several. */
export type PlaceToday = {
  code: string
  name: string
  open: boolean
  received: number
  setAside: number
  /** Clock time HH:MM of the day's last answer (Asia/Ho_Chi_Minh); null without one, and over several days. */
  lastAnswer: string | null
  /** The score as it may be shown: it moves only when five new counted responses have come. */
  shown: Score
  /** Closed days (of a long period: weeks), oldest first; for one day the fourteen before it. Null = no response. */
  trend: { day: string; score: number | null; responses: number }[]
  target: number
  comparisons: Comparison[]
  reach: Reach | null
  /** How often its page was opened and sent, where openings are counted. */
  openings: { opened: number; sent: number } | null
  /** No answer for longer than chance explains, in office hours: since this clock time. */
  silentSince: string | null
  warning?: PlaceWarning
}

export type AgencyToday = {
  code: string
  name: string
  received: number
  setAside: number
  /** Counted responses with proof (a ticket, a code on the screen, an interviewer); null where none was counted. */
  proven: { responses: number; counted: number } | null
  shown: Score
  target: number
  comparisons: Comparison[]
  reach: Reach | null
  places: PlaceToday[]
}

/** What citizens were dissatisfied with, by the harm it does (harm-rules.ts). */
export type Harm = {
  key: string
  label: string
  /** The questionnaire, where several are shown. */
  about: string | null
  /** About how many citizens are dissatisfied with it: share dissatisfied × the citizens its answers stand for. */
  citizens: number
  /** Percent dissatisfied among those who answered, and how many these were. */
  share: number
  answered: number
}

/** A citizen's words as staff may read them in passing; `id` of its case, null where it became none. */
export type RecentComment = {
  key: string
  id: number | null
  place: string
  day: string
  half: 'morning' | 'afternoon'
  masked: string
}

export type TodayView = {
  /** First and last day of the period. */
  from: string
  day: string
  /** The period is the running day and nothing else. */
  isToday: boolean
  agencies: AgencyToday[]
  criteria: Harm[]
  fields: Harm[]
  /** Null where the reader may not read comments. */
  comments: RecentComment[] | null
}

/** Whose rows a board shows; the same viewer sees the same board. */
export type Viewer = { places: Scope; comments: Scope | null; indicators: Scope }

export type IndicatorView = Omit<IndicatorResult, 'sources'> & {
  belief: Belief
  ownerName: string
  missing: Missing
  /** Whether the score alone, without its interval, reaches the target: what officials compare. */
  pointReaches: boolean | null
  /** The period is not over: every verdict is provisional. */
  provisional: boolean
  setAside: number
  /** How the responses came, largest first. */
  channels: { channel: string; responses: number }[]
  /** Shown where the indicator itself has no source yet (II.7). */
  instead: (Score & { label: string }) | null
}

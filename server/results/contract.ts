import { z } from 'zod'

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

/** One place on the board of a day. */
export type PlaceToday = {
  code: string
  name: string
  open: boolean
  received: number
  setAside: number
  /** Clock time HH:MM of the last answer (Asia/Ho_Chi_Minh), null without one. */
  lastAnswer: string | null
  /** The score as it may be shown: it moves only when five new counted responses have come. */
  shown: Score
  /** The fourteen days before, oldest first; null = no response that day. */
  trend: { day: string; score: number | null; responses: number }[]
  target: number
  warning?: PlaceWarning
}

export type AgencyToday = {
  code: string
  name: string
  received: number
  setAside: number
  shown: Score
  target: number
  places: PlaceToday[]
}

export type TodayView = { day: string; isToday: boolean; agencies: AgencyToday[] }

export type IndicatorView = IndicatorResult & {
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

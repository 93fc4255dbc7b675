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

/**
 * Why there is no verdict yet: the target lies in the interval; the answers come from too few days; what is proven and
 * what is open differ provably; too few came by a page of ours.
 */
export const verdictReasons = ['interval', 'few_days', 'sources_differ', 'unminted'] as const
export type VerdictReason = (typeof verdictReasons)[number]

/** On how many days, and which share (0-1) of the weight on the heaviest of them. */
export type Spread = { days: number; largestShare: number }

/** One-time tickets of a range of days: used ÷ given out is a response rate, and no estimate (AAPOR: RR1 of the given). */
export const TicketUse = z.strictObject({ given: z.int(), used: z.int() })
export type TicketUse = z.infer<typeof TicketUse>

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
  tickets: TicketUse
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
  tickets: TicketUse,
})
export type Sources = z.infer<typeof Sources>

/** One score less another, in points, with its interval. */
export type Difference = {
  difference: number
  lower: number
  upper: number
  change: 'rise' | 'fall' | 'not_provable'
}

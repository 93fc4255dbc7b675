import { z } from 'zod'
import { type Belief, type Missing, Pending, type Score, Sources, verdictReasons, verdicts } from '../score/contract.ts'

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
  /** The year the target is due from, where the range ends before it: until then a verdict only watches. */
  dueFrom: z.int().nullable(),
  sources: Sources,
  pending: Pending.nullable(),
})

export type IndicatorResult = z.infer<typeof IndicatorResult>

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
}

/** The score of the period against an earlier one that shares no respondent with it. */
export type Comparison = {
  with: 'yesterday' | 'weekday' | 'month' | 'before'
  from: string
  to: string
  /** Null where one of the two has no score. */
  difference: number | null
  /** The 95 % interval of the difference, points. */
  lower: number | null
  upper: number | null
  change: 'rise' | 'fall' | 'not_provable' | null
  /** A rise or fall that holds looked at by itself only: chance explains one such among all that stand beside it. */
  alone?: boolean
}

/** How many could have answered, and the share who did, 0 to 1; null where that is not known. */
export type Reach = { counts: 'visits' | 'people'; number: number | null; rate: number | null }

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
  /** Provably the largest: even the lower end of its harm lies above the upper end of every other's (95 %). */
  leads: boolean
}

export type IndicatorView = Omit<IndicatorResult, 'sources' | 'pending'> & {
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

/** The part of an indicator that comes from the reader's own places, by name. */
export type IndicatorShare = { view: IndicatorView; places: string[] }

import { z } from 'zod'
import type { Half, PlaceId, Scope } from '../catalogue/contract.ts'
import type { SourceKind } from '../indicators/belief/rules.ts'
import type { Comparison, Harm, PlaceWarning, Reach } from '../indicators/contract.ts'
import type { Score, Sums } from '../score/contract.ts'
import type { Closeness } from '../tallies/contract.ts'
import type { TicketRate } from '../tickets/contract.ts'
import type { Judgment, Said } from './sentence-contract.ts'

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

/** What was counted at a place on a day, by what its source is to a verdict. */
export type SourceDay = { placeId: PlaceId; day: string; source: SourceKind; sums: Sums }

/** One place on the board of a day, or of several. */
export type PlaceToday = {
  code: string
  name: string
  open: boolean
  received: number
  setAside: number
  /** The half-day of the last answer; null without one, and over several days. */
  lastAnswer: Half | null
  /** Of the running day its morning at most, once that shows (server/tallies/running-day-rules.ts). */
  shown: Score
  /** Counted answers of its small days, which wait for their month; 0 for whoever sees every day. */
  waiting: number
  /** Closed days (of a long period: weeks), oldest first; for one day the fourteen before it. Null = no response. */
  trend: { day: string; score: number | null; responses: number }[]
  target: number
  /** The year that target is due from, where it is not yet. */
  dueFrom: number | null
  judged: Judgment
  comparisons: Comparison[]
  reach: Reach | null
  /** How often its page was opened and sent, where openings are counted. */
  openings: { opened: number; sent: number } | null
  /** No answer for longer than chance explains, in office hours. */
  silent: boolean
  warning?: PlaceWarning
}

export type AgencyToday = {
  code: string
  name: string
  received: number
  setAside: number
  /** Counted responses with proof (a ticket, a code on the screen, an interviewer); null where none was counted. */
  proven: { responses: number; counted: number } | null
  /** One-time tickets of the last 30 closed days, whatever the period. */
  tickets: TicketRate
  /** Of the running day what it stood at when it last moved. */
  shown: Score
  /** At the end of which half-hour of the running day that was, counted from midnight; null before it moved, and else. */
  through: number | null
  target: number
  dueFrom: number | null
  judged: Judgment
  comparisons: Comparison[]
  reach: Reach | null
  places: PlaceToday[]
}

/** A citizen's words as staff may read them in passing; `id` of its case, null where it became none. */
export type RecentComment = {
  key: string
  id: number | null
  place: string
  day: string
  half: Half
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
  /** Empty for whoever sees groups: a field of a day may be one citizen. */
  fields: Harm[]
  /** Null where the reader may not read comments. */
  comments: RecentComment[] | null
  said: Said
  /** What an empty board leads to: the first of what the reader may do about it. */
  offer: Offer
  /** Of one day without an answer: the last day before it with one; null where there was none yet, and else. */
  lastOpen: TodayView | null
}

export type Offer = 'posters' | 'tickets' | null

/** Whose rows a board shows, and how closely; the same viewer sees the same board. */
export type Viewer = { places: Scope; closeness: Closeness; comments: Scope | null; offer: Offer }

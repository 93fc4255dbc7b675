import { z } from 'zod'
import type { Scope } from '../catalogue/contract.ts'
import type { Comparison, Harm, PlaceWarning, Reach } from '../indicators/contract.ts'
import type { Score } from '../score/contract.ts'

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

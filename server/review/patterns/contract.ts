import { z } from 'zod'
import type { Provenance } from '../../catalogue/contract.ts'
import type { Score } from '../../score/contract.ts'
import type { ClosedSign, PatternState } from '../../signs/contract.ts'
import { typedDay } from '../../typed/day.ts'
import { Why } from '../contract.ts'

/** What waits, or was decided, as the lists show it. */
export type PatternLine = {
  id: number
  sign: ClosedSign
  place: string
  from: string
  to: string
  provenance: Provenance
  count: number
  state: PatternState
}

/** A pattern as its page shows it. */
export type ShownPattern = {
  id: number
  sign: ClosedSign
  provenance: Provenance
  from: string
  to: string
  chance: number
  observed: number
  expected: number
  /** Among how many it was found; null for what was found before this was kept. */
  judged: number | null
  state: PatternState
  why: string | null
  decidedBy: string | null
  decidedAt: string | null
  decision: string | null
}

export const choices = ['set_aside', 'keep'] as const
/** One decision for the whole pattern; `signature` is what its responses were when it was shown. */
export const PatternForm = z.object({
  choice: z.enum(choices, { error: 'Xin chọn để riêng cả nhóm hoặc giữ cả nhóm trong điểm.' }),
  signature: z.string().regex(/^[0-9a-f]{64}$/),
  why: Why,
})
export const ReopenForm = z.object({ why: Why })

const typed = z.preprocess((value) => (value === '' ? undefined : value), z.string().max(20).optional())
/** Days are read as they are typed; `diem` is a place's code, empty for all. */
export const LookForm = z.object({ tu: typedDay('Từ ngày'), den: typedDay('Đến ngày'), diem: typed })

/** A look that somebody asked for; `found` is null while it runs. */
export type LookLine = {
  id: number
  from: string
  to: string
  place: string | null
  askedBy: string
  askedAt: string
  found: number | null
}

/** Looks over at most so many closed days at a time, not further back than that. */
export const longestLookDays = 92
export const oldestLookDays = 366

/** How many arrivals began in one bin of a day: of the pattern, and others of the same place and source. */
export type ArrivalBin = { start: number; pattern: number; others: number }
/** Minutes of the day; `most` is the fullest bin of all days. */
export type Arrivals = {
  width: number
  from: number
  to: number
  most: number
  days: { day: string; bins: ArrivalBin[] }[]
}

/** Shares (0-1) of those whose answering time, in seconds, lies in [from, to). */
export type TimeBand = { from: number; to: number | null; pattern: number; usual: number }
export type AnsweringTimes = { timed: number; usual: number; bands: TimeBand[] }

/** Sequences of levels by how often they come; `share` 0-1. */
export type Vector = { levels: string; count: number; share: number }
export type Vectors = { pattern: Vector[]; usual: Vector[]; of: number; usualOf: number }

/** The share, in percent with its interval, of people with no level below 4: in the pattern, and with proof around it. */
export type Contrast = { pattern: Score; proven: Score }

export type VisitDay = { day: string; responses: number; visits: number }

/** What a pattern is shown by. Closed days only; nothing in it is about one person. */
export type Evidence = {
  arrivals: Arrivals
  /** Gaps between neighbours of the pattern on one day, in minutes; null with fewer than two of them. */
  gaps: { shortest: number; longest: number } | null
  times: AnsweringTimes | null
  vectors: Vectors
  contrast: Contrast | null
  visits: VisitDay[]
}

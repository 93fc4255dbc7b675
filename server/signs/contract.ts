import type { Provenance } from '../catalogue/contract.ts'

/** What is looked for over closed days; the names of server/signs/finders/, one file each. */
export const closedSigns = [
  'equal_run',
  'burst',
  'regular_arrivals',
  'unusual_hours',
  'answering_times',
  'same_vector',
  'near_comments',
  'more_than_visits',
  'unlike_proven',
] as const
export type ClosedSign = (typeof closedSigns)[number]

/** A pattern waits, was set aside, or was kept in the score by whoever may decide. */
export const patternStates = ['pending', 'set_aside', 'kept'] as const
export type PatternState = (typeof patternStates)[number]

/** A response as the signs read it. */
export type Seen = {
  id: string
  day: string
  /** Minute of the day in Asia/Ho_Chi_Minh, 0-1439: a day later no more than that is known of its time. */
  minute: number
  provenance: Provenance
  /** The levels 0-5 as given, in the order of the criteria asked: rotation asks others, so their places are left out. */
  levels: string
  /** From the page to the answer; null where no page of ours tells. */
  seconds: number | null
  comment: string | null
  /** Somebody has looked at it in a pattern and kept it: it is the place's past, and not judged again. */
  settled?: boolean
}

/** How many come on a day: by weekday (0 Sunday) where it had any, on all such days, and how much days differ beyond chance. */
export type Rhythm = {
  byWeekday: ReadonlyMap<number, number>
  mean: number
  /** Shape of the Gamma around a day's mean: the square of its relative spread is one part in so many. */
  shape: number
}

/** What signs ask of a place's past, read once. Times in seconds and minutes of the day are sorted. */
export type Past = {
  count: number
  /** By width in minutes: the fullest stretch of each week, on average; null with fewer than four weeks. */
  busiest: ReadonlyMap<number, number | null>
  rhythm: Rhythm
  byLevels: ReadonlyMap<string, number>
  /** By the level that all answers, or all but one, are on; null for uneven ones. */
  byMainLevel: ReadonlyMap<string | null, number>
  seconds: readonly number[]
  secondsByLevel: ReadonlyMap<string | null, readonly number[]>
  minutes: readonly number[]
  comments: readonly string[]
}

/** One place's responses of one provenance in some closed days, and what is known of it besides. */
export type Watch = {
  /** Days looked at: one, seven or twenty-eight, `to` the last of them. */
  from: string
  to: string
  judged: readonly Seen[]
  /** The same place and provenance before, without what was set aside or is in a pattern. */
  past: Past
  /** Responses with proof of the same place, of the days looked at and the twenty-eight before. */
  proven: readonly Seen[]
  /** Visits per day where they are counted. */
  visits: ReadonlyMap<string, number>
}

/** What a sign found. `chance`: how likely honest days would show it, corrected for the places it looked at itself. */
export type Finding = {
  sign: ClosedSign
  from: string
  to: string
  provenance: Provenance
  chance: number
  observed: number
  expected: number
  /** Ids of the responses it is about. */
  members: string[]
}

/** A finding that is a sign, and among how many it was looked for. */
export type Found = Finding & { judged: number }

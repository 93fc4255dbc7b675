import type { CaseKind, Half, Language } from '../../catalogue/contract.ts'
import type { CriterionPart, Part, PlaceWeeks } from '../../indicators/detail/contract.ts'
import type { Reason } from '../../tallies/contract.ts'
import type { TicketRate } from '../../tickets/contract.ts'
import type { PlaceToday } from '../contract.ts'
import type { Said } from '../sentence-contract.ts'

/** A comment with how its form was filled in; never when, but for the day and its half. */
export type PlaceComment = {
  /** Of its case. */
  id: number
  kind: CaseKind
  day: string
  half: Half
  language: Language
  masked: string
  /** Of the criteria it rated, how many at 1-3. */
  unsatisfied: number
  rated: number
}

export type PlaceComments = {
  /** The lowest first, and how many there are in all. */
  worst: PlaceComment[]
  worstOf: number
  praise: PlaceComment[]
  praiseOf: number
  /** There were more than were read: what is here is the newest of them. */
  cut: boolean
}

/** Parts with at least five answers each, the one that takes most away first; how many others there are. */
export type ShownParts<One extends Part> = { shown: One[]; withheld: number }

/** Everything behind one place's score over a period. */
export type PlaceView = {
  from: string
  to: string
  isToday: boolean
  /** The period reaches into the running day: of it only what a place may show. */
  hasToday: boolean
  agency: string
  questionnaire: string
  place: PlaceToday
  said: Said
  criteria: ShownParts<CriterionPart>
  /** Closed days only; null for whoever sees groups: a field of a day may be one citizen. */
  fields: ShownParts<Part> | null
  /** Null where the reader may not read comments. */
  comments: PlaceComments | null
  /** The closed weeks of the last half year, whatever the period; null before there are any to draw. */
  weeks: PlaceWeeks | null
  /** One-time tickets of the last 30 closed days, whatever the period. */
  tickets: TicketRate
  /** Closed days only; null where the reader does not review. */
  reasons: { reason: Reason; count: number }[] | null
}

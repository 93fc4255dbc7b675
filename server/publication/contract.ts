import type { AgencyId, Channel, IndicatorReference, PlaceId, Sector, ServiceMode } from '../catalogue/contract.ts'
import type { Sums } from '../score/contract.ts'

/** What of an indicator's definition says which responses it takes; its key names it together with the indicator. */
export type Membership = { key: string; code: string } & Pick<
  IndicatorReference['definition'],
  'sector' | 'questionnaire' | 'fields' | 'serviceModes' | 'channels'
>

/** What of a response decides where it is published. */
export type Traits = {
  placeId: PlaceId
  day: string
  channel: Channel
  serviceMode: ServiceMode
  sector: Sector
  questionnaire: string
  /** Null where none was stated. */
  field: string | null
}

/** Counted responses of a closed day that share their traits; `until` = when the last of them came, epoch seconds. */
export type ClosedTally = Traits & { agencyId: AgencyId; sums: Sums; until: number }

/** Responses of a place and day that enter the very same published figures, except that of their day. */
export type Cell = {
  placeId: PlaceId
  agencyId: AgencyId
  day: string
  channel: Channel
  /** Keys of the indicators they enter. */
  members: string[]
  sums: Sums
  until: number
}

/** A state of a group as it was published: who had come by `until` and counted at `at` (epoch seconds). */
export type Release = { at: number; until: number; sums: Sums }

/**
 * At least five responses that are published together or not at all: the only thing that any published figure is made
 * of. Its cells never change; its sums do, by further releases.
 */
export type Group = {
  scope: string
  period: 'day' | 'month'
  /** The day, or the first day of the month. */
  day: string
  /** Null where the group spans several places, or agencies. */
  placeId: PlaceId | null
  agencyId: AgencyId | null
  channel: Channel
  members: string[]
  cells: [placeId: PlaceId, day: string][]
  releases: Release[]
}

/** One response's course: what it is, when it came, whether it counts now, and how its standing changed. */
export type StandingHistory = Traits & {
  at: number
  counted: boolean
  /** Oldest first: when, and whether it counted before. */
  changes: { at: number; countedBefore: boolean }[]
}

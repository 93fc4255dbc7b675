import type {
  Channel,
  FieldId,
  PlaceId,
  Provenance,
  Respondent,
  ServiceMode,
  StratumId,
  VersionId,
  WaveId,
} from '../catalogue/contract.ts'

/** Why a response does not count; `reviewed` is a person's decision (see standing_changes). */
export const reasons = [
  'honeypot',
  'too_fast',
  'same_device',
  'over_budget',
  'ticket_used',
  'outside_hours',
  'over_capacity',
  'reviewed',
] as const

export type Reason = (typeof reasons)[number]

export type Standing = { standing: 'counted'; reason: null } | { standing: 'set_aside'; reason: Reason }

/** What a tally row is about. */
export type CellKey = {
  placeId: PlaceId
  day: string
  versionId: VersionId
  fieldId: FieldId | 0
  serviceMode: ServiceMode
  channel: Channel
  provenance: Provenance
  respondent: Respondent
  standing: Standing['standing']
  waveId: WaveId | 0
  stratumId: StratumId | 0
}

/** What a tally row holds; see the schema for the shapes. */
export type CellSums = {
  received: number
  lastReceivedAt: string
  moments: number[]
  counts: number[]
  extraSums: number[]
  durations: number[]
}

/** What counting reads of a response. */
export type CountableResponse = CellKey & {
  answers: string
  extras: Record<string, number | string> | null
  seconds: number | null
  receivedAt: string
}

/**
 * How closely a reader sees closed days. `rows`: whoever may export responses learns nothing from any sum of them.
 * `groups`: everybody else, whose looks at two periods must never differ by a few answers. A place's day of five or more
 * is a group by itself; days of fewer wait for the month, as in what is published (server/publication/rules.ts), and show
 * with it, together. So whatever a reader adds and subtracts is made of groups of at least five.
 */
export type Closeness = 'rows' | 'groups'

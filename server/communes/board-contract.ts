import type { ChangeReason } from './change-contract.ts'
import type { Commune, Contact, Finding } from './contract.ts'
import type { Figure, ReadingSource } from './reading-contract.ts'

export type FunnelStanding = 'far_below' | 'below' | 'within' | 'above' | 'far_above'

/** How it stands with reaching a commune: `away`, nobody answers; `trouble`, somebody answers but not as asked. */
export type Presence = {
  state: 'new' | 'here' | 'trouble' | 'away'
  /** ISO instant of the first failure of those that last. */
  since: string | null
  reason: string | null
  /** What fails where something else is read: a period, the open data, the ledger. */
  part: string | null
  okAt: string | null
}

/** Why a commune counts as not having reported a period. */
export type Missing =
  | { kind: 'never' }
  | { kind: 'away'; since: string }
  | { kind: 'behind'; to: string }
  | { kind: 'no_responses' }

export type BoardCell = {
  figure: Figure
  /** Null where it is not compared: nothing answered, or too few. */
  standing: FunnelStanding | null
  /** The figure was another one after its period was over. */
  changed: ChangeReason | null
}

export type BoardRow = {
  commune: Pick<Commune, 'code' | 'name' | 'hasKey'>
  presence: Presence
  missing: Missing | null
  /** Days, source and time of what is shown; null without. */
  reading: { source: ReadingSource; to: string; isFinal: boolean; lastSeenAt: string; hasReport: boolean } | null
  cells: Record<string, BoardCell>
  /** How many things are wrong with its ledger. */
  ledgerFindings: number
}

/** An indicator over the whole province. */
export type BoardIndicator = {
  code: string
  title: string
  /** What most communes have; others say their own. */
  target: number
  /** Pooled over all respondents; null without any. */
  mean: number | null
  responses: number
  heard: number
  met: number
  notMet: number
  below: number
}

export type BoardView = {
  period: string
  /** Which periods may be chosen, the running year among them. */
  periods: string[]
  today: string
  /** Whether days of the period are still to come. */
  isRunning: boolean
  indicators: BoardIndicator[]
  rows: BoardRow[]
  findings: NamedFinding[]
  changes: NamedChange[]
}

export type NamedFinding = Finding & { name: string; communeCode: string }

export type NamedChange = {
  name: string
  communeCode: string
  period: string
  code: string
  before: Figure
  after: Figure | null
  reason: ChangeReason
  lastSeenAt: string
  seenAt: string
}

/** A month of one indicator over the province. */
export type TrendMonth = {
  month: string
  mean: number | null
  lower: number | null
  upper: number | null
  responses: number
}

export type IndicatorPageView = {
  board: BoardView
  indicator: BoardIndicator
  /** The drawing, as an SVG text; null without anybody to compare. */
  funnelSvg: string | null
  funnel: { designEffect: number; spread: number; left: string[] } | null
  trend: TrendMonth[]
}

export type CommunePageView = {
  commune: Commune
  presence: Presence
  contacts: Contact[]
  readings: {
    period: string
    source: ReadingSource
    isFinal: boolean
    to: string
    figures: Figure[]
    lastSeenAt: string
  }[]
  changes: NamedChange[]
  findings: NamedFinding[]
  remembered: { day: string; size: number; seenAt: string } | null
}

import type { Harm, IndicatorView } from '../indicators/contract.ts'
import type { IndicatorDetail, PlaceWeeks } from '../indicators/detail/contract.ts'

/** One health service: those who answered its questionnaire. */
export type HealthService = {
  /** The questionnaire's code. */
  code: string
  title: string
  view: IndicatorView
}

/** A theme that staff set, and how many cases; null = fewer than five, which would point to somebody. */
export type ThemeCount = { name: string | null; count: number | null }

export type HealthWave = {
  id: number
  name: string
  opensOn: string
  closesOn: string
  state: 'open' | 'due'
  received: number
  planned: number
}

export type HealthView = {
  term: string
  year: number
  from: string
  /** The last closed day; before `from` where there is none yet. */
  to: string
  today: string
  /** The commune's indicator; null for a reader who sees only some of its places. */
  whole: IndicatorView | null
  /** Codes of the places in reach by the keys that parts of the detail have. */
  placeCodes: Record<string, string>
  /** The weekly charts of the places in reach. */
  weeks: PlaceWeeks[]
  services: HealthService[]
  /** Code of the service that the details are about. */
  chosen: string
  detail: IndicatorDetail
  /** The same service by month, from January on. */
  months: IndicatorDetail
  improve: Harm[]
  /** Null where the reader may not read comments. */
  themes: ThemeCount[] | null
  waves: HealthWave[]
}

import type { IndicatorView } from '../indicators/contract.ts'
import type { IndicatorDetail, Part, PlaceWeeks } from '../indicators/detail/contract.ts'
import type { Score } from '../score/contract.ts'
import type { Outlook } from '../score/outlook-rules.ts'

/** A score that few gave is not shown: it would be somebody. */
export type Standing = {
  key: string
  name: string
  score: Score
  target: number
  /** The year that target is due from, where it is not yet. */
  dueFrom: number | null
  withheld: boolean
}

/** Places that the answers cannot tell apart; every place of an earlier group is provably above every one of a later. */
export type TieGroup = { places: Standing[] }

export type SectorPlaces = {
  sector: 'administrative' | 'health' | 'education'
  /** The places are asked by several questionnaires. */
  mixed: boolean
  groups: TieGroup[]
  /** Too few answers to stand in a comparison. */
  few: Standing[]
}

/**
 * Why a part may not be heard: visits and no answer; no answer and nobody counts visits; a response rate under half of the
 * whole's; more answers than visits, a sign of error; too few answers to speak of on its own.
 */
export type Gap = 'unheard' | 'uncounted' | 'quiet' | 'more_than_came' | 'few'

/** A way of dividing the citizens who came, and how loud each part is heard. */
export type Voice = {
  key: string
  name: string
  /** Of a place, which has a page of its own. */
  code?: string | undefined
  responses: number
  /** Of all answers in the same division, 0 to 1; null where nobody answered at all. */
  share: number | null
  /** How many could have answered, and the share who did; null where nobody counts them. */
  visits: number | null
  rate: number | null
  gap: Gap | null
}

export type Voices = {
  places: Voice[]
  fields: Voice[]
  channels: Voice[]
  respondents: Voice[]
  /** Open places without an answer for so many working days; null = longer than was searched. */
  silent: { code: string; name: string; workdays: number | null }[]
  /** How far back a last answer was looked for, in days. */
  searchedDays: number
}

export type IndicatorYears = {
  indicator: IndicatorView
  years: IndicatorDetail['years']
  /** Where the term may end; null where it is over, has too few answers, or none. */
  outlook: Outlook | null
}

export type CommuneView = {
  term: string
  year: number
  from: string
  /** The last closed day; before `from` where there is none yet. */
  to: string
  today: string
  indicators: IndicatorYears[]
  /** The weekly charts of all places, for those whose last closed week lay outside what chance explains. */
  warnings: PlaceWeeks[]
  /** Without those that are schools and nothing else: they stand under `schools`. */
  agencies: Standing[]
  /** Each school once: within its sector's comparison. */
  schools: { target: number; levels: Part[]; compared: SectorPlaces | null } | null
  /** Of the other sectors. */
  comparison: SectorPlaces[]
  voices: Voices
}

import type { AgencyId, Channel, Formula, Sector } from '../../catalogue/contract.ts'
import type { OtherFormula, VisitDenominator } from '../../indicators/detail/contract.ts'
import type { Belief, Difference, Missing, Score, Verdict, VerdictReason } from '../../score/contract.ts'
import type { ReportKind } from '../contract.ts'

/** Raised when the shape of the values changes, so that an old report is never read as a new one. */
export const inputFormat = 1

export type Period = { from: string; to: string }

export type ReportRequest = Period & {
  kind: ReportKind
  sector: Sector
  /** The body that issues the report. */
  agency: AgencyId
  /** What it is compared with; left out, the stretch of the same length and place one period earlier. */
  previous?: Period
}

/** What the agency typed in place of the placeholders. */
export type Paragraphs = {
  causes?: string
  proposals?: string
  /** Every other placeholder by the words it asks with. */
  blanks?: Record<string, string>
}

export type Issuer = { name: string; above: string; commune: string; communeName: string; province: string }

/** The earlier score of the same thing; the difference is null where either side has none. */
export type Before = { score: Score; difference: Difference | null }

export type IndicatorFigures = {
  code: string
  title: string
  target: number
  /** Years the target is set for, as the plan writes them. */
  period: string
  version: number
  formula: Formula
  fieldNames: string[]
  onlineOnly: boolean
  score: Score
  verdict: Verdict
  /** Why there is no verdict; missing in reports frozen before it was known. */
  reason?: VerdictReason | null
  /** Missing likewise. */
  belief?: Belief
  /** The year the target is due from, where the period lies before it; missing in reports frozen before it was known. */
  dueFrom?: number | null
  /** The years the target is set for are not over. */
  provisional: boolean
  missing: Missing
  before: Before | null
}

/** A part of the responses: a factor, field, place, channel. */
export type Group = { key: string; label: string; score: Score; before: Before | null }

export type CriterionFigures = {
  key: string
  official: string
  factor: string
  text: string
  score: Score
  mean: number | null
}

/** One questionnaire over its versions: a service of the health station, a school level. */
export type QuestionnaireFigures = {
  code: string
  title: string
  source: string
  versions: { version: number; responses: number; publishedOn: string | null; retiredOn: string | null }[]
  score: Score
  mean: number | null
  expectation: { mean: number; responses: number } | null
  whollySatisfied: Score | null
  factors: Group[]
  criteria: CriterionFigures[]
  /** What the newest version asks, also where nobody answered. */
  plan: { title: string; criteria: { official: string; text: string }[] }[]
  /** Criteria in one response: all of them on paper and in interviews, otherwise what the rotation draws. */
  askedPerResponse: number
}

export type WaveFigures = {
  name: string
  questionnaire: string
  opensOn: string
  closesOn: string
  channels: Channel[]
  planned: number
  drawnFromList: boolean
  formula: Formula
  target: number
  score: Score
  verdict: Verdict
}

export type CaseFigures = {
  received: number
  answered: number
  closed: number
  /** Chosen by staff; a case has at most one. */
  themes: { name: string; cases: number }[]
}

/** How often 0, 1, 2, 3, 4, 5 was answered to a criterion at a place. */
export type TallyRow = {
  place: string
  questionnaire: string
  version: number
  factor: string
  official: string
  text: string
  responses: number
  levels: number[]
}

/** Who could be asked in the coming period: visits or pupils of the last one. */
export type SampleBasis = {
  from: string
  to: string
  places: { name: string; population: number | null; planned: number | null }[]
  population: number | null
  needed: number | null
}

export type ReportValues = {
  kind: ReportKind
  sector: Sector
  period: Period
  /** The last day that is counted; null where no day of the period is over. */
  through: string | null
  /** The period is not over: what is said may still change. */
  unfinished: boolean
  previous: Period
  /** The day it was made. */
  madeOn: string
  issuer: Issuer
  indicators: IndicatorFigures[]
  /** Code of the indicator about the whole sector: what the parts add up to. */
  main: string
  /** All responses of the sector, pooled. */
  overall: Score
  received: number
  setAside: number
  mean: number | null
  overallRating: { mean: number; responses: number } | null
  expectation: { mean: number; responses: number } | null
  whollySatisfied: Score | null
  medianSeconds: { seconds: number; open: boolean } | null
  factors: Group[]
  fields: Group[]
  places: Group[]
  channels: Group[]
  serviceModes: Group[]
  respondents: Group[]
  independence: { selfRun: Score; independent: Score; difference: Difference } | null
  /** The formula that does not count for the verdict, beside the one that does. */
  other: OtherFormula | null
  denominator: VisitDenominator | null
  tippingPoint: { point: number; meaning: 'cannot_be_missed' | 'depends' | 'cannot_be_reached' } | null
  months: { month: string; score: Score }[]
  questionnaires: QuestionnaireFigures[]
  waves: WaveFigures[]
  cases: CaseFigures
  improvements: { said: string; did: string; publishedOn: string }[]
  tallies: TallyRow[]
  basis: SampleBasis | null
  paragraphs: Paragraphs
  /** The ledger's checkpoint under which the last counted day was closed; missing where there was none. */
  ledger?: string
  /** The version that this one corrects, and why. */
  correction?: { version: number; reason: string }
}

import type { Definition, Formula } from '../../catalogue/contract.ts'
import type { Difference, Score } from '../../score/contract.ts'
import type { IndicatorView } from '../contract.ts'

/** A part of the responses with its own score: a field, a place, a channel, a kind of respondent. */
export type Part = {
  key: string
  label: string
  score: Score
  /** Share of all counted responses, 0 to 1. */
  share: number
  /** Share of all the dissatisfaction that sits in this part, 0 to 1: what parts are sorted by. */
  harm: number
}

/** A criterion over all versions that asked it under the same code. */
export type CriterionPart = Part & {
  official: string
  factor: string
  /** Mean level 1-5 among those who rated it; null without any. */
  mean: number | null
}

/** The score over time: whole months, or days for a short range. */
export type SeriesPoint = { start: string; score: Score }

export type IndicatorVersion = {
  version: number
  title: string
  target: number
  period: string
  definition: Definition
  reason: string
  changedBy: string
  changedAt: string
}

/** The score weighed by visits: its parts that nobody answered for, and those whose visits are unknown. */
export type OtherFormula = {
  formula: Formula
  score: Score
  /** Share of the visits whose place or field was heard, 0 to 1; null where that has no meaning. */
  covered: number | null
}

export type VisitDenominator = {
  visits: number
  responseRate: number
  /** Share of the range, over all places or fields, that has counts. */
  covered: number
  /** Names of those without counts, and of those with visits but no response. */
  missing: string[]
  silent: string[]
}

/** Which version of a questionnaire asked how many of the responses. */
export type AskedVersion = { title: string; version: number; responses: number }

/** The weekly control chart of one place, oldest week first. */
export type PlaceWeeks = { code: string; name: string; weeks: WeekOnChart[] }
export type WeekOnChart = {
  /** Its Monday. */
  week: string
  score: number | null
  responses: number
  gathers: number
  centre: number | null
  lower: number | null
  upper: number | null
  signal: 'fall' | 'rise' | null
}

export type IndicatorDetail = {
  indicator: IndicatorView
  from: string
  to: string
  /** Everything but the headline covers closed days only; null where the range has none. */
  closedThrough: string | null
  /** The score of the closed days by the formula pooled: what all parts add up to. */
  closed: Score
  formula: Formula
  definition: Definition
  /** The formula that does not count for the verdict, shown beside, never swapped. */
  other: OtherFormula | null
  series: { by: 'day' | 'month'; points: SeriesPoint[] }
  factors: Part[]
  criteria: CriterionPart[]
  fields: Part[]
  places: Part[]
  channels: Part[]
  serviceModes: Part[]
  respondents: Part[]
  questionnaires: Part[]
  askedVersions: AskedVersion[]
  /** Self-run and independent (interviewed) answers side by side; null where one of them has none. */
  independence: { selfRun: Score; independent: Score; difference: Difference } | null
  /** Against the same length of time just before; both sides named by their first and last day with an answer. */
  before: { from: string; to: string; now: { from: string; to: string }; score: Score; difference: Difference } | null
  /** Mean of all levels, /5, every criterion weighing the same. */
  mean: number | null
  /** Everyone's every answer at 4 or 5, among those asked every criterion; null where nobody was. */
  whollySatisfied: Score | null
  /** "đáp ứng bao nhiêu % mong đợi": mean percent and how many said. */
  expectation: { mean: number; responses: number } | null
  overall: { mean: number; responses: number } | null
  medianSeconds: { seconds: number; open: boolean } | null
  denominator: VisitDenominator | null
  /** The score that those who did not answer would need for the target to be missed or met; percent. */
  tippingPoint: { point: number; meaning: 'cannot_be_missed' | 'depends' | 'cannot_be_reached' } | null
  /** Every year of the plan up to yesterday, whatever range is looked at. */
  years: { year: number; score: Score; target: number | null }[]
  weeks: PlaceWeeks[]
  versions: IndicatorVersion[]
  /** Codes of fields with their names, for the words of a definition. */
  fieldNames: Record<string, string>
}

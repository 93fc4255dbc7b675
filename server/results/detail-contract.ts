import type { IndicatorView, Score } from './contract.ts'

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
  formula: 'pooled' | 'stratified'
  reason: string
  changedBy: string
  changedAt: string
}

export type IndicatorDetail = {
  indicator: IndicatorView
  from: string
  to: string
  /** Everything but the headline covers closed days only; null where the range has none. */
  closedThrough: string | null
  formula: 'pooled' | 'stratified'
  /** The formula that does not count for the verdict, shown beside, never swapped: score, share of visits with a voice. */
  other: { formula: 'pooled' | 'stratified'; score: Score; covered: number } | null
  series: SeriesPoint[]
  factors: Part[]
  criteria: CriterionPart[]
  fields: Part[]
  places: Part[]
  channels: Part[]
  serviceModes: Part[]
  respondents: Part[]
  questionnaires: Part[]
  /** Self-run and independent (interviewed) answers side by side; null where one of them has none. */
  independence: { selfRun: Score; independent: Score; difference: { lower: number; upper: number; word: 'rise' | 'fall' | 'not_provable' } } | null
  /** Against the same length of time just before. */
  before: { from: string; to: string; score: Score; difference: { lower: number; upper: number; word: 'rise' | 'fall' | 'not_provable' } } | null
  /** Mean of all levels, /5. */
  mean: number | null
  /** Everyone's every answer at 4 or 5, among those asked every criterion; null where nobody was. */
  whollySatisfied: Score | null
  /** "đáp ứng bao nhiêu % mong đợi": mean percent and how many said. */
  expectation: { mean: number; responses: number } | null
  overall: { mean: number; responses: number } | null
  medianSeconds: number | null
  denominator: { visits: number; responseRate: number; covered: number; missing: string[]; silent: string[] } | null
  /** The score that those who did not answer would need for the target to be missed; percent. */
  tippingPoint: number | null
  years: { year: number; score: Score; target: number | null }[]
  versions: IndicatorVersion[]
}

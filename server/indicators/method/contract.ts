import type { Definition, Questionnaire } from '../../catalogue/contract.ts'

/** Everything the public page about the method shows that is data, not words. */
export type MethodView = {
  questionnaires: MethodQuestionnaire[]
  indicators: MethodIndicator[]
  /** Known figures of one score at several numbers of responses, percents. */
  examples: { responses: number; score: number; lower: number; upper: number }[]
}

export type MethodQuestionnaire = {
  code: string
  version: number
  /** Asked in interviews and on paper only: no open place carries it. */
  isHousehold: boolean
  definition: Questionnaire
  /** Criteria in one response, of how many; the probability of each, in the order of the factors' criteria. */
  askedPerResponse: number
  probability: number[]
  versions: { version: number; reason: string; from: string | null; to: string | null }[]
}

export type MethodIndicator = {
  code: string
  title: string
  target: number
  period: string
  ownerName: string
  definition: Definition
  fieldNames: string[]
  versions: { version: number; target: number; reason: string; from: string }[]
}

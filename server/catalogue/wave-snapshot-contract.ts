import type { Sums } from '../score/contract.ts'

/** What a closed wave keeps for ever: the tallies it was closed with, and what they were made by. */
export type WaveSnapshot = {
  closedOn: string
  questionnaire: { code: string; version: number }
  formula: 'pooled' | 'stratified'
  formulaVersion: string
  /** Counted responses over all strata: all criteria, then each factor. */
  sums: { all: Sums; factors: { code: string; sums: Sums }[] }
  /** Per criterion, how often 0, 1, 2, 3, 4, 5 was answered. */
  counts: { criterion: string; levels: number[] }[]
  /** `factorSums`: per factor in the questionnaire's order, for the stratified formula. */
  strata: { name: string; population: number; planned: number; sums: Sums; factorSums: Sums[] }[]
  /** Counted responses whose stratum is not known: they came by a code or a link. */
  withoutStratum: Sums
  channels: { channel: string; sums: Sums }[]
  setAside: number
  /** The finite population correction applies. */
  drawnFromList: boolean
  target: number
  /** Why it was closed before its date; null when it was not. */
  earlyReason: string | null
  /** Forms typed in after the last day, before it was closed. */
  typedLate: number
  check: CheckResult
}

/** How well a sample of the forms was typed: criteria typed twice, and how many of them differ. */
export type CheckResult = { forms: number; compared: number; differing: number }

import type { Sums } from '../results/contract.ts'

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
  strata: { name: string; population: number; planned: number; sums: Sums }[]
  channels: { channel: string; sums: Sums }[]
  setAside: number
}

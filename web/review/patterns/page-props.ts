import type { Sector } from '../../../server/catalogue/contract.ts'
import type { Effect } from '../../../server/review/contract.ts'
import type { Evidence, ShownPattern } from '../../../server/review/patterns/contract.ts'
import type { Shell } from '../../ui/shell.tsx'

export type Again = { why?: string; choice?: string; problem?: string; unchosen?: string; overtaken?: boolean }

export type SignPatternPageProps = {
  pattern: ShownPattern
  place: string
  sector: Sector
  /** How many responses it has, and how many of them are counted now. */
  count: number
  counted: number
  signature: string
  evidence: Evidence
  effects: Effect[]
  limits: { largestChance: number; looksPerPlace: number; signs: number }
  mayDecide: boolean
  again: Again
  shell: Shell
}

import type { Selection, Slice } from '../../../db/tallies/slices.ts'
import type { Definition } from '../../catalogue/contract.ts'
import type { Plan } from '../../catalogue/draw-rules.ts'
import type { WeighSlices } from '../denominator.ts'

/** Closed days, both included. */
export type ClosedRange = { from: string; to: string }

export type Question = {
  definition: Definition
  selection: Selection
  target: number
  /** Weighs by visits where the formula does; null where it is pooled. */
  weigh: WeighSlices | null
  planOf: (versionId: number) => Plan
}

/** What a verdict is made of; strata only where the formula weighs them, days only where the interval decides. */
export type Material = {
  sources: Slice[]
  strata: { carrying: Slice[]; all: Slice[] } | null
  readDays: () => Promise<Slice[]>
}

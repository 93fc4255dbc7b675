import type { Database } from '../../db/client.ts'
import { type Selection, tallyBy } from '../../db/tallies/slices.ts'
import { countTicketsOf } from '../../db/tickets/rates.ts'
import type { Definition } from '../catalogue/contract.ts'
import type { Belief, Score, Sums } from '../score/contract.ts'
import { addSums, noSums, scoreOf, verdictOf } from '../score/rules.ts'
import { carryingSums, demandOf, describeSources, isSpread, type Judged, judge, spreadOf } from './belief-rules.ts'
import type { WeighSlices } from './denominator.ts'

/** Closed days, both included. */
type ClosedRange = { from: string; to: string }

export type Question = {
  definition: Definition
  selection: Selection
  target: number
  /** Weighs by visits where the formula does; null where it is pooled. */
  weigh: WeighSlices | null
}

/**
 * What a verdict rests on and the verdict itself, over closed days: it does not move within a day. The days are counted
 * only where the interval decides, because that reads every day instead of whole months.
 */
export async function readBelief(
  database: Database,
  { definition, selection, target, weigh }: Question,
  range: ClosedRange,
): Promise<Belief & Judged> {
  const slices = range.from > range.to ? [] : await tallyBy(database, 'source', selection, range)
  const sums = new Map(slices.map(({ key, sums: own }) => [key, own ?? noSums]))
  const carrying = { ...selection, carrying: true }
  const by = definition.fields ? 'field' : 'place'
  const weighBy = async (which: Selection): Promise<Score> =>
    weigh?.(await tallyBy(database, by, which, range))?.score ?? scoreOf(noSums)
  const isWeighed = definition.formula === 'stratified'
  const belief = {
    ...describeSources(sums),
    carrying: isWeighed ? await weighBy(carrying) : scoreOf(carryingSums(sums)),
    tickets: await countTicketsOf(database, selection, range),
  }
  const all = isWeighed ? await weighBy(selection) : scoreOf(totalOf(sums))
  const demand = demandOf(definition)
  if (verdictOf(belief.carrying, target) === 'not_yet_provable' || demand === null)
    return { ...belief, spread: null, ...judge(belief, all, target, true) }
  const days = await tallyBy(database, 'day', carrying, range)
  const spread = spreadOf(days.map(({ sums: own }) => own ?? noSums))
  return { ...belief, spread, ...judge(belief, all, target, isSpread(spread, demand)) }
}

const totalOf = (sums: ReadonlyMap<string, Sums>): Sums => [...sums.values()].reduce(addSums, noSums)

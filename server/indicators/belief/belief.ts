import type { Database } from '../../../db/client.ts'
import { type Selection, type Slice, tallyBy } from '../../../db/tallies/slices.ts'
import { countTickets } from '../../../db/tickets/rates.ts'
import type { Belief, Score, Spread, Sums } from '../../score/contract.ts'
import { addSums, noSums, scoreOf, verdictOf } from '../../score/rules.ts'
import { addUses } from '../../tickets/ticket-rules.ts'
import { readPending, withoutPending } from './pending.ts'
import type { ClosedRange, Material, Question } from './question.ts'
import { carryingSums, demandOf, describeSources, isSpread, type Judged, judge, spreadOf } from './rules.ts'

/**
 * What a verdict rests on and the verdict itself, over closed days: it does not move within a day. What waits to be
 * decided is counted like everything else; beside it stands what the verdict would be without.
 */
export async function readBelief(database: Database, question: Question, range: ClosedRange): Promise<Belief & Judged> {
  const material = await readMaterial(database, question, range)
  const [{ all: _, ...belief }, uses, pending] = await Promise.all([
    judgeMaterial(question, material),
    countTickets(database, range, question.selection),
    readPending(database, question, range),
  ])
  const tickets = addUses([...uses.values()])
  if (!pending) return { ...belief, tickets, pending: null }
  const { all, verdict, reason } = await judgeMaterial(question, withoutPending(question, material, pending))
  const { patterns, responses } = pending
  return { ...belief, tickets, pending: { patterns, responses, without: { ...all, verdict, reason } } }
}

async function readMaterial(database: Database, { definition, selection }: Question, range: ClosedRange) {
  const carrying = { ...selection, carrying: true }
  const by = definition.fields ? 'field' : 'place'
  const isWeighed = definition.formula === 'stratified'
  const read = (dimension: typeof by | 'source', which: Selection) => tallyBy(database, dimension, which, range)
  return {
    sources: range.from > range.to ? [] : await read('source', selection),
    strata: isWeighed ? { carrying: await read(by, carrying), all: await read(by, selection) } : null,
    // Reads every day instead of whole months.
    readDays: () => tallyBy(database, 'day', carrying, range),
  }
}

async function judgeMaterial(
  { definition, target, weigh }: Question,
  { sources, strata, readDays }: Material,
): Promise<Omit<Belief, 'tickets' | 'pending'> & Judged & { all: Score }> {
  const sums = new Map(sources.map(({ key, sums: own }) => [key, own ?? noSums]))
  const weighed = (slices: Slice[]): Score => weigh?.(slices)?.score ?? scoreOf(noSums)
  const belief = {
    ...describeSources(sums),
    carrying: strata ? weighed(strata.carrying) : scoreOf(carryingSums(sums)),
  }
  const all = strata ? weighed(strata.all) : scoreOf(totalOf(sums))
  const demand = demandOf(definition)
  if (verdictOf(belief.carrying, target) === 'not_yet_provable' || demand === null)
    return { ...belief, spread: null, all, ...judge(belief, all, target, true) }
  const spread: Spread = spreadOf((await readDays()).map(({ sums: own }) => own ?? noSums))
  return { ...belief, spread, all, ...judge(belief, all, target, isSpread(spread, demand)) }
}

const totalOf = (sums: ReadonlyMap<string, Sums>): Sums => [...sums.values()].reduce(addSums, noSums)

import type { Definition } from '../catalogue/contract.ts'
import type { Belief, Score, Spread, Sums, Verdict, VerdictReason } from '../score/contract.ts'
import { compareScores } from '../score/estimators.ts'
import { addSums, noSums, scoreOf, verdictOf } from '../score/rules.ts'

/**
 * What a source is to a verdict: `proven` by a ticket, a code on the place's screen or an interviewer; `open`, a page of
 * ours without proof; `other`, neither (the office's own tablet and its own typing); `unminted` carries no verdict.
 */
export const sourceKinds = ['proven', 'open', 'other', 'unminted'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** Both sides need so many responses before they stand beside each other. */
export const fewestPerSource = 20

/** A verdict is not made in a day: what every definition demands, and may only sharpen. `largestShare` of the weight, 0-1. */
export const leastSpread = { days: 10, largestShare: 0.2 } as const
export type Demand = { days: number; largestShare: number }

/** What a definition demands of the days. Null for household waves, which have a plan and dates of their own. */
export function demandOf({ questionnaire, spread }: Pick<Definition, 'questionnaire' | 'spread'>): Demand | null {
  if (questionnaire === 'household') return null
  return {
    days: Math.max(leastSpread.days, spread?.days ?? 0),
    largestShare: Math.min(leastSpread.largestShare, spread?.largestShare ?? 1),
  }
}

/** The sides of a set of responses, from their sums by source. */
export function describeSources(sums: ReadonlyMap<string, Sums>): Omit<Belief, 'carrying' | 'spread' | 'tickets'> {
  const of = (kind: SourceKind): Sums => sums.get(kind) ?? noSums
  const [proven, open] = [scoreOf(of('proven')), scoreOf(of('open'))]
  const all = sourceKinds.reduce((count, kind) => count + of(kind)[0], 0)
  const enough = proven.responses >= fewestPerSource && open.responses >= fewestPerSource
  return {
    proven,
    open,
    difference: enough ? compareScores(proven, open) : null,
    unminted: of('unminted')[0],
    provenShare: all === 0 ? null : proven.responses / all,
  }
}

/** Everything a verdict may rest on. */
export const carryingSums = (sums: ReadonlyMap<string, Sums>): Sums =>
  (['proven', 'open', 'other'] as const).reduce((total, kind) => addSums(total, sums.get(kind) ?? noSums), noSums)

/** How many days have an answer, and the share of the weight Σm on the heaviest of them; 0 without any. */
export function spreadOf(days: readonly Sums[]): Spread {
  const weights = days.map(([, , , weight]) => weight).filter((weight) => weight > 0)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return { days: weights.length, largestShare: whole === 0 ? 0 : Math.max(...weights) / whole }
}

/** A rounding error of a day that holds exactly the share that is allowed. */
const slack = 1e-9

export const isSpread = (spread: Spread, { days, largestShare }: Demand): boolean =>
  spread.days >= days && spread.largestShare <= largestShare + slack

export type Judged = { verdict: Verdict; reason: VerdictReason | null }

/**
 * The verdict on responses, by three questions in turn: do the proven and the open differ provably, is the interval of
 * what carries a verdict on one side of the target, does it come from enough days? `all` is the score with everything
 * counted: where only that would decide, the reason is what carries no verdict. `spread` is asked for where it matters.
 */
export function judge(
  belief: Omit<Belief, 'spread' | 'tickets'>,
  all: Score,
  target: number,
  spreadIsEnough: boolean,
): Judged {
  const undecided = (reason: VerdictReason): Judged => ({ verdict: 'not_yet_provable', reason })
  if (belief.difference && belief.difference.change !== 'not_provable') return undecided('sources_differ')
  const verdict = verdictOf(belief.carrying, target)
  if (verdict === 'not_yet_provable')
    return undecided(belief.unminted > 0 && verdictOf(all, target) !== verdict ? 'unminted' : 'interval')
  return spreadIsEnough ? { verdict, reason: null } : undecided('few_days')
}

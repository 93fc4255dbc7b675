import type { Plan } from '../catalogue/draw-rules.ts'
import type { CheckResult, WaveSnapshot } from '../catalogue/wave-snapshot-contract.ts'
import type { Score, Sums } from '../score/contract.ts'
import { criterionScore, meanLevel, scoreFromList, stratifiedScore } from '../score/estimators.ts'
import { addSums, noSums, scoreOf, verdictOf, wilsonInterval } from '../score/rules.ts'
import type { Stratum, StratumProgress, Wave, WaveResult, WaveTally } from './contract.ts'

/** Of the index, its interval and the verdict as they are computed by results/rules and results/estimators. */
const formulaVersion = '1'

/** A stratum with fewer answers shows no score of its own: it would be the answers of people one can name. */
const fewestToShow = 5

const levelsPerCriterion = 6

export type SnapshotParts = {
  wave: Pick<Wave, 'formula' | 'drawnFromList'>
  plan: Plan
  strata: Stratum[]
  tallies: WaveTally[]
  target: number
  closedOn: string
  earlyReason: string | null
  typedLate: number
  check: CheckResult
}

/** What a wave is frozen as: only sums, so that nothing of it can change with a response. */
export function makeSnapshot({ wave, plan, strata, tallies, ...rest }: SnapshotParts): WaveSnapshot {
  const { definition, criteria } = plan
  const counted = tallies.filter(({ standing }) => standing === 'counted')
  const sumsIn = (part: WaveTally[], scope: number) =>
    part.map((tally) => scopeOf(tally, scope)).reduce(addSums, noSums)
  const scopes = definition.factors.map((_, index) => index + 1)
  const inStratum = (id: number) => counted.filter(({ stratumId }) => stratumId === id)
  const known = new Set<number>(strata.map(({ id }) => id))
  const channels = [...new Set(counted.map(({ channel }) => channel))]
  return {
    ...rest,
    questionnaire: { code: definition.code, version: definition.version },
    formula: wave.formula,
    drawnFromList: wave.drawnFromList,
    formulaVersion,
    sums: {
      all: sumsIn(counted, 0),
      factors: definition.factors.map(({ code }, index) => ({ code, sums: sumsIn(counted, index + 1) })),
    },
    counts: criteria.map(({ code }, position) => ({ criterion: code, levels: levelsOf(counted, position) })),
    strata: strata.map(({ id, name, population, planned }) => {
      const own = inStratum(id)
      return { name, population, planned, sums: sumsIn(own, 0), factorSums: scopes.map((scope) => sumsIn(own, scope)) }
    }),
    withoutStratum: sumsIn(
      counted.filter(({ stratumId }) => !known.has(stratumId)),
      0,
    ),
    channels: channels.map((channel) => ({
      channel,
      sums: sumsIn(
        counted.filter((tally) => tally.channel === channel),
        0,
      ),
    })),
    setAside: tallies
      .filter(({ standing }) => standing === 'set_aside')
      .reduce((sum, tally) => sum + tally.received, 0),
  }
}

/** Seven sums per scope: all criteria, then each factor (schema: cells). */
const scopeOf = ({ moments }: WaveTally, scope: number): Sums =>
  moments.slice(scope * noSums.length, (scope + 1) * noSums.length) as unknown as Sums

const levelsOf = (tallies: WaveTally[], position: number): number[] =>
  Array.from({ length: levelsPerCriterion }, (_, level) =>
    tallies.reduce((sum, { counts }) => sum + (counts[position * levelsPerCriterion + level] ?? 0), 0),
  )

/** Everything a wave's page shows, from its snapshot and the immutable wording of its questionnaire version. */
export function resultOf(snapshot: WaveSnapshot, { definition, criteria }: Plan): WaveResult {
  const { strata, sums, target, formula } = snapshot
  const whole = scoreByFormula(snapshot, formula, sums.all, (stratum) => stratum.sums)
  const otherFormula = formula === 'pooled' ? 'stratified' : 'pooled'
  const other = scoreByFormula(snapshot, otherFormula, sums.all, (stratum) => stratum.sums)
  const reached = strata.filter((stratum) => stratum.sums[0] > 0)
  const people = (part: typeof strata) => part.reduce((sum, { population }) => sum + population, 0)
  return {
    target,
    score: whole,
    verdict: verdictOf(whole, target),
    other: strata.length > 1 ? { formula: otherFormula, score: other } : null,
    covered: strata.length > 0 ? people(reached) / people(strata) : null,
    moreAnswersThanPeople: strata.filter((stratum) => stratum.sums[0] > stratum.population).map(({ name }) => name),
    factors: definition.factors.map((factor, index) => ({
      title: factor.title.vi,
      score: scoreByFormula(
        snapshot,
        formula,
        sums.factors[index]?.sums ?? noSums,
        (stratum) => stratum.factorSums[index] ?? noSums,
      ),
    })),
    criteria: criteria.map(({ official, text }, position) => {
      const levels = snapshot.counts[position]?.levels ?? []
      const { score, responses } = criterionScore(levels)
      return { official, text: text.vi, answered: responses, satisfied: score, mean: meanLevel(levels) }
    }),
    strata: strata.map(({ name, population, planned, sums: own }) => {
      const score = own[0] === 0 || own[0] >= fewestToShow ? scoreOf(own) : null
      return { name, population, planned, responses: own[0], score }
    }),
    withoutStratum: snapshot.withoutStratum[0],
    channels: snapshot.channels.map(({ channel, sums: [responses] }) => ({ channel, responses })),
  }
}

type SnapshotStratum = WaveSnapshot['strata'][number]

/** The index of one scope by a formula; by strata only answers whose stratum is known count. */
function scoreByFormula(
  { strata, drawnFromList }: WaveSnapshot,
  formula: 'pooled' | 'stratified',
  all: Sums,
  sumsOf: (stratum: SnapshotStratum) => Sums,
): Score {
  if (formula === 'stratified') return stratifiedOf(strata, drawnFromList, sumsOf)
  const population = strata.reduce((sum, stratum) => sum + stratum.population, 0)
  const corrected = drawnFromList && population > 0 ? scoreFromList(all, population) : 'more_answers_than_people'
  return corrected === 'more_answers_than_people' ? scoreOf(all) : corrected
}

/**
 * Of a list, the interval narrows by 1 / (1 − f) with the smallest share f = n_h / N_h asked in any stratum with answers:
 * with unequal shares one common n/N would narrow it too much.
 */
function stratifiedOf(
  strata: SnapshotStratum[],
  drawnFromList: boolean,
  sumsOf: (stratum: SnapshotStratum) => Sums,
): Score {
  const listed = strata.map((stratum) => ({ ...stratum, sums: sumsOf(stratum) }))
  const { score, lower, upper, responses, effectiveSize } = stratifiedScore(listed)
  const shares = listed.filter(({ sums }) => sums[0] > 0).map(({ sums, population }) => sums[0] / population)
  if (!drawnFromList || score === null || effectiveSize === null || shares.some((share) => share > 1)) {
    return { score, lower, upper, responses }
  }
  const interval = wilsonInterval(score / 100, effectiveSize / (1 - Math.min(...shares)))
  return { score, lower: interval[0] * 100, upper: interval[1] * 100, responses }
}

/** Counted responses so far per stratum and channel; the line without a stratum only where there are such responses. */
export function progressByStratum(
  wave: Pick<Wave, 'channels'>,
  strata: Stratum[],
  tallies: WaveTally[],
): StratumProgress[] {
  const counted = tallies.filter(({ standing }) => standing === 'counted')
  const known = new Set<number>(strata.map(({ id }) => id))
  const lineOf = (name: string | null, planned: number | null, own: WaveTally[]): StratumProgress => ({
    name,
    planned,
    counted: own.reduce((sum, { received }) => sum + received, 0),
    byChannel: wave.channels.map((channel) => ({
      channel,
      counted: own.filter((tally) => tally.channel === channel).reduce((sum, { received }) => sum + received, 0),
    })),
  })
  const lines = strata.map(({ id, name, planned }) =>
    lineOf(
      name,
      planned,
      counted.filter(({ stratumId }) => stratumId === id),
    ),
  )
  const unknown = counted.filter(({ stratumId }) => !known.has(stratumId))
  return unknown.length > 0 || strata.length === 0 ? [...lines, lineOf(null, null, unknown)] : lines
}

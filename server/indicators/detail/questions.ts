import type { VersionTally } from '../../../db/tallies/slices.ts'
import type { CatalogueState, Version } from '../../catalogue/catalogue.ts'
import type { Sums } from '../../score/contract.ts'
import {
  criterionScore,
  expectationMet,
  harmOf,
  meanLevel,
  meanLevelOver,
  medianSeconds,
  whollySatisfied,
} from '../../score/estimators.ts'
import { addSums, noSums, scoreOf } from '../../score/rules.ts'
import { answeringSpans, asksEverything } from '../../tallies/rules.ts'
import type { CriterionPart, Part } from './contract.ts'

/** A version with everything it counted, and what only those said who were asked every criterion. */
type Asked = { version: Version; channels: VersionTally[]; whole: VersionTally; responses: number }

/** Criteria, factors and the questions outside the index, each added up under its code over versions and channels. */
export function describeQuestions(state: CatalogueState, tallies: VersionTally[]) {
  const asked = groupByVersion(state, tallies)
  const all = asked.reduce((sum, { responses }) => sum + responses, 0)
  const askedAll = asked
    .flatMap(({ version, channels }) =>
      channels.filter(({ channel }) => !version.plan.rotates || asksEverything(channel)),
    )
    .reduce((total, { moments }) => addSums(total, take(moments, 0)), noSums)
  return {
    criteria: describeCriteria(asked, all),
    factors: describeFactors(asked, all),
    mean: meanOver(asked),
    whollySatisfied: whollySatisfied(askedAll, askedAll[0] > 0),
    expectation: meanOfExtra(asked, 'expectation'),
    overall: meanOfExtra(asked, 'overall'),
    medianSeconds: medianSeconds(addCounts(asked.map(({ whole }) => whole.durations)), answeringSpans),
  }
}

/** Oldest version first, so that the newest wording of a code is the one that stands. */
function groupByVersion(state: CatalogueState, tallies: VersionTally[]): Asked[] {
  return [...state.versions]
    .sort((a, b) => a.version - b.version)
    .map((version) => {
      const channels = tallies.filter(({ versionId }) => versionId === version.id)
      const [first, ...others] = channels
      return { version, channels, whole: first && others.reduce(addTallies, first) }
    })
    .flatMap(({ whole, ...rest }) => (whole ? [{ ...rest, whole, responses: whole.moments[0] ?? 0 }] : []))
}

const addTallies = (a: VersionTally, b: VersionTally): VersionTally => ({
  ...a,
  moments: addCounts([a.moments, b.moments]),
  counts: addCounts([a.counts, b.counts]),
  extraSums: addCounts([a.extraSums, b.extraSums]),
  durations: addCounts([a.durations, b.durations]),
})

const addCounts = (all: number[][]): number[] =>
  all.reduce((sum, one) => one.map((value, index) => value + (sum[index] ?? 0)), [] as number[])

/** The seven sums of all criteria (0) or of a factor (its place, from 1). */
const take = (moments: number[], scope: number) => moments.slice(7 * scope, 7 * scope + 7) as unknown as Sums
const countsAt = (whole: VersionTally, position: number) => whole.counts.slice(6 * position, 6 * position + 6)

/** Within a version every criterion weighs the same; between versions every citizen does. */
const weightOfCriterion = ({ version, responses }: Asked) => responses / version.plan.criteria.length

function describeCriteria(asked: Asked[], all: number): CriterionPart[] {
  type Total = { official: string; label: string; factor: string; counts: number[]; weight: number }
  const totals = new Map<string, Total>()
  for (const one of asked) {
    const { plan } = one.version
    plan.criteria.forEach(({ code, official, text }, position) => {
      const known = totals.get(code)
      totals.set(code, {
        official,
        label: text.vi,
        factor: plan.definition.factors[plan.factorOf[position] as number]?.title.vi ?? '',
        counts: addCounts([known?.counts ?? [], countsAt(one.whole, position)]),
        weight: (known?.weight ?? 0) + weightOfCriterion(one),
      })
    })
  }
  const rated = [...totals].map(([key, total]) => ({ key, ...total, score: criterionScore(total.counts) }))
  return sortByHarm(rated, all).map(({ counts, weight: _, ...part }) => ({ ...part, mean: meanLevel(counts) }))
}

function describeFactors(asked: Asked[], all: number): Part[] {
  const totals = new Map<string, { label: string; sums: Sums; weight: number }>()
  for (const one of asked) {
    one.version.definition.factors.forEach(({ code, title, criteria }, index) => {
      const known = totals.get(code)
      totals.set(code, {
        label: title.vi,
        sums: addSums(known?.sums ?? noSums, take(one.whole.moments, index + 1)),
        weight: (known?.weight ?? 0) + criteria.length * weightOfCriterion(one),
      })
    })
  }
  const rated = [...totals].map(([key, total]) => ({ key, ...total, score: scoreOf(total.sums) }))
  return sortByHarm(rated, all).map(({ sums: _sums, weight: _weight, ...part }) => part)
}

type Rated = { score: Part['score']; weight: number }

function sortByHarm<T extends Rated>(rated: T[], all: number): (T & Pick<Part, 'share' | 'harm'>)[] {
  const harms = harmOf(rated.map(({ score, weight }) => ({ score: score.score, weight })))
  return rated
    .map((one, index) => ({ ...one, share: one.score.responses / all, harm: harms[index]?.share ?? 0 }))
    .filter(({ score }) => score.responses > 0)
    .sort((a, b) => b.harm - a.harm || b.score.responses - a.score.responses)
}

function meanOver(asked: Asked[]): number | null {
  const means = asked.flatMap(({ version, whole, responses }) => {
    const mean = meanLevelOver(version.plan.criteria.map((_, position) => countsAt(whole, position)))
    return mean === null ? [] : [{ mean, responses }]
  })
  const people = means.reduce((sum, { responses }) => sum + responses, 0)
  return people === 0 ? null : means.reduce((sum, { mean, responses }) => sum + mean * responses, 0) / people
}

function meanOfExtra(asked: Asked[], code: string): { mean: number; responses: number } | null {
  let [count, sum] = [0, 0]
  for (const { version, whole } of asked) {
    const position = version.definition.extra.findIndex((question) => question.code === code)
    if (position < 0) continue
    count += whole.extraSums[2 * position] ?? 0
    sum += whole.extraSums[2 * position + 1] ?? 0
  }
  const mean = expectationMet(count, sum)
  return mean === null ? null : { mean, responses: count }
}

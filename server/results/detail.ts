import type { Database } from '../../db/client.ts'
import { readIndicatorVersions } from '../../db/results.ts'
import { type Selection, type Slice, tallyBy, tallyVersions, type VersionTally } from '../../db/results-slices.ts'
import { type CatalogueState, shapeOfVersion } from '../surveys/catalogue.ts'
import type { IndicatorView, Score, Sums } from './contract.ts'
import type { CriterionPart, IndicatorDetail, Part } from './detail-contract.ts'
import { readDenominator } from './denominator.ts'
import {
  compareScores,
  criterionScore,
  expectationMet,
  meanLevel,
  medianSeconds,
  tippingPoint,
  whollySatisfied,
} from './estimators.ts'
import { type Range, selectionOf } from './indicators.ts'
import { addSums, daysBefore, noSums, scoreOf } from './rules.ts'

/** Days up to this many are drawn one by one, longer ranges by month. */
const longestDailySeries = 62
/** The years of the plan. */
const planYears = [2026, 2027, 2028, 2029, 2030]
/** Asked and noted down by somebody who is not of the rated office. */
const independentChannel = 'interview'

/** Everything behind one indicator. Details cover closed days only: on the running day a slice could be one citizen. */
export async function readIndicatorDetail(
  database: Database,
  state: CatalogueState,
  indicator: IndicatorView,
  { from, to }: Range,
  today: string,
): Promise<IndicatorDetail> {
  const versions = await readIndicatorVersions(database, indicator.code)
  const current = versions[0] as (typeof versions)[number]
  const selection = selectionOf(current, state)
  const yesterday = daysBefore(today, 1)
  const through = to < yesterday ? to : yesterday
  const range = { from, to: through }
  const [slices, tallies, series, years, before, denominator] = await Promise.all([
    readSlices(database, selection, range),
    tallyVersions(database, state.versions.map(shapeOfVersion), selection, range.from, range.to),
    tallyBy(database, isShort(range) ? 'day' : 'month', selection, range.from, range.to),
    tallyBy(database, 'month', selection, `${planYears[0]}-01-01`, through),
    readBefore(database, selection, range),
    readDenominator(database, state, current.definition, selection, range, today),
  ])
  const closed = scoreOf(slices.channel.reduce((total, { sums }) => addSums(total, sums ?? noSums), noSums))
  return {
    indicator,
    from,
    to,
    closedThrough: from <= through ? through : null,
    formula: current.definition.formula,
    other: denominator.stratified,
    series: series.map(({ key, sums }) => ({ start: key, score: scoreOf(sums ?? noSums) })),
    ...describeQuestions(state, tallies),
    ...describeParts(state, slices),
    independence: compareIndependence(slices.channel),
    before: before && { ...before, difference: compareScores(before.score, closed) },
    denominator: denominator.known,
    tippingPoint:
      denominator.known && closed.score !== null
        ? tippingPoint(closed.score, indicator.target, denominator.known.responseRate)
        : null,
    years: planYears.map((year) => scoreOfYear(year, years, current.period, indicator.target)),
    versions: versions.map(({ definition, ...version }) => ({ ...version, formula: definition.formula })),
  }
}

const isShort = ({ from, to }: Range): boolean => daysBefore(to, longestDailySeries) < from

const partDimensions = ['field', 'place', 'channel', 'serviceMode', 'respondent', 'version'] as const
type Slices = Record<(typeof partDimensions)[number], Slice[]>

async function readSlices(database: Database, selection: Selection, { from, to }: Range): Promise<Slices> {
  const read = partDimensions.map(async (by) => [by, await tallyBy(database, by, selection, from, to)] as const)
  return Object.fromEntries(await Promise.all(read)) as Slices
}

async function readBefore(database: Database, selection: Selection, { from, to }: Range) {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  if (days < 1) return null
  const before = { from: daysBefore(from, days), to: daysBefore(from, 1) }
  const [slice] = await tallyBy(database, 'total', selection, before.from, before.to)
  return slice?.sums ? { ...before, score: scoreOf(slice.sums) } : null
}

function describeParts(state: CatalogueState, slices: Slices) {
  const names = {
    field: (key: string) => state.fields.find(({ id }) => String(id) === key)?.name.vi ?? 'Không nêu lĩnh vực',
    place: (key: string) => state.places.find(({ id }) => String(id) === key)?.name.vi ?? key,
    version: (key: string) => state.versionById.get(Number(key))?.definition.title.vi ?? key,
    plain: (key: string) => key,
  }
  const byTitle = mergeBy(slices.version, names.version)
  return {
    fields: toParts(slices.field, names.field),
    places: toParts(slices.place, names.place),
    channels: toParts(slices.channel, names.plain),
    serviceModes: toParts(slices.serviceMode, names.plain),
    respondents: toParts(slices.respondent, names.plain),
    questionnaires: toParts(byTitle, names.plain),
  }
}

/** Versions of one questionnaire are one part: the series goes on across versions. */
function mergeBy(slices: Slice[], nameOf: (key: string) => string): Slice[] {
  const merged = new Map<string, Slice>()
  for (const slice of slices) {
    const key = nameOf(slice.key)
    const known = merged.get(key)
    const sums = known?.sums && slice.sums ? addSums(known.sums, slice.sums) : (known?.sums ?? slice.sums)
    merged.set(key, {
      key,
      received: slice.received + (known?.received ?? 0),
      setAside: slice.setAside + (known?.setAside ?? 0),
      sums,
    })
  }
  return [...merged.values()]
}

/** Parts sorted by the dissatisfaction they hold, Σ(m − y) of the part over all. */
function toParts(slices: Slice[], labelOf: (key: string) => string): Part[] {
  const counted = slices.flatMap(({ key, sums }) => (sums && sums[0] > 0 ? [{ key, sums }] : []))
  const people = counted.reduce((sum, { sums }) => sum + sums[0], 0)
  const dissatisfaction = ({ sums }: { sums: Sums }) => Math.max(0, sums[3] - sums[2])
  const all = counted.reduce((sum, slice) => sum + dissatisfaction(slice), 0)
  return counted
    .map((slice) => ({
      key: slice.key,
      label: labelOf(slice.key),
      score: scoreOf(slice.sums),
      share: slice.sums[0] / people,
      harm: all > 0 ? dissatisfaction(slice) / all : 0,
    }))
    .sort((a, b) => b.harm - a.harm)
}

function describeQuestions(state: CatalogueState, tallies: VersionTally[]) {
  const totals = sumQuestions(state, tallies)
  const criteria = describeCriteria(totals.criteria)
  return {
    criteria,
    factors: describeFactors(totals.factors, criteria),
    mean: meanLevel(addCounts([...totals.criteria.values()].map(({ counts }) => counts))),
    whollySatisfied: totals.askedAll[0] > 0 ? whollySatisfied(totals.askedAll) : null,
    expectation: meanOf(totals.extras.get('expectation')),
    overall: meanOf(totals.extras.get('overall')),
    medianSeconds: medianSeconds(totals.durations),
  }
}

const meanOf = (extra: { count: number; sum: number } | undefined) => {
  const mean = extra ? expectationMet(extra.count, extra.sum) : null
  return extra && mean !== null ? { mean, responses: extra.count } : null
}

type CriterionTotal = { official: string; text: string; factor: string; counts: number[] }
type Totals = {
  criteria: Map<string, CriterionTotal>
  factors: Map<string, { title: string; sums: Sums; criteria: number }>
  extras: Map<string, { count: number; sum: number }>
  /** Of respondents who were asked every criterion. */
  askedAll: Sums
  durations: number[]
}

/** Adds versions and channels up under the codes of criteria, factors and extra questions. */
function sumQuestions(state: CatalogueState, tallies: VersionTally[]): Totals {
  const totals: Totals = { criteria: new Map(), factors: new Map(), extras: new Map(), askedAll: noSums, durations: Array(8).fill(0) }
  for (const tally of tallies) {
    const plan = state.versionById.get(tally.versionId)?.plan
    if (!plan) continue
    plan.definition.factors.forEach((factor, index) => {
      const sums = tally.moments.slice(7 * (index + 1), 7 * (index + 2)) as unknown as Sums
      const known = totals.factors.get(factor.code)
      totals.factors.set(factor.code, {
        title: factor.title.vi,
        sums: addSums(known?.sums ?? noSums, sums),
        criteria: factor.criteria.length,
      })
    })
    plan.criteria.forEach(({ code, official, text }, position) => {
      const counts = tally.counts.slice(6 * position, 6 * position + 6)
      const factor = plan.definition.factors[plan.factorOf[position] as number]?.title.vi ?? ''
      const known = totals.criteria.get(code)
      totals.criteria.set(code, { official, text: text.vi, factor, counts: addCounts(known ? [known.counts, counts] : [counts]) })
    })
    plan.definition.extra.forEach(({ code }, position) => {
      const [count = 0, sum = 0] = tally.extraSums.slice(2 * position, 2 * position + 2)
      const known = totals.extras.get(code) ?? { count: 0, sum: 0 }
      totals.extras.set(code, { count: known.count + count, sum: known.sum + sum })
    })
    const asksEverything = !plan.rotates || tally.channel === 'paper' || tally.channel === 'interview'
    if (asksEverything) totals.askedAll = addSums(totals.askedAll, tally.moments.slice(0, 7) as unknown as Sums)
    totals.durations = addCounts([totals.durations, tally.durations])
  }
  return totals
}

const addCounts = (all: number[][]): number[] =>
  all.reduce((sum, one) => one.map((value, index) => value + (sum[index] ?? 0)), [] as number[])

/** Every criterion weighs the same, so its harm is its share of all the criteria's dissatisfaction. */
function describeCriteria(totals: Totals['criteria']): CriterionPart[] {
  const rated = [...totals].map(([key, total]) => ({ key, ...total, score: criterionScore(total.counts) }))
  const all = rated.reduce((sum, { score }) => sum + lacking(score), 0)
  const answers = rated.reduce((sum, { score }) => sum + score.responses, 0)
  return rated
    .filter(({ score }) => score.responses > 0)
    .map(({ key, text, official, factor, counts, score }) => ({
      key,
      label: text,
      official,
      factor,
      score,
      mean: meanLevel(counts),
      share: answers > 0 ? score.responses / answers : 0,
      harm: all > 0 ? lacking(score) / all : 0,
    }))
    .sort((a, b) => b.harm - a.harm)
}

/** A factor weighs as many criteria as it has; its harm adds theirs up. */
function describeFactors(totals: Totals['factors'], criteria: CriterionPart[]): Part[] {
  const count = [...totals.values()].reduce((sum, factor) => sum + factor.criteria, 0)
  return [...totals]
    .filter(([, { sums }]) => sums[0] > 0)
    .map(([key, { title, sums, criteria: own }]) => ({
      key,
      label: title,
      score: scoreOf(sums),
      share: own / count,
      harm: criteria.filter(({ factor }) => factor === title).reduce((sum, { harm }) => sum + harm, 0),
    }))
    .sort((a, b) => b.harm - a.harm)
}

const lacking = ({ score }: Score): number => (score === null ? 0 : 100 - score)

/** Answers that the rated office collected itself beside those an interviewer noted down. */
function compareIndependence(channels: Slice[]): IndicatorDetail['independence'] {
  const sumOf = (isIndependent: boolean) =>
    channels
      .filter(({ key }) => (key === independentChannel) === isIndependent)
      .reduce((total, { sums }) => addSums(total, sums ?? noSums), noSums)
  const [selfRun, independent] = [scoreOf(sumOf(false)), scoreOf(sumOf(true))]
  if (selfRun.score === null || independent.score === null) return null
  return { selfRun, independent, difference: compareScores(independent, selfRun) }
}

function scoreOfYear(year: number, months: Slice[], period: string, target: number) {
  const sums = months
    .filter(({ key }) => key.startsWith(String(year)))
    .reduce((total, slice) => addSums(total, slice.sums ?? noSums), noSums)
  const [first, last = first] = (period.match(/\d{4}/g) ?? []).map(Number)
  const isDue = first !== undefined && last !== undefined && year >= first && year <= last
  return { year, score: scoreOf(sums), target: isDue ? target : null }
}

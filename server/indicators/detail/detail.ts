import type { Database } from '../../../db/client.ts'
import { readIndicatorVersions } from '../../../db/indicators/indicators.ts'
import { type Selection, type Slice, tallyBy, tallyVersions } from '../../../db/tallies/slices.ts'
import { type CatalogueState, shapeOfVersion } from '../../catalogue/catalogue.ts'
import { daysBefore } from '../../days.ts'
import { tippingPoint } from '../../score/estimators.ts'
import { noSums, scoreOf } from '../../score/rules.ts'
import type { IndicatorView } from '../contract.ts'
import { readDenominator } from '../denominator.ts'
import { type Range, selectionOf } from '../indicators.ts'
import { isDueIn } from '../target-rules.ts'
import { readBefore } from './before.ts'
import type { IndicatorDetail, IndicatorVersion, PlaceWeeks } from './contract.ts'
import { describeQuestions } from './questions.ts'
import { compareIndependence, describeParts, partDimensions, type Slices, totalOf } from './slices.ts'

/** Days up to this many are drawn one by one, longer ranges by month. */
const longestDailySeries = 62
/** The years of the plan. */
const planYears = [2026, 2027, 2028, 2029, 2030]

/** Everything behind one indicator. Details cover closed days only: on the running day a slice could be one citizen. */
export async function readIndicatorDetail(
  database: Database,
  state: CatalogueState,
  indicator: IndicatorView,
  { range, today, weeks = [] }: { range: Range; today: string; weeks?: PlaceWeeks[] },
): Promise<IndicatorDetail> {
  const versions = await readIndicatorVersions(database, indicator.code)
  const selection = selectionOf(versions[0] as (typeof versions)[number], state)
  return readDetailOf(database, state, { indicator, versions, selection, weeks }, { range, today })
}

/** An indicator, or a part of one: the newest version's definition says which; `by` where the series must be by month. */
export type DetailSubject = {
  indicator: IndicatorView
  versions: IndicatorVersion[]
  selection: Selection
  weeks: PlaceWeeks[]
  by?: 'month'
}

export async function readDetailOf(
  database: Database,
  state: CatalogueState,
  { indicator, versions, selection, weeks, by: asked }: DetailSubject,
  { range: { from, to }, today }: { range: Range; today: string },
): Promise<IndicatorDetail> {
  const { definition, period } = versions[0] as IndicatorVersion
  const yesterday = daysBefore(today, 1)
  const range = { from, to: to < yesterday ? to : yesterday }
  const shapes = state.versions.filter(({ id }) => selection.versionIds.includes(id)).map(shapeOfVersion)
  const by = asked ?? (isShort(range) ? 'day' : 'month')
  const [slices, tallies, series, years, { known, weighed }] = await Promise.all([
    readSlices(database, selection, range),
    tallyVersions(database, shapes, selection, range),
    tallyBy(database, by, selection, range),
    readYears(database, selection, { period, target: indicator.target }, today),
    readDenominator(database, state, { definition, selection, range, today }),
  ])
  const closed = scoreOf(totalOf(slices.channel))
  const before = await readBefore(database, selection, range, closed)
  return {
    indicator,
    from,
    to,
    closed,
    definition,
    weeks,
    closedThrough: from <= range.to ? range.to : null,
    formula: definition.formula,
    other: definition.formula === 'pooled' ? weighed : { formula: 'pooled', score: closed, covered: null },
    series: { by, points: series.map(({ key, sums }) => ({ start: key, score: scoreOf(sums ?? noSums) })) },
    ...describeQuestions(state, tallies),
    ...describeParts(state, slices),
    independence: compareIndependence(slices.channel),
    before,
    denominator: known,
    tippingPoint: tippingPoint(closed.score, indicator.target, known?.responseRate ?? null),
    years,
    versions,
    fieldNames: Object.fromEntries(state.fields.map(({ code, name }) => [code, name.vi])),
  }
}

/** Each year of the plan up to yesterday, pooled, and whether the target is due in it. */
export async function readYears(
  database: Database,
  selection: Selection,
  { period, target }: { period: string; target: number },
  today: string,
): Promise<IndicatorDetail['years']> {
  const months = await tallyBy(database, 'month', selection, {
    from: `${planYears[0]}-01-01`,
    to: daysBefore(today, 1),
  })
  return planYears.map((year) => scoreOfYear(year, months, period, target))
}

const isShort = ({ from, to }: Range): boolean => daysBefore(to, longestDailySeries) < from

async function readSlices(database: Database, selection: Selection, { from, to }: Range): Promise<Slices> {
  const read = partDimensions.map(async (by) => [by, await tallyBy(database, by, selection, { from, to })] as const)
  return Object.fromEntries(await Promise.all(read)) as Slices
}

function scoreOfYear(year: number, months: Slice[], period: string, target: number) {
  const own = months.filter(({ key }) => key.startsWith(String(year)))
  return {
    year,
    score: scoreOf(totalOf(own)),
    target: isDueIn(period, year) ? target : null,
  }
}

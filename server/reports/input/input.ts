import { type Indicator, readIndicators } from '../../../db/catalogue/indicators.ts'
import type { Database } from '../../../db/client.ts'
import { readCaseFigures, readPublishedImprovements } from '../../../db/reports/input.ts'
import { tallyBy } from '../../../db/tallies/slices.ts'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import { channels as channelOrder, type Sector } from '../../catalogue/contract.ts'
import { daysBefore } from '../../days.ts'
import type { IndicatorView } from '../../indicators/contract.ts'
import type { IndicatorDetail, Part } from '../../indicators/detail/contract.ts'
import { readIndicatorDetail } from '../../indicators/detail/detail.ts'
import { readIndicatorView, selectionOf } from '../../indicators/indicators.ts'
import type { Score } from '../../score/contract.ts'
import { compareScores } from '../../score/estimators.ts'
import { noSums, scoreOf } from '../../score/rules.ts'
import { issuerOf } from '../content/issuer-rules.ts'
import type { ReportInput } from '../contract.ts'
import { previousPeriodOf, yearUntil } from '../period-rules.ts'
import { readBasis } from './basis.ts'
import {
  type Before,
  type Group,
  type IndicatorFigures,
  inputFormat,
  type Paragraphs,
  type Period,
  type ReportRequest,
  type ReportValues,
} from './contract.ts'
import { labelFactors, readQuestionnaires } from './questionnaires.ts'
import { readTallies } from './tallies.ts'
import { readWaveFigures } from './waves.ts'

/**
 * Everything a report says, read once and frozen. Closed days only: a report of a running period ends yesterday, so
 * that no two drafts of one day differ by one citizen.
 */
export async function readReportInput(
  database: Database,
  state: CatalogueState,
  request: ReportRequest,
  { today, paragraphs = {} }: { today: string; paragraphs?: Paragraphs },
): Promise<ReportInput> {
  const { kind, sector, agency } = request
  const range = closedPart(request, today)
  const asked = request.previous ?? previousPeriodOf(kind, range.from <= range.to ? range : request)
  const previous = closedPart(asked, today)
  const owner = state.agencies.find(({ id }) => id === agency)
  const values: ReportValues = {
    kind,
    sector,
    previous,
    paragraphs,
    period: { from: request.from, to: request.to },
    through: range.from <= range.to ? range.to : null,
    unfinished: request.to >= today,
    madeOn: today,
    issuer: issuerOf(sector, owner?.name.vi),
    ...(await readFigures(database, state, { sector, range, previous, today })),
    ...(await readSurroundings(database, state, sector, range)),
    basis: kind === 'annual_plan' ? await readBasis(database, state, { sector, firstDay: request.from, today }) : null,
  }
  return { format: inputFormat, values }
}

const closedPart = ({ from, to }: Period, today: string): Period => {
  const yesterday = daysBefore(today, 1)
  return { from, to: to < yesterday ? to : yesterday }
}

async function readFigures(
  database: Database,
  state: CatalogueState,
  { sector, range, previous, today }: { sector: Sector; range: Period; previous: Period; today: string },
) {
  const all = await readIndicators(database)
  const own = all.filter(({ definition }) => definition.sector === sector)
  const main = own.find(takesWholeSector) ?? (own[0] as Indicator)
  const read = (one: Indicator, period: Period) =>
    readIndicatorView(database, state, one, { range: period, today, precision: 'exact' })
  const [views, earlier] = [
    await Promise.all(own.map((one) => read(one, range))),
    await Promise.all(own.map((one) => read(one, previous))),
  ]
  const position = own.indexOf(main)
  const detailOf = (view: IndicatorView | undefined, period: Period) =>
    readIndicatorDetail(database, state, view as IndicatorView, { range: period, today })
  const detail = await detailOf(views[position], range)
  const before = await detailOf(earlier[position], previous)
  return {
    main: main.code,
    indicators: own.map((one, index) =>
      describeIndicator(one, views[index] as IndicatorView, earlier[index] as IndicatorView, state),
    ),
    ...describeDetail(state, sector, detail, before),
    ...(await readCounts(database, state, main, range)),
  }
}

const takesWholeSector = ({ definition: { questionnaire, fields, serviceModes, channels } }: Indicator): boolean =>
  !fields && !serviceModes && !channels && questionnaire !== 'household'

function describeIndicator(
  { definition, version }: Indicator,
  view: IndicatorView,
  earlier: IndicatorView,
  state: CatalogueState,
): IndicatorFigures {
  const { code, title, target, period, verdict, reason, belief, provisional, missing, dueFrom } = view
  return {
    code,
    title,
    target,
    period,
    version,
    verdict,
    reason,
    belief,
    dueFrom,
    provisional,
    missing,
    formula: definition.formula,
    fieldNames: (definition.fields ?? []).map((field) => state.fieldByCode.get(field)?.name.vi ?? field),
    onlineOnly: definition.serviceModes?.every((mode) => mode === 'online') ?? false,
    score: pick(view),
    before: compareWith(pick(view), pick(earlier)),
  }
}

const pick = ({ score, lower, upper, responses }: Score): Score => ({ score, lower, upper, responses })

function compareWith(score: Score, earlier: Score | undefined): Before | null {
  if (!earlier || earlier.score === null) return null
  return { score: earlier, difference: compareScores(score, earlier) }
}

/** Parts in the order of the catalogue, each beside its own earlier score. */
function describeDetail(state: CatalogueState, sector: Sector, detail: IndicatorDetail, before: IndicatorDetail) {
  const positions = (ids: { id: number }[]) => ids.map(({ id }) => String(id))
  const group = (parts: Part[], earlier: Part[], order: readonly string[]): Group[] =>
    [...parts]
      .sort((a, b) => rank(order, a.key) - rank(order, b.key))
      .map(({ key, label, score }) => {
        const known = earlier.find((part) => part.key === key)
        return { key, label, score, before: compareWith(score, known?.score) }
      })
  const labels = labelFactors(state, sector)
  const { mean, expectation, whollySatisfied, medianSeconds, independence, other, tippingPoint } = detail
  return {
    mean,
    expectation,
    whollySatisfied,
    medianSeconds,
    independence,
    other,
    tippingPoint,
    overall: detail.closed,
    overallRating: detail.overall,
    denominator: detail.denominator,
    factors: group(detail.factors, before.factors, [...labels.keys()]).map((one) => ({
      ...one,
      label: labels.get(one.key) ?? one.label,
    })),
    fields: group(detail.fields, before.fields, positions(state.fields)),
    places: group(detail.places, before.places, positions(state.places)),
    channels: group(detail.channels, before.channels, channelOrder),
    serviceModes: group(detail.serviceModes, before.serviceModes, ['direct', 'online', 'unstated']),
    respondents: group(detail.respondents, before.respondents, ['citizen', 'enterprise', 'unstated']),
  }
}

const rank = (order: readonly string[], key: string): number => {
  const index = order.indexOf(key)
  return index < 0 ? order.length : index
}

/** Received and set aside in the range, and the line by month: of a short range, the year that ends with it. */
async function readCounts(database: Database, state: CatalogueState, main: Indicator, { from, to }: Period) {
  const selection = selectionOf(main, state)
  const start = from.slice(0, 7) === `${to.slice(0, 4)}-01` ? from : [from, yearUntil(to)].sort()[0]
  const [totals, months] = await Promise.all([
    tallyBy(database, 'total', selection, { from, to }),
    tallyBy(database, 'month', selection, { from: start as string, to }),
  ])
  return {
    received: totals.reduce((sum, { received }) => sum + received, 0),
    setAside: totals.reduce((sum, { setAside }) => sum + setAside, 0),
    months: months.map(({ key, sums }) => ({ month: key.slice(0, 7), score: scoreOf(sums ?? noSums) })),
  }
}

async function readSurroundings(database: Database, state: CatalogueState, sector: Sector, range: Period) {
  const places = state.places.filter((place) => place.sector === sector)
  const agencies = [...new Set(places.map(({ agencyId }) => agencyId))]
  const placeIds = places.map(({ id }) => id)
  const [questionnaires, tallies, waves, cases, improvements] = await Promise.all([
    readQuestionnaires(database, state, sector, range),
    readTallies(database, state, sector, range),
    readWaveFigures(database, state, sector, range),
    readCaseFigures(database, placeIds, range.from, range.to),
    readPublishedImprovements(database, agencies, range.from, range.to),
  ])
  return { questionnaires, tallies, waves, cases, improvements }
}

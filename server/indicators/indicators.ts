import { type Indicator, readIndicators } from '../../db/catalogue/indicators.ts'
import type { Database } from '../../db/client.ts'
import type { Selection } from '../../db/tallies/slices.ts'
import { type SelectionTally, tallySelection } from '../../db/tallies/tallies.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { PlaceId, Scope } from '../catalogue/contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import { daysBefore } from '../days.ts'
import type { Belief, Sources } from '../score/contract.ts'
import { missingAt, missingToVerdict, noSums, scoreOf } from '../score/rules.ts'
import { isInScope } from '../staff/permission-rules.ts'
import { readBelief } from './belief/belief.ts'
import { readPending } from './belief/pending.ts'
import type { Judged } from './belief/rules.ts'
import type { IndicatorResult, IndicatorView } from './contract.ts'
import { readDenominator, type Weighed } from './denominator.ts'
import { withholdFewInView } from './detail/few-rules.ts'
import { dueFrom, isProvisional } from './target-rules.ts'

export type Range = { from: string; to: string }

/** An indicator's definition, of some of its places only where these are named. */
export type Defined = Pick<Indicator, 'definition'> & { placeIds?: PlaceId[] | undefined }

/**
 * Exact for the API key; people see closed days (design: no screen gives one citizen away). An indicator is a part of an
 * agency or of several: beside the agencies' running scores it would tell what is left of them.
 */
export type Precision = 'exact' | 'held'

export type ViewsAsked = { range: Range; today: string; precision: Precision; scope?: Scope }

/** The indicators whose owners are in the scope, over a range of days, both included. */
export async function readIndicatorViews(
  database: Database,
  state: CatalogueState,
  { range, today, precision, scope = 'all' }: ViewsAsked,
): Promise<IndicatorView[]> {
  const indicators = (await readIndicators(database)).filter(({ ownerAgencyId }) => isInScope(scope, ownerAgencyId))
  return Promise.all(
    indicators.map((indicator) => readIndicatorView(database, state, indicator, { range, today, precision })),
  )
}

export async function readIndicatorView(
  database: Database,
  state: CatalogueState,
  indicator: Indicator & Defined,
  { range, today, precision }: { range: Range; today: string; precision: Precision },
): Promise<IndicatorView> {
  const { definition } = indicator
  const selection = selectionOf(indicator, state)
  const isWeighed = definition.formula === 'stratified'
  const closedTo = range.to >= today ? daysBefore(today, 1) : range.to
  // Visits of a running day are not complete, so people see the closed days; whoever has the key sees what there is.
  const to = precision === 'held' ? closedTo : range.to
  const [tally, known] = await Promise.all([
    tallyAs(database, { precision, selection, range, today }),
    isWeighed
      ? readDenominator(database, state, { definition, selection, range: { from: range.from, to }, today })
      : null,
  ])
  const question = {
    definition,
    selection,
    target: indicator.target,
    weigh: known?.weigh ?? null,
    planOf: planOf(state),
  }
  const belief = await readBelief(database, question, { from: range.from, to: closedTo })
  const show = precision === 'exact' ? (one: IndicatorView) => one : withholdFewInView
  const due = dueFrom(indicator.period, range.to)
  const described = { ...describeIndicator(indicator, { tally, belief }, state, today), dueFrom: due }
  const view = due === null ? described : { ...described, missing: null }
  if (isWeighed) return show(weighView(view, known?.weighed ?? null))
  return show(
    definition.questionnaire === 'household' && tally.sums === null
      ? { ...view, instead: await readCounterScore(database, state, { precision, range, today }) }
      : view,
  )
}

/** What an indicator's verdict rests on, and the verdict, over closed days. */
export async function readBeliefOf(
  database: Database,
  state: CatalogueState,
  indicator: Pick<Indicator, 'definition' | 'target'>,
  { range, today }: { range: Range; today: string },
): Promise<Belief & Judged> {
  const { definition, target } = indicator
  const selection = selectionOf(indicator, state)
  const isWeighed = definition.formula === 'stratified'
  const known = isWeighed ? await readDenominator(database, state, { definition, selection, range, today }) : null
  return readBelief(
    database,
    { definition, selection, target, weigh: known?.weigh ?? null, planOf: planOf(state) },
    range,
  )
}

/** What waits to be decided among an indicator's responses; null where nothing does. Cheap where nothing does. */
export const readPendingOf = (database: Database, state: CatalogueState, indicator: Defined, range: Range) =>
  readPending(database, { selection: selectionOf(indicator, state), planOf: planOf(state) }, range)

const planOf = (state: CatalogueState) => (versionId: number) => state.versionById.get(versionId)?.plan as Plan

/** Only the members that the public contract names. */
export function toResult({
  code,
  title,
  target,
  period,
  owner,
  score,
  lower,
  upper,
  responses,
  verdict,
  reason,
  dueFrom: due,
  belief,
}: IndicatorView): IndicatorResult {
  const about = { code, title, target, period, owner }
  const [sources, pending] = [toSources(belief), toPending(belief)]
  return { ...about, score, lower, upper, responses, verdict, reason, dueFrom: due, sources, pending }
}

export const toPending = ({ pending }: Belief): IndicatorResult['pending'] =>
  pending ? { patterns: pending.patterns, responses: pending.responses, verdictWithout: pending.without.verdict } : null

export function toSources({ proven, open, difference, unminted, provenShare, tickets }: Belief): Sources {
  const interval = difference && {
    difference: difference.difference,
    lower: difference.lower,
    upper: difference.upper,
  }
  return { proven, open, difference: interval, unminted, provenShare, tickets }
}

type TallyAsked = { precision: Precision; selection: Selection; range: Range; today: string }

/** The range as the reader may see it. */
async function tallyAs(
  database: Database,
  { precision, selection, range: { from, to }, today }: TallyAsked,
): Promise<SelectionTally> {
  const last = precision === 'exact' || to < today ? to : daysBefore(today, 1)
  return from > last ? { sums: null, setAside: 0, channels: [] } : tallySelection(database, selection, from, last)
}

/** Which responses an indicator's definition names. */
export function selectionOf({ definition, placeIds }: Defined, state: CatalogueState): Selection {
  const { sector, questionnaire, fields, serviceModes, channels } = definition
  return {
    versionIds: state.versions
      .filter((version) => !sector || version.definition.sector === sector)
      .filter((version) => !questionnaire || version.code === questionnaire)
      .map((version) => version.id),
    fieldIds: fields?.map((code) => state.fieldByCode.get(code)?.id ?? -1),
    serviceModes,
    channels,
    placeIds,
  }
}

function describeIndicator(
  indicator: Indicator,
  {
    tally: { sums, setAside, channels },
    belief: { verdict, reason, ...belief },
  }: { tally: SelectionTally; belief: Belief & Judged },
  state: CatalogueState,
  today: string,
): Omit<IndicatorView, 'dueFrom'> {
  const score = scoreOf(sums ?? noSums)
  const owner = state.agencies.find((agency) => agency.id === indicator.ownerAgencyId)
  return {
    code: indicator.code,
    title: indicator.title,
    target: indicator.target,
    period: indicator.period,
    owner: owner?.code ?? '',
    ownerName: owner?.name.vi ?? '',
    ...score,
    verdict,
    reason,
    belief,
    missing: missingToVerdict(sums ?? noSums, indicator.target),
    pointReaches: score.score === null ? null : score.score >= indicator.target,
    provisional: isProvisional(indicator.period, today),
    setAside,
    channels,
    instead: null,
  }
}

/** The score weighed by visits in place of the pooled one; none where no visits are known, never the pooled one instead. */
function weighView(view: IndicatorView, weighed: Weighed | null): IndicatorView {
  const score = weighed?.score ?? { ...scoreOf(noSums), responses: view.responses }
  return {
    ...view,
    ...score,
    missing:
      weighed?.effectiveSize && view.dueFrom === null ? missingAt(score, weighed.effectiveSize, view.target) : null,
    pointReaches: score.score === null ? null : score.score >= view.target,
  }
}

/** What II.7 can say without a household wave: users' answers at the counters, under their own honest name. */
async function readCounterScore(
  database: Database,
  state: CatalogueState,
  { precision, range, today }: { precision: Precision; range: Range; today: string },
) {
  const selection = {
    versionIds: state.versions.filter((version) => version.code === 'administrative').map((version) => version.id),
  }
  const { sums } = await tallyAs(database, { precision, selection, range, today })
  return {
    ...scoreOf(sums ?? noSums),
    label: 'Chỉ số hài lòng theo khung tiêu chí SIPAS, do người dùng dịch vụ tự trả lời',
  }
}

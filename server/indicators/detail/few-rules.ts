import { fewestShown, shown } from '../../score/rules.ts'
import type { IndicatorView } from '../contract.ts'
import type { IndicatorDetail, Part } from './contract.ts'

/** As people see it: no score, verdict or side of fewer than five. */
export function withholdFewInView(view: IndicatorView): IndicatorView {
  const { belief, instead } = view
  const sides = { proven: shown(belief.proven), open: shown(belief.open), carrying: shown(belief.carrying) }
  const shownView = { ...view, belief: { ...belief, ...sides }, instead: instead && { ...instead, ...shown(instead) } }
  if (view.responses >= fewestShown) return shownView
  return { ...shownView, ...shown(view), missing: null, pointReaches: null }
}

/** A detail as people see it: no score, mean or difference of fewer than five. Reports freeze the exact one and have their own rule. */
export function withholdFewInDetail(detail: IndicatorDetail): IndicatorDetail {
  const { other, series, independence, before, weeks } = detail
  const least = (...sides: { responses: number }[]) => sides.every(({ responses }) => responses >= fewestShown)
  return {
    ...detail,
    ...Object.fromEntries(partLists.map((list) => [list, detail[list].map(withholdPart)])),
    closed: shown(detail.closed),
    other: other && { ...other, score: shown(other.score) },
    series: { ...series, points: series.points.map((point) => ({ ...point, score: shown(point.score) })) },
    independence: independence && least(independence.selfRun, independence.independent) ? independence : null,
    before: before && least(detail.closed, before.score) ? before : null,
    overall: detail.overall && least(detail.overall) ? detail.overall : null,
    expectation: detail.expectation && least(detail.expectation) ? detail.expectation : null,
    years: detail.years.map((year) => ({ ...year, score: shown(year.score) })),
    weeks: weeks.map((place) => ({
      ...place,
      weeks: place.weeks.map((week) => (least(week) ? week : { ...week, score: null })),
    })),
  }
}

const partLists = [
  'factors',
  'criteria',
  'fields',
  'places',
  'channels',
  'serviceModes',
  'respondents',
  'questionnaires',
] as const

/** The share of the dissatisfaction would tell the score of so few as well. */
function withholdPart<T extends Part>(part: T): T {
  if (part.score.responses >= fewestShown) return part
  return { ...part, score: shown(part.score), harm: 0, ...('mean' in part && { mean: null }) }
}

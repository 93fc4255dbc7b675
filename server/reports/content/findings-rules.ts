import type { Score } from '../../score/contract.ts'
import type { CriterionFigures, Group, IndicatorFigures, ReportValues } from '../input/contract.ts'

/** A group with fewer answers shows no figure: it would be the answers of people one can name. */
export const fewestToShow = 5

export type KnownScore = { score: number; lower: number; upper: number; responses: number }

export const isShown = (score: Score): score is KnownScore => score.score !== null && score.responses >= fewestToShow

/** The part that lies below (or above) every other one by whole intervals; undefined where that cannot be shown. */
export function findEnds<T extends { score: Score }>(parts: T[]): { lowest: T | undefined; highest: T | undefined } {
  const shown = parts.filter(({ score }) => isShown(score))
  if (shown.length < 2) return { lowest: undefined, highest: undefined }
  const others = (one: T) => shown.filter((part) => part !== one)
  return {
    lowest: shown.find((one) => others(one).every(({ score }) => isBelow(one.score, score))),
    highest: shown.find((one) => others(one).every(({ score }) => isBelow(score, one.score))),
  }
}

const isBelow = (a: Score, b: Score): boolean => (a.upper as number) < (b.lower as number)

/** Criteria whose whole interval lies under that of all answers, the lowest first. */
export function findWeakCriteria(criteria: CriterionFigures[], overall: Score): CriterionFigures[] {
  return findBelow(criteria, overall).sort((a, b) => (a.score.score as number) - (b.score.score as number))
}

/** Parts whose whole interval lies under that of all answers. */
export function findBelow<T extends { score: Score }>(parts: T[], overall: Score): T[] {
  return isShown(overall) ? parts.filter(({ score }) => isShown(score) && isBelow(score, overall)) : []
}

/** Parts that rose or fell by more than chance. */
export function findChanged(groups: Group[], change: 'rise' | 'fall'): Group[] {
  return groups.filter(
    ({ score, before }) => before && isShown(score) && isShown(before.score) && before.difference?.change === change,
  )
}

export function mainIndicator({ indicators, main }: ReportValues): IndicatorFigures | undefined {
  return indicators.find(({ code }) => code === main)
}

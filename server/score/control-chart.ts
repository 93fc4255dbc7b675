import type { Sums } from './contract.ts'
import { addSums, effectiveSize, noSums } from './rules.ts'

/** The closed weeks of one place, oldest first; `week` is only a name. */
export type Week = { week: string; sums: Sums }

export type Signal = 'fall' | 'rise' | null

/** Percents; centre, limits and signal are null where the week was not judged. */
export type WeekPoint = {
  week: string
  /** Null where the answers go on to the next week: too few to show alone. */
  score: number | null
  responses: number
  /** How many weeks' answers this point gathers: 0 when they go on to the next one, 2 when it took a small week along. */
  gathers: number
  centre: number | null
  lower: number | null
  upper: number | null
  signal: Signal
}

/** A point is judged with at least so many answers: fewer say nothing about a week. */
export const leastAnswers = 10
/**
 * The baseline: at most half a year of points, at least so many before the first judgement. The newest ones stay out, as in
 * the C2 rule of Hutwagner et al. (Journal of Urban Health 80 (2003) i89-i96): a fall that begins slowly must not hide itself.
 */
export const baselineWeeks = { least: 8, most: 26, leftOut: 2 } as const
/** Multiplier of the control limits: Shewhart's own, which the simulation confirms (METHOD.md). */
export const limitWidth = 3

/** So many imaginary calm weeks steady σz: eight real ones alone estimate it too roughly to find a fall. */
const calmWeeks = 4

/** d₂ of a range of two, which turns a mean moving range into a standard deviation (Shewhart 1931). */
const d2 = 2 / Math.sqrt(Math.PI)

type Point = { sums: Sums; signal: Signal }

/**
 * Early warning for one place: each week against the weeks before it, never against itself.
 * D. B. Laney, "Improved control charts for attributes", Quality Engineering 14 (2002) 531-537, with two changes that the
 * simulated false alarms ask for: the scale is the angle of the score (Anscombe, Biometrika 35 (1948) 246-254), because weeks
 * near 100 % lie lopsided, and the spread within a week is that of respondents, not of answers.
 * Give it closed weeks only: a running week would be judged again with every answer.
 */
export function signalsOf(weeks: Week[]): WeekPoint[] {
  const judged: Point[] = []
  let waiting = { sums: noSums, weeks: 0 }
  return weeks.map(({ week, sums }) => {
    const gathered = { sums: addSums(waiting.sums, sums), weeks: waiting.weeks + 1 }
    if (gathered.sums[0] < leastAnswers) {
      waiting = gathered
      return { week, score: null, responses: sums[0], gathers: 0, ...notJudged }
    }
    waiting = { sums: noSums, weeks: 0 }
    const [responses] = gathered.sums
    const limits = limitsFor(gathered.sums, baselineOf(judged))
    judged.push({ sums: gathered.sums, signal: limits.signal })
    return { week, score: shareOf(gathered.sums) * 100, responses, gathers: gathered.weeks, ...limits }
  })
}

const notJudged = { centre: null, lower: null, upper: null, signal: null } as const
const shareOf = ([, , y, m]: Sums): number => Math.min(1, y / m)

/** A signal standing alone is an accident and stays out of later baselines; two in a row are a new level and go in. */
function baselineOf(points: Point[]): Sums[] {
  const usable = points
    .slice(0, Math.max(0, points.length - baselineWeeks.leftOut))
    .filter(
      ({ signal }, index) =>
        signal === null || points[index - 1]?.signal === signal || points[index + 1]?.signal === signal,
    )
  return usable.slice(-baselineWeeks.most).map(({ sums }) => sums)
}

type Limits = Pick<WeekPoint, 'centre' | 'lower' | 'upper' | 'signal'>

/**
 * On the scale of angles a week's variance is (1/n_eff + 1/N_eff)·σz², whatever its score; n_eff = n·(effective size of the
 * baseline / its respondents), N_eff is the baseline's own, because its centre is estimated too.
 */
function limitsFor(sums: Sums, baseline: Sums[]): Limits {
  if (baseline.length < baselineWeeks.least) return notJudged
  const whole = baseline.reduce(addSums, noSums)
  const size = effectiveSize(whole)
  const worth = size / whole[0]
  const answers = sums[0] * worth
  const centre = shareOf(whole)
  const spread = limitWidth * overdispersion(baseline, worth) * Math.sqrt(1 / answers + 1 / size)
  const angle = angleOf(centre, size)
  const lower = Math.min(centre, shareOfAngle(angle - spread, answers))
  const upper = Math.max(centre, shareOfAngle(angle + spread, answers))
  const share = shareOf(sums)
  const signal = share < lower ? 'fall' : share > upper ? 'rise' : null
  return { centre: centre * 100, lower: lower * 100, upper: upper * 100, signal }
}

/**
 * Laney's σz: the mean moving range of the standardised weeks over d₂, here averaged with some calm weeks, where it is 1.
 * Never below 1: a quiet stretch must not narrow the limits under what respondents alone explain.
 * `worth` = effective answers per respondent.
 */
export function overdispersion(baseline: Sums[], worth: number): number {
  const whole = baseline.reduce(addSums, noSums)
  const centre = angleOf(shareOf(whole), whole[0] * worth)
  const scores = baseline.map((sums) => {
    const answers = sums[0] * worth
    return (angleOf(shareOf(sums), answers) - centre) * Math.sqrt(answers)
  })
  const ranges = scores.slice(1).map((score, index) => Math.abs(score - (scores[index] as number)))
  const total = ranges.reduce((sum, range) => sum + range, 0) / d2
  return Math.max(1, (total + calmWeeks) / (ranges.length + calmWeeks))
}

/** Anscombe's angle 2·arcsin√((x + 3/8) / (n + 3/4)): its variance is 1/n, and a flawless week does not stand out by itself. */
export const angleOf = (share: number, answers: number): number =>
  2 * Math.asin(Math.sqrt((share * answers + 3 / 8) / (answers + 3 / 4)))

/** The share that has this angle among so many answers, kept within 0-1. */
export function shareOfAngle(angle: number, answers: number): number {
  const steadied = Math.sin(Math.min(Math.PI, Math.max(0, angle)) / 2) ** 2
  return Math.min(1, Math.max(0, (steadied * (answers + 3 / 4) - 3 / 8) / answers))
}

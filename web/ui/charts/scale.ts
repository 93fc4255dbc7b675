import type { Score } from '../../../server/score/contract.ts'

/** One scale for everything drawn in one table; percents, its ends are printed. */
export type Scale = {
  lowest: number
  highest: number
  ticks: number[]
  /** How far along the scale a percent lies, from 0 to 1. A line of arithmetic: d3-scale would cost 12 KB gz here. */
  share: (percent: number) => number
}

/**
 * From a round number under every interval and well under the target, up to 100:
 * a fixed 0-100 would squeeze the part that matters, a cut that moved per row would lie.
 */
export function chooseScale(scores: Score[], targets: number[]): Scale {
  return scaleFor(
    scores.flatMap(({ lower }) => (lower === null ? [] : [lower])),
    targets,
  )
}

/** The same for drawings without intervals: from under every value. */
export function scaleFor(values: number[], targets: number[]): Scale {
  const wanted = [...values, ...targets.map((target) => target - 10)]
  const lowest = Math.max(...starts.filter((start) => start <= Math.max(0, Math.min(...wanted, 80))))
  const share = (percent: number) => Math.min(1, Math.max(0, (percent - lowest) / (100 - lowest)))
  return { lowest, highest: 100, ticks: ticksFrom(lowest), share }
}

/** Where an interval lies against the target; drawn as a shape and said in words, never by colour alone. */
export type Standing = 'above' | 'across' | 'below'

export function standingOf({ lower, upper }: { lower: number; upper: number }, target: number): Standing {
  if (lower >= target) return 'above'
  return upper < target ? 'below' : 'across'
}

/** Where a scale may begin: each leaves four or five even steps up to 100. */
const starts = [0, 20, 40, 60, 70, 80]

function ticksFrom(lowest: number): number[] {
  const step = lowest === 0 ? 25 : lowest <= 40 ? 20 : lowest <= 70 ? 10 : 5
  return Array.from({ length: (100 - lowest) / step + 1 }, (_, index) => lowest + index * step)
}

import type { Plan } from '../../server/catalogue/draw-rules.ts'
import { baselineWeeks, type Signal, signalsOf, type Week } from '../../server/score/control-chart.ts'
import { type Crowd, createPopulation, createRandom, drawNormal, drawSums, formOf, type Random } from './population.ts'

/** A place whose weeks are alike but for chance: about so many answers a week, ±30 %; `drift` = standard deviation of its true index from week to week. */
export type Place = Crowd & { perWeek: number; rotated: boolean; drift: number }

export const chartIndexes = [0.85, 0.9, 0.95, 0.97]
export const chartSizes = [25, 50, 100, 200]
/** The fewest weeks before a week that can be judged. */
export const firstJudged = baselineWeeks.least + baselineWeeks.leftOut

export function listPlaces(): Place[] {
  return chartIndexes.flatMap((index) =>
    chartSizes.flatMap((perWeek) =>
      [0.1, 0.3, 0.6].flatMap((correlation) =>
        (['beta', 'straight'] as const).flatMap((kind) =>
          [true, false].flatMap((rotated) =>
            [0, 0.01].map((drift) => ({ index, perWeek, correlation, kind, rotated, uneven: false, drift })),
          ),
        ),
      ),
    ),
  )
}

/** Signals per place-year in the 52 weeks after the shortest baseline, where nothing but chance happens. */
export function countFalseSignals(
  plan: Plan,
  place: Place,
  years: number,
  seed: number,
): Record<'fall' | 'rise', number> {
  const random = createRandom(seed)
  const counted = { fall: 0, rise: 0 }
  for (let year = 0; year < years; year += 1) {
    for (const signal of signalsIn(plan, place, { random, indexOf: () => place.index, count: firstJudged + 52 })) {
      if (signal) counted[signal] += 1 / years
    }
  }
  return counted
}

/** The share of falls to another index found within three weeks, which comes after so many weeks. */
export function shareFound(
  plan: Plan,
  place: Place,
  { fallTo, before, runs, seed }: { fallTo: number; before: number; runs: number; seed: number },
) {
  const random = createRandom(seed)
  let found = 0
  for (let run = 0; run < runs; run += 1) {
    const signals = signalsIn(plan, place, {
      random,
      indexOf: (week) => (week < before ? place.index : fallTo),
      count: before + 3,
    })
    if (signals.slice(-3).includes('fall')) found += 1
  }
  return found / runs
}

function signalsIn(
  plan: Plan,
  place: Place,
  { random, indexOf, count }: { random: Random; indexOf: (week: number) => number; count: number },
): Signal[] {
  const form = formOf(plan, place.rotated)
  const weeks = Array.from({ length: count }, (_, number): Week => {
    const index = Math.min(0.999, indexOf(number) + (place.drift ? place.drift * drawNormal(random) : 0))
    const population = createPopulation({ ...place, index }, plan.criteria.length)
    const respondents = Math.round(place.perWeek * (0.7 + 0.6 * random()))
    return { week: String(number), sums: drawSums(random, population, form, respondents) }
  })
  return signalsOf(weeks).map(({ signal }) => signal)
}

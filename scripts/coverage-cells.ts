import { scoreOf } from '../server/results/rules.ts'
import type { Plan } from '../server/surveys/rules.ts'
import { type Crowd, createPopulation, createRandom, drawSums, formOf } from './coverage-population.ts'

export type Cell = Crowd & { respondents: number; rotated: boolean }

/** Shares of the runs of one cell, and the mean score (0-100). */
export type Outcome = {
  covered: number
  /** The interval lies above the truth: with a target of just that value, "met" would be claimed wrongly. */
  wronglyMet: number
  meanScore: number
}

export const indexes = [0.8, 0.85, 0.9, 0.95, 0.98]
export const sizes = [20, 50, 100, 200, 400]
export const correlations = [0.1, 0.3, 0.6]

/** Every combination that the promise names. */
export function listCells(): Cell[] {
  return indexes.flatMap((index) =>
    sizes.flatMap((respondents) =>
      correlations.flatMap((correlation) =>
        (['beta', 'straight'] as const).flatMap((kind) =>
          [true, false].flatMap((rotated) =>
            [false, true].map((uneven) => ({ index, respondents, correlation, kind, rotated, uneven })),
          ),
        ),
      ),
    ),
  )
}

export function simulateCell(plan: Plan, cell: Cell, runs: number, seed: number): Outcome {
  const random = createRandom(seed)
  const population = createPopulation(cell, plan.criteria.length)
  const form = formOf(plan, cell.rotated)
  const truth = cell.index * 100
  let [covered, wronglyMet, total] = [0, 0, 0]
  for (let run = 0; run < runs; run += 1) {
    const { score, lower, upper } = scoreOf(drawSums(random, population, form, cell.respondents))
    if ((lower as number) <= truth && truth <= (upper as number)) covered += 1
    if ((lower as number) > truth) wronglyMet += 1
    total += score as number
  }
  return { covered: covered / runs, wronglyMet: wronglyMet / runs, meanScore: total / runs }
}

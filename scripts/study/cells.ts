import type { Plan } from '../../server/catalogue/draw-rules.ts'
import type { Score } from '../../server/score/contract.ts'
import { compareScores, scoreFromList, stratifiedScore } from '../../server/score/estimators.ts'
import { addSums, noSums, scoreOf } from '../../server/score/rules.ts'
import { type Crowd, createPopulation, createRandom, drawSums, formOf, type Random } from './population.ts'

export type Cell = Crowd & { respondents: number; rotated: boolean }

/** Shares of the runs of one cell, and the mean score (0-100). */
export type Outcome = {
  covered: number
  /** The interval lies above the truth: with a target of just that value, "met" would be claimed wrongly. */
  wronglyMet: number
  meanScore: number
  /** Standard error of the mean score over the runs. */
  standardError: number
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
  return judgeRuns(runs, () => ({
    score: scoreOf(drawSums(random, population, form, cell.respondents)),
    truth: cell.index,
  }))
}

/** How often an interval holds its truth (0-1), over so many runs. */
function judgeRuns(runs: number, run: () => { score: Score; truth: number }): Outcome {
  let [covered, wronglyMet, total, squares] = [0, 0, 0, 0]
  for (let done = 0; done < runs; done += 1) {
    const { score, truth } = run()
    const [lower, upper] = [score.lower as number, score.upper as number]
    // An end that equals the truth but for rounding holds it.
    if (lower <= truth * 100 + 1e-9 && truth * 100 <= upper + 1e-9) covered += 1
    if (lower > truth * 100 + 1e-9) wronglyMet += 1
    total += score.score as number
    squares += (score.score as number) ** 2
  }
  const meanScore = total / runs
  const standardError = Math.sqrt((squares / runs - meanScore ** 2) / runs)
  return { covered: covered / runs, wronglyMet: wronglyMet / runs, meanScore, standardError }
}

export type StratumCell = { population: number; index: number; respondents: number }
export type StrataCell = { name: string; strata: StratumCell[]; correlation: number; kind: Crowd['kind'] }

/** Three fields with very unequal visits, scores and response rates; the smallest heard by few. */
export function listStrataCells(): StrataCell[] {
  const shapes = { few: [30, 12, 6], some: [80, 40, 20], many: [150, 150, 100], lopsided: [20, 20, 200] }
  return Object.entries(shapes).flatMap(([name, respondents]) =>
    correlations.flatMap((correlation) =>
      (['beta', 'straight'] as const).map((kind) => {
        const part = (population: number, index: number, at: number) => ({
          population,
          index,
          respondents: respondents[at] as number,
        })
        return { name, correlation, kind, strata: [part(3000, 0.97, 0), part(800, 0.9, 1), part(200, 0.8, 2)] }
      }),
    ),
  )
}

export function simulateStrata(plan: Plan, cell: StrataCell, runs: number, seed: number): Outcome {
  const random = createRandom(seed)
  const form = formOf(plan, true)
  const people = cell.strata.reduce((sum, { population }) => sum + population, 0)
  const truth = cell.strata.reduce((sum, { population, index }) => sum + (population / people) * index, 0)
  const populations = cell.strata.map((stratum) =>
    createPopulation({ ...cell, index: stratum.index, uneven: false }, plan.criteria.length),
  )
  return judgeRuns(runs, () => {
    const strata = cell.strata.map(({ population, respondents }, at) => ({
      name: String(at),
      population,
      sums: drawSums(random, populations[at] as (typeof populations)[number], form, respondents),
    }))
    return { score: stratifiedScore(strata), truth }
  })
}

/** A list of N people with fixed answers, of whom some are drawn without repetition; the truth is the list's own index. */
export function simulateList(
  plan: Plan,
  crowd: Crowd,
  { people, drawn, runs, seed }: { people: number; drawn: number; runs: number; seed: number },
): Outcome {
  const random = createRandom(seed)
  const population = createPopulation(crowd, plan.criteria.length)
  const form = formOf(plan, false)
  return judgeRuns(runs, () => {
    const list = Array.from({ length: people }, () => drawSums(random, population, form, 1))
    const whole = list.reduce(addSums, noSums)
    shuffleFirst(list, drawn, random)
    const score = scoreFromList(list.slice(0, drawn).reduce(addSums, noSums), people)
    return { score: score as Score, truth: whole[2] / whole[3] }
  })
}

function shuffleFirst<T>(items: T[], count: number, random: Random): void {
  for (let taken = 0; taken < count; taken += 1) {
    const other = taken + Math.floor(random() * (items.length - taken))
    const item = items[other] as T
    items[other] = items[taken] as T
    items[taken] = item
  }
}

/** How often two periods of one unchanged crowd are called a rise or a fall. */
export function countFalseChanges(plan: Plan, cell: Cell, runs: number, seed: number): number {
  const random = createRandom(seed)
  const population = createPopulation(cell, plan.criteria.length)
  const form = formOf(plan, cell.rotated)
  const draw = () => scoreOf(drawSums(random, population, form, cell.respondents))
  let claimed = 0
  for (let run = 0; run < runs; run += 1) if (compareScores(draw(), draw())?.change !== 'not_provable') claimed += 1
  return claimed / runs
}

import { createHmac } from 'node:crypto'
import type { Criterion, Questionnaire } from './contract.ts'

/** A version prepared for counting: its criteria in one list, the order of `responses.answers` and of the tallies. */
export type Plan = {
  definition: Questionnaire
  criteria: Criterion[]
  /** Per criterion: index of its factor. */
  factorOf: number[]
  /** Per criterion: the known probability of being asked (1 for core). */
  probability: number[]
  rotates: boolean
}

export function planVersion(definition: Questionnaire): Plan {
  const criteria = definition.factors.flatMap((factor) => factor.criteria)
  const factorOf = definition.factors.flatMap((factor, index) => factor.criteria.map(() => index))
  const probability = definition.factors.flatMap((factor) => {
    const rotating = factor.criteria.filter((criterion) => !criterion.core).length
    return factor.criteria.map((criterion) => (criterion.core ? 1 : factor.draw / rotating))
  })
  return { definition, criteria, factorOf, probability, rotates: probability.some((p) => p < 1) }
}

/**
 * Positions of the criteria asked of one response, ascending: every core criterion, and per factor `draw` of the
 * others by a partial Fisher-Yates shuffle whose numbers come from HMAC-SHA-256 of id, questionnaire and version.
 * The key never leaves the database and the server, so nobody can choose an id for its questions.
 */
export function drawCriteria(plan: Plan, id: string, key: string): number[] {
  const all = plan.criteria.map((_, position) => position)
  if (!plan.rotates) return all
  const { code, version, factors } = plan.definition
  return factors.flatMap((factor, index) => {
    const own = all.filter((position) => plan.factorOf[position] === index)
    const rotating = own.filter((position) => !plan.criteria[position]?.core)
    const core = own.filter((position) => plan.criteria[position]?.core)
    const drawn = takeSome(rotating, factor.draw, (step) =>
      keyedNumber(key, `${id}|${code}|${version}|${index}|${step}`),
    )
    return [...core, ...drawn].sort((a, b) => a - b)
  })
}

/** A number in [0, 1) with 48 random bits: choosing among at most 20 is then even to one part in 10¹³. */
function keyedNumber(key: string, text: string): number {
  return createHmac('sha256', key).update(text).digest().readUIntBE(0, 6) / 2 ** 48
}

function takeSome(positions: number[], count: number, numberAt: (step: number) => number): number[] {
  const pool = [...positions]
  return Array.from({ length: count }, (_, step) => {
    const [taken] = pool.splice(Math.floor(numberAt(step) * pool.length), 1)
    return taken as number
  })
}

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
  if (!plan.rotates) return plan.criteria.map((_, position) => position)
  const { code, version, factors } = plan.definition
  const next = keyedNumbers(key, `${id}|${code}|${version}`)
  const asked: number[] = []
  let from = 0
  for (const factor of factors) {
    const pool: number[] = []
    factor.criteria.forEach(({ core }, index) => {
      if (core) asked.push(from + index)
      else pool.push(from + index)
    })
    for (let step = 0; step < factor.draw; step += 1) {
      asked.push(...pool.splice(Math.floor(next() * pool.length), 1))
    }
    from += factor.criteria.length
  }
  return asked.sort((a, b) => a - b)
}

/**
 * Numbers in [0, 1) of 32 bits each, eight to an HMAC: choosing among at most 20 is even to one part in 10⁸.
 * One HMAC serves a whole draw of eight: at 5 µs each they were a third of an answer's cost.
 */
function keyedNumbers(key: string, text: string): () => number {
  let block = 0
  let offset = 32
  let digest: Buffer
  return () => {
    if (offset === 32) {
      digest = createHmac('sha256', key).update(`${text}|${block}`).digest()
      block += 1
      offset = 0
    }
    offset += 4
    return digest.readUInt32BE(offset - 4) / 2 ** 32
  }
}

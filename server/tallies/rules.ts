import type { Channel } from '../catalogue/contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import type { CellKey, CellSums, CountableResponse } from './contract.ts'

const momentsPerScope = 7

const levels = 6

/** Upper ends, in seconds, of the spans in which answering times are counted; the last span has none. */
export const answeringSpans = [10, 20, 30, 45, 60, 90, 180] as const

/** Paper and interview ask every criterion; the other channels ask what was drawn. */
export const asksEverything = (channel: Channel): boolean => channel === 'paper' || channel === 'interview'

/** An empty cell for a version with so many criteria and factors. */
export function emptySums(plan: Plan): CellSums {
  return {
    received: 0,
    lastReceivedAt: '',
    moments: new Array((1 + plan.definition.factors.length) * momentsPerScope).fill(0),
    counts: new Array(plan.criteria.length * levels).fill(0),
    extraSums: new Array(plan.definition.extra.length * 2).fill(0),
    durations: new Array(answeringSpans.length + 1).fill(0),
  }
}

type Counted = Pick<CountableResponse, 'answers' | 'channel' | 'extras' | 'seconds' | 'receivedAt'>

/** Adds one response to a cell: its answers, its extra questions, its answering time. */
export function addResponse(cell: CellSums, plan: Plan, response: Counted): void {
  cell.received += 1
  const minute = `${response.receivedAt.slice(0, 16)}:00.000Z`
  if (minute > cell.lastReceivedAt) cell.lastReceivedAt = minute
  addAnswers(cell, plan, response.answers, asksEverything(response.channel))
  if (response.extras) addExtras(cell.extraSums, plan, response.extras)
  if (response.seconds !== null) {
    const span = answeringSpans.findIndex((end) => (response.seconds as number) <= end)
    const index = span < 0 ? answeringSpans.length : span
    cell.durations[index] = (cell.durations[index] as number) + 1
  }
}

function addExtras(sums: number[], plan: Plan, extras: Record<string, number | string>): void {
  plan.definition.extra.forEach((question, position) => {
    const value = extras[question.code]
    if (value === undefined) return
    sums[position * 2] = (sums[position * 2] as number) + 1
    if (typeof value === 'number') sums[position * 2 + 1] = (sums[position * 2 + 1] as number) + value
  })
}

/**
 * `answers` holds one character per criterion (see the schema). Per scope (all criteria,
 * then each factor) with weights w_c = (1/π_c) / Σ asked 1/π: y = Σ w_c·[answer ≥ 4], m = Σ w_c over answered 1-5.
 */
function addAnswers(cell: CellSums, plan: Plan, answers: string, askedAll: boolean): void {
  const scopes = plan.definition.factors.length + 1
  const asked = new Array<number>(scopes).fill(0)
  const answered = new Array<number>(scopes).fill(0)
  const satisfied = new Array<number>(scopes).fill(0)
  const dissatisfied = new Array<boolean>(scopes).fill(false)
  for (let position = 0; position < plan.criteria.length; position += 1) {
    const mark = answers[position]
    if (mark === '.' || mark === undefined) continue
    const worth = askedAll ? 1 : 1 / (plan.probability[position] as number)
    const level = mark === '-' ? null : Number(mark)
    if (level !== null) cell.counts[position * levels + level] = (cell.counts[position * levels + level] as number) + 1
    for (const scope of [0, (plan.factorOf[position] as number) + 1]) {
      asked[scope] = (asked[scope] as number) + worth
      if (!level) continue
      answered[scope] = (answered[scope] as number) + worth
      if (level >= 4) satisfied[scope] = (satisfied[scope] as number) + worth
      else dissatisfied[scope] = true
    }
  }
  for (let scope = 0; scope < scopes; scope += 1) {
    if (!answered[scope]) continue
    const y = (satisfied[scope] as number) / (asked[scope] as number)
    const m = (answered[scope] as number) / (asked[scope] as number)
    addMoments(cell.moments, scope * momentsPerScope, [1, dissatisfied[scope] ? 1 : 0, y, m, y * y, y * m, m * m])
  }
}

function addMoments(moments: number[], from: number, more: number[]): void {
  for (let index = 0; index < more.length; index += 1) {
    moments[from + index] = (moments[from + index] as number) + (more[index] as number)
  }
}

type PlanOf = (versionId: number) => Plan

export type Cells = Map<string, CellKey & CellSums>

/** The cells of a batch in key order: two processes then lock rows in the same order. */
export function sumCells(responses: CountableResponse[], planOf: PlanOf): (CellKey & CellSums)[] {
  const cells: Cells = new Map()
  for (const response of responses) addToCells(cells, response, planOf)
  return [...cells.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
}

export function addToCells(cells: Cells, response: CountableResponse, planOf: PlanOf): void {
  const key = keyOfCell(response)
  let cell = cells.get(key)
  if (!cell) {
    cell = { ...keyPartOf(response), ...emptySums(planOf(response.versionId)) }
    cells.set(key, cell)
  }
  addResponse(cell, planOf(response.versionId), response)
}

function keyPartOf(cell: CellKey): CellKey {
  const { placeId, day, versionId, fieldId, serviceMode, channel, respondent, standing, waveId, stratumId } = cell
  const { provenance } = cell
  return { placeId, day, versionId, fieldId, serviceMode, channel, provenance, respondent, standing, waveId, stratumId }
}

/** Which cell a response belongs to, as text. */
export function keyOfCell(cell: CellKey): string {
  const { placeId, day, versionId, fieldId, serviceMode, channel, respondent, standing, waveId, stratumId } = cell
  const source = `${channel}|${cell.provenance}`
  return `${placeId}|${day}|${versionId}|${fieldId}|${serviceMode}|${source}|${respondent}|${standing}|${waveId}|${stratumId}`
}

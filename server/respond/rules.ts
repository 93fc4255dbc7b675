import { createHash, createHmac } from 'node:crypto'
import type { Channel } from '../surveys/contract.ts'
import type { Plan } from '../surveys/rules.ts'
import { toPlainDigits } from '../typed-digits.ts'
import type { CellKey, CellSums, CountableResponse, Receipt, Signals, Standing } from './contract.ts'

const momentsPerScope = 7
const levels = 6

/** A form sent back sooner than this after its page was made was not read by a person. */
export const shortestReadingMs = 3000

/**
 * Without proof a place counts a fifth of its budget an hour, by default one answer every two and a half minutes all hour
 * long: more than a counter serves, unless its own busiest half hours are known to be fuller (simulated at 400 answers a
 * week without proof: the fifth alone set 7.7 % of honest answers aside). What came by no page of ours carries no verdict
 * and needs no lower ceiling.
 */
export const openCeiling = (budgetPerHour: number, mostPerHalfHour: number | null = null): number =>
  Math.max(1, Math.floor(budgetPerHour / 5), mostPerHalfHour ?? 0)

/** Counted or set aside: every answer is accepted, and only these signs put one aside (design: never turn a citizen away). */
export function decideStanding(signals: Signals): Standing {
  if (signals.honeypotFilled) return { standing: 'set_aside', reason: 'honeypot' }
  if (signals.ageMs !== null && signals.ageMs < shortestReadingMs) return { standing: 'set_aside', reason: 'too_fast' }
  if (signals.outOfPace) return { standing: 'set_aside', reason: 'too_fast' }
  if (signals.sameDevice) return { standing: 'set_aside', reason: 'same_device' }
  if (signals.outsideHours) return { standing: 'set_aside', reason: 'outside_hours' }
  const isTicket = signals.provenance === 'ticket'
  if (!isTicket && signals.mostPerHalfHour !== null && signals.countedThisHalfHour >= signals.mostPerHalfHour)
    return { standing: 'set_aside', reason: 'over_capacity' }
  const openIsFull =
    signals.provenance === 'open' && signals.openThisHour >= openCeiling(signals.budgetPerHour, signals.mostPerHalfHour)
  if (openIsFull || signals.countedThisHour >= signals.budgetPerHour)
    return { standing: 'set_aside', reason: 'over_budget' }
  return { standing: 'counted', reason: null }
}

/** Whether a moment is at most so long ago; a moment ahead of a clock that was set back says nothing. */
export const happenedWithin = (lengthMs: number, atMs: number, nowMs: number): boolean =>
  atMs <= nowMs && nowMs - atMs <= lengthMs

/** Somebody reads and answers a question in no less than a second: what an enrolled tablet's answers need between them. */
export const kioskPaceMs = (questions: number): number => Math.max(shortestReadingMs, 1000 * questions)

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

/** Adds one response to a cell: its answers, its extra questions, its answering time. */
export function addResponse(cell: CellSums, plan: Plan, response: CountableResponse): void {
  cell.received += 1
  if (response.receivedAt > cell.lastReceivedAt) cell.lastReceivedAt = response.receivedAt
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

/** Crockford's base 32: no I, L, O, U, so a code read aloud or typed from paper stays itself. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The receipt of a response, the same for every replay: 40 bits of an HMAC of place and id, and 10 bits that tell
 * a receipt of this server from an invented or mistyped one. Says nothing about who answered or when.
 */
export function makeReceipt(key: string, placeId: number, id: string): Receipt {
  const body = encodeBits(createHmac('sha256', key).update(`receipt|${placeId}|${id}`).digest(), 8)
  return `${body.slice(0, 5)}-${body.slice(5)}${checkMark(key, body)}` as Receipt
}

/** The receipt as written by makeReceipt, from what a person typed; null where this server never issued it. */
export function readReceipt(key: string, typed: string): Receipt | null {
  const plain = toPlainDigits(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const body = plain.slice(0, 8)
  if (plain.length !== 10 || checkMark(key, body) !== plain.slice(8)) return null
  return `${plain.slice(0, 5)}-${plain.slice(5)}` as Receipt
}

function checkMark(key: string, body: string): string {
  return encodeBits(createHmac('sha256', key).update(`check|${body}`).digest(), 2)
}

function encodeBits(digest: Buffer, characters: number): string {
  return Array.from({ length: characters }, (_, index) => alphabet[(digest[index] as number) & 31]).join('')
}

/** A salted hash of a browser's mark: tells nothing without the salt and cannot be compared between places. */
export function hashDevice(salt: string, mark: string, placeId: number): string {
  return createHash('sha256').update(`${salt}|${placeId}|${mark}`).digest('base64url')
}

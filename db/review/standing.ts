import { and, desc, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Pattern } from '../../server/review/contract.ts'
import type { AuditEntry } from '../../server/staff/contract.ts'
import type { CellKey, CellSums, CountableResponse, Reason } from '../../server/tallies/contract.ts'
import type { Database } from '../client.ts'
import { channelHere } from '../connection/schema.ts'
import { responses } from '../respond/tables.ts'
import { recordAudit } from '../staff/audit.ts'
import { addingStatements, replacingStatements } from '../tallies/cells.ts'
import { cells, months, rolledMonths } from '../tallies/tables.ts'
import { matchesPattern, type PatternResponse, responseColumns } from './review.ts'
import { standingChanges } from './tables.ts'

type Cell = CellKey & CellSums

/** The counting rules, handed in: this file only moves rows. */
export type ReviewCounting = {
  sumCells: (responses: CountableResponse[]) => Cell[]
  keyOfCell: (cell: CellKey) => string
}

export type NewDecision = { id: string; why: string; actor: string }

type Move = PatternResponse & { toReason: Reason | null }

export type PatternDecision = {
  pattern: Pattern
  toReason: Reason | null
  choose: (found: PatternResponse[]) => PatternResponse[]
  isAsPreviewed: (chosen: PatternResponse[]) => boolean
  counting: ReviewCounting
  decision: NewDecision
  describe: (count: number) => AuditEntry
}

/**
 * Gives the chosen responses of a pattern another standing, all at once: responses, their history, both tallies, the
 * months made of them, the audit log. False, and nothing changed, when `isAsPreviewed` refuses what
 * the lock found.
 */
export async function decidePattern(
  database: Database,
  { pattern, toReason, choose, isAsPreviewed, counting, decision, describe }: PatternDecision,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    await waitForMonths(transaction)
    const found = await transaction
      .select(responseColumns)
      .from(responses)
      .where(matchesPattern(pattern))
      .for('no key update')
    const chosen = choose(found)
    if (chosen.length === 0 || !isAsPreviewed(chosen)) return false
    await moveResponses(
      transaction,
      chosen.map((response) => ({ ...response, toReason })),
      counting,
      decision,
    )
    await recordAudit(transaction, describe(chosen.length))
    return true
  })
}

export type DecisionUndone = {
  undone: string
  counting: ReviewCounting
  decision: NewDecision
  describe: (count: number) => AuditEntry
}

/** Gives every response of a decision back what it had. False when one of them was decided about again since. */
export async function undoDecision(
  database: Database,
  { undone, counting, decision, describe }: DecisionUndone,
): Promise<boolean> {
  return database.query.transaction(async (transaction) => {
    await waitForMonths(transaction)
    const found = await transaction
      .select({ ...responseColumns, fromReason: standingChanges.fromReason, changeId: standingChanges.id })
      .from(standingChanges)
      .innerJoin(responses, isItsResponse)
      .where(eq(standingChanges.decision, undone))
      .for('no key update', { of: responses })
    if (found.length === 0 || (await countLater(transaction, undone)) > 0) return false
    const moves = found.map(({ fromReason, changeId: _, ...response }) => ({ ...response, toReason: fromReason }))
    await moveResponses(transaction, moves, counting, decision)
    await recordAudit(transaction, describe(moves.length))
    return true
  })
}

export type ReadDecision = {
  placeId: PlaceId
  day: string
  inWave: boolean
  responses: PatternResponse[]
  /** One of them, for all: a decision moves everything to one standing. */
  change: Omit<typeof standingChanges.$inferSelect, 'id'>
  /** Responses that a later decision moved again, and that decision. */
  later: { count: number; decision: string | null }
}

/** A decision with its responses as they stand now; undefined when there is none. */
export async function findDecision(database: Database, id: string): Promise<ReadDecision | undefined> {
  const rows = await database.query
    .select({ response: responseColumns, change: standingChanges })
    .from(standingChanges)
    .innerJoin(responses, isItsResponse)
    .where(eq(standingChanges.decision, id))
  const [first] = rows
  if (!first) return undefined
  const [latest] = await laterChanges(database.query, id).orderBy(desc(standingChanges.id)).limit(1)
  const { placeId, day, waveId } = first.response
  return {
    placeId,
    day,
    inWave: waveId !== 0,
    change: first.change,
    responses: rows.map(({ response }) => response),
    later: { count: await countLater(database.query, id), decision: latest?.decision ?? null },
  }
}

const isItsResponse = and(eq(responses.placeId, standingChanges.placeId), eq(responses.id, standingChanges.responseId))

const laterChanges = (query: PostgresJsDatabase, decision: string) =>
  query
    .select({ decision: standingChanges.decision })
    .from(standingChanges)
    .where(sql`exists (select from standing_changes before where before.decision = ${decision}
      and before.place_id = ${standingChanges.placeId} and before.response_id = ${standingChanges.responseId}
      and before.id < ${standingChanges.id})`)

const countLater = async (query: PostgresJsDatabase, decision: string): Promise<number> =>
  (await laterChanges(query, decision)).length

/** A month that is just being added up would miss the change: it is waited for, and the next one waits for us. */
const waitForMonths = (transaction: PostgresJsDatabase) =>
  transaction.execute(sql`lock table rolled_months in share row exclusive mode`)

const rowsAtOnce = 1000

async function moveResponses(
  transaction: PostgresJsDatabase,
  moves: Move[],
  counting: ReviewCounting,
  decision: NewDecision,
): Promise<void> {
  const { placeId, day } = moves[0] as Move
  for (const toReason of new Set(moves.map((move) => move.toReason))) {
    const ids = moves.filter((move) => move.toReason === toReason).map(({ id }) => id)
    await transaction
      .update(responses)
      .set({ standing: toReason ? 'set_aside' : 'counted', reason: toReason })
      .where(and(eq(responses.placeId, placeId), sql`${responses.id} = any(${`{${ids}}`}::uuid[])`))
  }
  const history = moves.map(({ id, reason, toReason }) => ({
    placeId,
    responseId: id,
    fromReason: reason,
    toReason,
    decision: decision.id,
    why: decision.why,
    changedBy: decision.actor,
  }))
  for (let start = 0; start < history.length; start += rowsAtOnce)
    await transaction.insert(standingChanges).values(history.slice(start, start + rowsAtOnce))
  const after = moves.map((move) => ({ ...move, standing: move.toReason ? 'set_aside' : 'counted' }) as const)
  await recountCells(transaction, { placeId, day }, counting.sumCells([...moves, ...after]), counting)
  await forgetSumsOf(transaction, placeId, day)
}

/**
 * Counts the touched cells anew from their responses. Adding nothing to each first locks them in the writer's own
 * order, so that batches of citizens wait; what was committed before the lock is then seen, what comes after is added.
 * Subtracting would leave the last bits of fractions behind.
 */
async function recountCells(
  transaction: PostgresJsDatabase,
  { placeId, day }: { placeId: PlaceId; day: string },
  touched: Cell[],
  { sumCells, keyOfCell }: ReviewCounting,
): Promise<void> {
  for (const { text, cells } of addingStatements(touched.map(emptied))) await runWithJson(transaction, text, cells)
  const all = await transaction
    .select(responseColumns)
    .from(responses)
    .where(and(eq(responses.placeId, placeId), eq(responses.day, day)))
    .orderBy(responses.receivedAt, responses.id)
  const keys = new Set(touched.map(keyOfCell))
  const right = sumCells(all.filter((response) => keys.has(keyOfCell(response))))
  for (const { text, cells } of replacingStatements(right)) await runWithJson(transaction, text, cells)
  const filled = new Set(right.map(keyOfCell))
  for (const cell of touched) if (!filled.has(keyOfCell(cell))) await removeCell(transaction, cell)
}

const emptied = (cell: Cell): Cell => ({
  ...cell,
  received: 0,
  moments: cell.moments.map(() => 0),
  counts: cell.counts.map(() => 0),
  extraSums: cell.extraSums.map(() => 0),
  durations: cell.durations.map(() => 0),
})

/** Drizzle's transaction takes the writer's statements, whose one parameter is a JSON text. */
function runWithJson(transaction: PostgresJsDatabase, text: string, json: string) {
  const [before, after] = text.split('$1') as [string, string]
  return transaction.execute(sql`${sql.raw(before)}${json}${sql.raw(after)}`)
}

/** A cell without responses is no cell: a recount would not make it. It is ours: whoever adds to it waits for the lock. */
async function removeCell(transaction: PostgresJsDatabase, cell: Cell): Promise<void> {
  const { placeId, day, versionId, fieldId, serviceMode, channel, provenance, respondent, standing } = cell
  const { waveId, stratumId } = cell
  const about = { placeId, day, versionId, fieldId, serviceMode, channel, provenance, respondent }
  const key = { ...about, standing, waveId, stratumId }
  const isIt = Object.entries(key).map(([name, value]) => eq(cells[name as keyof typeof key], value))
  await transaction.delete(cells).where(and(...isIt))
}

/** What was made of the day's tallies is made anew: its month, open boards. */
async function forgetSumsOf(transaction: PostgresJsDatabase, placeId: PlaceId, day: string): Promise<void> {
  const month = `${day.slice(0, 7)}-01`
  await transaction.delete(months).where(eq(months.month, month))
  await transaction.delete(rolledMonths).where(eq(rolledMonths.month, month))
  await transaction.execute(sql`select pg_notify(${sql.raw(channelHere('tallies'))}, ${String(placeId)})`)
}

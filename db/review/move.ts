import { and, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { CellKey, CellSums, CountableResponse, Reason } from '../../server/tallies/contract.ts'
import { channelHere } from '../connection/schema.ts'
import { responses } from '../respond/tables.ts'
import { addingStatements, replacingStatements } from '../tallies/cells.ts'
import { cells, months, rolledMonths } from '../tallies/tables.ts'
import { type PatternResponse, responseColumns } from './review.ts'
import { standingChanges } from './tables.ts'

type Cell = CellKey & CellSums

/** The counting rules, handed in: this file only moves rows. */
export type ReviewCounting = {
  sumCells: (responses: CountableResponse[]) => Cell[]
  keyOfCell: (cell: CellKey) => string
}

export type NewDecision = { id: string; why: string; actor: string }

export type Move = PatternResponse & { toReason: Reason | null }

/** A month that is just being added up would miss the change: it is waited for, and the next one waits for us. */
export const waitForMonths = (transaction: PostgresJsDatabase) =>
  transaction.execute(sql`lock table rolled_months in share row exclusive mode`)

const rowsAtOnce = 1000

/** Days of one place one after the other, oldest first: two decisions lock in the same order. */
export async function moveResponses(
  transaction: PostgresJsDatabase,
  moves: Move[],
  counting: ReviewCounting,
  decision: NewDecision,
): Promise<void> {
  for (const day of [...new Set(moves.map((move) => move.day))].sort())
    await moveDay(
      transaction,
      moves.filter((move) => move.day === day),
      counting,
      decision,
    )
}

async function moveDay(
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

import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { LedgerRun, LedgerState } from '../../server/ledger/contract.ts'
import type { Database } from '../client.ts'
import { responses } from '../respond/tables.ts'
import { ledgerCheckpoints, ledgerEntries, ledgerRuns, ledgerState, ledgerTiles } from './tables.ts'

/** Undefined before the first line. */
export async function readLedgerState(database: Database): Promise<LedgerState | undefined> {
  const [row] = await database.query.select().from(ledgerState)
  return row
}

export async function findTile(database: Database, level: number, number: number): Promise<Buffer | undefined> {
  const [row] = await database.query
    .select({ hashes: ledgerTiles.hashes })
    .from(ledgerTiles)
    .where(and(eq(ledgerTiles.level, level), eq(ledgerTiles.number, number)))
  return row?.hashes
}

/** Several tiles at once, by "level/number". */
export async function readTiles(database: Database, names: string[]): Promise<Map<string, Buffer>> {
  const name = sql<string>`${ledgerTiles.level} || '/' || ${ledgerTiles.number}`
  const rows = await database.query
    .select({ name, hashes: ledgerTiles.hashes })
    .from(ledgerTiles)
    .where(
      inArray(
        sql`(${ledgerTiles.level}, ${ledgerTiles.number})`,
        names.map((one) => sql`(${Number(one.split('/')[0])}::int2, ${Number(one.split('/')[1])}::int8)`),
      ),
    )
  return new Map(rows.map((row) => [row.name, row.hashes]))
}

/** Last size of each month, oldest first. */
export const readMonths = (database: Database): Promise<{ month: string; size: number }[]> =>
  database.query
    .select({
      month: sql<string>`to_char(${ledgerCheckpoints.day}, 'YYYY-MM')`,
      size: sql<number>`max(${ledgerCheckpoints.size})::float8`,
    })
    .from(ledgerCheckpoints)
    .groupBy(sql`1`)
    .orderBy(sql`1`)

/** The checkpoint that figures up to a day rest on; null before the first closed day. */
export async function findCheckpointThrough(database: Database, day: string): Promise<string | null> {
  const [row] = await database.query
    .select({ checkpoint: ledgerCheckpoints.checkpoint })
    .from(ledgerCheckpoints)
    .where(lte(ledgerCheckpoints.day, day))
    .orderBy(desc(ledgerCheckpoints.day))
    .limit(1)
  return row?.checkpoint ?? null
}

/** Hand-overs of the key, newest first, as they stand in the ledger. */
export async function readHandovers(database: Database): Promise<string[]> {
  const rows = await database.query
    .select({ body: ledgerEntries.body })
    .from(ledgerEntries)
    .where(sql`${ledgerEntries.source} like 'key:%'`)
    .orderBy(desc(ledgerEntries.position))
  return rows.flatMap(({ body }) => (JSON.parse(body ?? '{}') as { handover?: string | null }).handover ?? [])
}

export type FoundLine = { position: number; parts: Buffer; response: typeof responses.$inferSelect }

/** Lines of a receipt at a place: none, one, or, once in very many, two that share a receipt. */
export async function findLines(database: Database, placeId: PlaceId, receipt: string): Promise<FoundLine[]> {
  const rows = await database.query
    .select({ position: ledgerEntries.position, parts: ledgerEntries.parts, response: responses })
    .from(ledgerEntries)
    .innerJoin(responses, and(eq(responses.placeId, ledgerEntries.placeId), eq(responses.id, ledgerEntries.responseId)))
    .where(
      and(
        eq(ledgerEntries.receipt, receipt),
        eq(ledgerEntries.placeId, placeId),
        sql`${ledgerEntries.receipt} is not null`,
      ),
    )
    .limit(2)
  return rows.map(({ position, parts, response }) => ({ position, parts: parts as Buffer, response }))
}

/** When a response came that has no line yet; undefined where there is none. */
export async function findArrival(database: Database, placeId: PlaceId, id: string): Promise<string | undefined> {
  const [row] = await database.query
    .select({ receivedAt: responses.receivedAt })
    .from(responses)
    .where(and(eq(responses.placeId, placeId), eq(responses.id, id)))
  return row?.receivedAt
}

export async function readLastRun(database: Database): Promise<LedgerRun | null> {
  const [row] = await database.query.select().from(ledgerRuns).orderBy(desc(ledgerRuns.id)).limit(1)
  return row ?? null
}

export async function recordRun(database: Database, run: LedgerRun): Promise<void> {
  await database.query.insert(ledgerRuns).values(run)
}

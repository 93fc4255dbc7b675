import { and, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { AuditEntry } from '../../server/staff/contract.ts'
import type { Database } from '../client.ts'
import { recordAudit } from '../staff/audit.ts'
import { signLooks, signPatterns } from './tables.ts'

export type SignPattern = typeof signPatterns.$inferSelect
/** With how many responses are in it. */
export type CountedPattern = SignPattern & { count: number }

/** What waits to be decided at these places, newest days first. */
export const listWaiting = (database: Database, placeIds: PlaceId[], most: number): Promise<CountedPattern[]> =>
  listPatterns(database, placeIds, { which: eq(signPatterns.state, 'pending'), newest: desc(signPatterns.to), most })

/** What was decided last: set aside, or kept. */
export const listDecided = (database: Database, placeIds: PlaceId[], most: number): Promise<CountedPattern[]> =>
  listPatterns(database, placeIds, {
    which: ne(signPatterns.state, 'pending'),
    newest: desc(signPatterns.decidedAt),
    most,
  })

type Listing = { which: SQL; newest: SQL; most: number }

async function listPatterns(database: Database, placeIds: PlaceId[], { which, newest, most }: Listing) {
  if (placeIds.length === 0) return []
  const count = sql<number>`(select count(*)::int from sign_members where pattern_id = ${signPatterns.id})`
  const rows = await database.query
    .select({ pattern: signPatterns, count })
    .from(signPatterns)
    .where(and(inArray(signPatterns.placeId, placeIds), which))
    .orderBy(newest, signPatterns.chance, signPatterns.id)
    .limit(most)
  return rows.map(({ pattern, count: members }) => ({ ...pattern, count: members }))
}

export async function findPattern(database: Database, id: number): Promise<SignPattern | undefined> {
  const [row] = await database.query.select().from(signPatterns).where(eq(signPatterns.id, id))
  return row
}

export type NewLook = { from: string; to: string; placeId: PlaceId | null; askedBy: string }

/** Notes that somebody asked for a look; gives its number. */
export async function beginLook(database: Database, look: NewLook, entry: AuditEntry): Promise<number> {
  return database.query.transaction(async (transaction) => {
    const [row] = await transaction.insert(signLooks).values(look).returning({ id: signLooks.id })
    await recordAudit(transaction, entry)
    return (row as { id: number }).id
  })
}

export async function endLook(database: Database, id: number, found: number): Promise<void> {
  await database.query.update(signLooks).set({ found }).where(eq(signLooks.id, id))
}

export type SignLook = typeof signLooks.$inferSelect

/** The looks that were asked for last. */
export const readLooks = (database: Database, most: number): Promise<SignLook[]> =>
  database.query.select().from(signLooks).orderBy(desc(signLooks.id)).limit(most)

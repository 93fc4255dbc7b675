import { and, eq } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { columnChoices } from './tables.ts'

/** Whose choice it is, of which kind of file, and the hash of the file's header. */
export type ColumnChoiceKey = { kind: 'visits' | 'places'; scope: string; headerHash: string }

/** What somebody said the columns of a file with this header are; null where nobody has yet. */
export async function findColumnChoice(database: Database, key: ColumnChoiceKey): Promise<string[] | null> {
  const { kind, scope, headerHash, roles } = columnChoices
  const [found] = await database.query
    .select({ roles })
    .from(columnChoices)
    .where(and(eq(kind, key.kind), eq(scope, key.scope), eq(headerHash, key.headerHash)))
  return found?.roles ?? null
}

/** Keeps what was confirmed, in the place of an earlier choice for the same header. */
export async function keepColumnChoice(
  database: Database,
  key: ColumnChoiceKey,
  roles: string[],
  by: string,
): Promise<void> {
  const choice = { roles, changedBy: by, changedAt: new Date().toISOString() }
  await database.query
    .insert(columnChoices)
    .values({ ...key, ...choice })
    .onConflictDoUpdate({
      target: [columnChoices.kind, columnChoices.scope, columnChoices.headerHash],
      set: choice,
    })
}

import { asc, desc, eq } from 'drizzle-orm'
import type { CommuneId, Finding } from '../../server/communes/contract.ts'
import type { Database } from '../client.ts'
import { communeCheckpoints, communeFindings, communes } from './tables.ts'

export type Remembered = { day: string; checkpoint: string; seenAt: string }

/** The last checkpoint that was found in order. */
export async function findRemembered(database: Database, of: CommuneId): Promise<Remembered | undefined> {
  const { day, checkpoint, seenAt } = communeCheckpoints
  const [row] = await database.query
    .select({ day, checkpoint, seenAt })
    .from(communeCheckpoints)
    .where(eq(communeCheckpoints.communeId, of))
    .orderBy(desc(day))
    .limit(1)
  return row
}

/** Remembers a checkpoint that continues the one before, and the key it is signed by. */
export async function rememberCheckpoint(
  database: Database,
  { of, key, ...seen }: Remembered & { of: CommuneId; key: string },
): Promise<void> {
  const { day, checkpoint, seenAt } = seen
  await database.query.transaction(async (transaction) => {
    await transaction
      .insert(communeCheckpoints)
      .values({ communeId: of, day, checkpoint, seenAt })
      .onConflictDoUpdate({
        target: [communeCheckpoints.communeId, communeCheckpoints.day],
        set: { checkpoint, seenAt },
      })
    await transaction.update(communes).set({ ledgerKeySeen: key }).where(eq(communes.id, of))
  })
}

export type NewFinding = Pick<Finding, 'communeId' | 'kind' | 'sentence' | 'evidence'> & { subject: string; at: string }

/** Once per kind and subject; what is seen again moves its last moment and its sentence. */
export async function recordFinding(database: Database, { at, ...finding }: NewFinding): Promise<void> {
  const { sentence, evidence } = finding
  await database.query
    .insert(communeFindings)
    .values({ ...finding, firstAt: at, lastAt: at })
    .onConflictDoUpdate({
      target: [communeFindings.communeId, communeFindings.kind, communeFindings.subject],
      set: { sentence, evidence, lastAt: at },
    })
}

/** Everything that was ever found, the newest first. */
export async function readFindings(database: Database): Promise<Finding[]> {
  const { communeId, kind, sentence, evidence, firstAt, lastAt } = communeFindings
  return database.query
    .select({ communeId, kind, sentence, evidence, firstAt, lastAt })
    .from(communeFindings)
    .orderBy(desc(firstAt), asc(communeId))
}

import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { CommuneId } from '../../server/communes/contract.ts'
import type { Reading } from '../../server/communes/reading-contract.ts'
import type { NewReading } from '../../server/communes/reading-rules.ts'
import type { Database } from '../client.ts'
import { communeReadings } from './tables.ts'

const { communeId, period, source, isFinal, from, to, figures, checkpoint, seenAt, lastSeenAt } = communeReadings
const shown = { communeId, period, source, isFinal, from, to, figures, checkpoint, seenAt, lastSeenAt }

/** Keeps what a commune said: a running period replaces itself, one that is over gets a further row where it says something else. */
export async function keepReading(
  database: Database,
  reading: NewReading & { communeId: CommuneId; fingerprint: string; at: string },
): Promise<void> {
  const { at, ...values } = reading
  const of = and(eq(communeId, values.communeId), eq(period, values.period), eq(source, values.source))
  await database.query.transaction(async (transaction) => {
    if (!values.isFinal) {
      await transaction
        .insert(communeReadings)
        .values({ ...values, seenAt: at, lastSeenAt: at })
        .onConflictDoUpdate({
          target: [communeId, period, source],
          targetWhere: sql`not is_final`,
          set: { ...values, lastSeenAt: at },
        })
      return
    }
    await transaction.delete(communeReadings).where(and(of, eq(isFinal, false)))
    const [last] = await transaction
      .select({ id: communeReadings.id, fingerprint: communeReadings.fingerprint })
      .from(communeReadings)
      .where(of)
      .orderBy(desc(communeReadings.id))
      .limit(1)
    if (last?.fingerprint !== values.fingerprint) {
      await transaction.insert(communeReadings).values({ ...values, seenAt: at, lastSeenAt: at })
      return
    }
    const seen = { checkpoint: values.checkpoint, lastSeenAt: at }
    await transaction.update(communeReadings).set(seen).where(eq(communeReadings.id, last.id))
  })
}

/** The same was said again (304): it still stands at this moment. */
export async function confirmReadings(
  database: Database,
  { of, what, at }: { of: CommuneId; what: { period?: string; source: Reading['source'] }; at: string },
): Promise<void> {
  const newest = database.query
    .select({ id: sql<number>`max(${communeReadings.id})` })
    .from(communeReadings)
    .where(
      and(eq(communeId, of), eq(source, what.source), what.period === undefined ? undefined : eq(period, what.period)),
    )
    .groupBy(period)
  await database.query.update(communeReadings).set({ lastSeenAt: at }).where(inArray(communeReadings.id, newest))
}

/** The newest reading of each commune for each of these periods; with a key before open data. */
export async function readNewest(database: Database, periods: string[]): Promise<Reading[]> {
  return database.query
    .selectDistinctOn([communeId, period], shown)
    .from(communeReadings)
    .where(inArray(period, periods))
    .orderBy(communeId, period, sql`${source} = 'open'`, desc(communeReadings.id))
}

/** The ledger's checkpoint that a commune's newest exact figures came with; undefined without one. */
export async function findFigureCheckpoint(database: Database, of: CommuneId): Promise<string | null | undefined> {
  const [row] = await database.query
    .select({ checkpoint })
    .from(communeReadings)
    .where(and(eq(communeId, of), isNotNull(checkpoint)))
    .orderBy(desc(lastSeenAt), desc(to))
    .limit(1)
  return row?.checkpoint
}

/** Every kept reading of one commune, the oldest first. */
export async function readHistory(database: Database, of: CommuneId): Promise<Reading[]> {
  return database.query.select(shown).from(communeReadings).where(eq(communeId, of)).orderBy(asc(communeReadings.id))
}

/** Readings of periods that were over and were said in more than one way, in the order of seeing. */
export async function readChanged(database: Database): Promise<Reading[]> {
  const several = sql`(${communeId}, ${period}, ${source}) in (
    select commune_id, period, source from commune_readings where is_final
    group by 1, 2, 3 having count(*) > 1)`
  return database.query
    .select(shown)
    .from(communeReadings)
    .where(and(isFinal, several))
    .orderBy(communeId, period, source, asc(communeReadings.id))
}

/** All periods that any commune said something of. */
export async function listPeriods(database: Database): Promise<string[]> {
  const rows = await database.query.selectDistinct({ period }).from(communeReadings)
  return rows.map((row) => row.period).sort()
}

import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AudioType, NewRecording, Recorded } from '../../server/recordings/contract.ts'
import { settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { channelOf } from '../connection/schema.ts'
import { recordAudit } from '../staff/audit.ts'
import { recordingFiles, recordings } from './tables.ts'

/** The channel on which every process hears that recordings have changed. */
export const recordingsChannel = 'recordings'

/** All recordings, without their sound: a few hundred short rows, read whole. */
export async function readRecordings(database: Database): Promise<(Omit<Recorded, 'addedOn'> & { addedAt: string })[]> {
  const { part, language, key, wording, words, address, addedBy, addedAt } = recordings
  const { type, body } = recordingFiles
  const bytes = sql<number>`octet_length(${body})`
  return database.query
    .select({ part, language, key, wording, words, address, type, bytes, addedBy, addedAt })
    .from(recordings)
    .innerJoin(recordingFiles, eq(recordingFiles.address, address))
    .orderBy(part, language, key)
}

export async function findRecordingFile(
  database: Database,
  address: string,
): Promise<{ type: AudioType; body: Buffer } | undefined> {
  const { type, body } = recordingFiles
  const [found] = await database.query
    .select({ type, body })
    .from(recordingFiles)
    .where(eq(recordingFiles.address, address))
  return found
}

/** Keeps recordings in the place of those before, all or none; false where a part would then be heavier than `most` bytes. */
export async function saveRecordings(
  database: Database,
  added: NewRecording[],
  { actor, most }: { actor: string; most: number },
): Promise<boolean> {
  return inTurn(database, async (transaction) => {
    for (const recording of added) await saveRecording(transaction, recording, actor)
    await dropUnused(transaction)
    const parts = [...new Set(added.map(({ part }) => part))]
    const sizes = await transaction
      .select({ bytes: sql<number>`sum(octet_length(${recordingFiles.body}))::int` })
      .from(recordings)
      .innerJoin(recordingFiles, eq(recordingFiles.address, recordings.address))
      .where(inArray(recordings.part, parts))
      .groupBy(recordings.part)
    return sizes.every(({ bytes }) => bytes <= most)
  })
}

type Named = Pick<Recorded, 'part' | 'language' | 'key'>

/** False where there is none, or another one by now. */
export async function removeRecording(
  database: Database,
  named: Named & { address: string },
  actor: string,
): Promise<boolean> {
  return inTurn(database, async (transaction) => {
    const removed = await transaction
      .delete(recordings)
      .where(and(isNamed(named), eq(recordings.address, named.address)))
      .returning({ words: recordings.words })
    if (removed.length === 0) return false
    await dropUnused(transaction)
    const subject = subjectOf(named)
    await recordAudit(transaction, { actor, action: 'recording.remove', subject, before: { words: removed[0]?.words } })
    return true
  })
}

class Refused extends Error {}

/** One change after another, so that what a part weighs is known; what `work` says no to is undone. */
async function inTurn(
  database: Database,
  work: (transaction: PostgresJsDatabase) => Promise<boolean>,
): Promise<boolean> {
  try {
    await database.query.transaction(async (transaction) => {
      const key = 'recordings.turn'
      await transaction.insert(settings).values({ key, value: '' }).onConflictDoNothing()
      await transaction.select({ key: settings.key }).from(settings).where(eq(settings.key, key)).for('update')
      if (!(await work(transaction))) throw new Refused()
      await transaction.execute(sql`select pg_notify(${channelOf(database.schema, recordingsChannel)}, '')`)
    })
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}

async function saveRecording(
  transaction: PostgresJsDatabase,
  { body, type, ...recording }: NewRecording,
  actor: string,
): Promise<void> {
  await transaction.insert(recordingFiles).values({ address: recording.address, type, body }).onConflictDoNothing()
  await transaction.delete(recordings).where(isNamed(recording))
  await transaction.insert(recordings).values({ ...recording, addedBy: actor })
  const after = { words: recording.words, bytes: body.length }
  await recordAudit(transaction, { actor, action: 'recording.keep', subject: subjectOf(recording), after })
}

/** Sound that no sentence leads to any more. */
async function dropUnused(transaction: PostgresJsDatabase): Promise<void> {
  const users = transaction
    .select({ address: recordings.address })
    .from(recordings)
    .where(eq(recordings.address, recordingFiles.address))
  await transaction.delete(recordingFiles).where(notExists(users))
}

const isNamed = ({ part, language, key }: Named) =>
  and(eq(recordings.part, part), eq(recordings.language, language), eq(recordings.key, key))

const subjectOf = ({ part, language, key }: Named): string => `${part}/${language}/${key}`

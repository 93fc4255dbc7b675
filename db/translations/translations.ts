import { and, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type {
  ChangeAuthor,
  ReviewEdit,
  TranslationChange,
  WordingEdit,
} from '../../server/translations/change-contract.ts'
import { settings } from '../catalogue/tables.ts'
import type { Database } from '../client.ts'
import { channelOf } from '../connection/schema.ts'
import { recordAudit } from '../staff/audit.ts'
import { ChangedMeanwhile, markVersions, saveDrafts, saveNames } from './own-texts.ts'
import { textReviews, wordings } from './tables.ts'

const language = 'km'

/** The channel on which every process hears that texts have changed. */
export const translationsChannel = 'translations'

/** All that a commune has worded or reviewed itself: a few hundred short rows, read whole. */
export async function readTranslations(database: Database) {
  const [words, reviews] = await Promise.all([
    database.query.select().from(wordings).where(eq(wordings.language, language)),
    database.query.select().from(textReviews).where(eq(textReviews.language, language)),
  ])
  return { words, reviews }
}

export type TranslationRows = Awaited<ReturnType<typeof readTranslations>>

/** Saves texts and reviews, all or none; false where one of them is no longer as it was when it was read. */
export async function saveTranslations(
  database: Database,
  change: TranslationChange,
  author: ChangeAuthor,
): Promise<boolean> {
  try {
    await database.query.transaction(async (transaction) => {
      await takeTurn(transaction)
      await saveDrafts(transaction, change.drafts, author.username)
      await saveNames(transaction, change.names)
      for (const edit of change.wordings) await saveWording(transaction, edit, author.username)
      await saveReviews(transaction, change, author)
      await markVersions(transaction, change.marks, author.username)
      await recordAudit(transaction, ...change.audit)
      await transaction.execute(sql`select pg_notify(${channelOf(database.schema, translationsChannel)}, '')`)
    })
    return true
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return false
    throw error
  }
}

/** Two translators save one after the other: each then sees what the one before has left. */
async function takeTurn(transaction: PostgresJsDatabase): Promise<void> {
  const key = 'translations.turn'
  await transaction.insert(settings).values({ key, value: '' }).onConflictDoNothing()
  await transaction.select({ key: settings.key }).from(settings).where(eq(settings.key, key)).for('update')
}

async function saveWording(transaction: PostgresJsDatabase, edit: WordingEdit, changedBy: string): Promise<void> {
  const { part, key, was, body } = edit
  const own = and(eq(wordings.language, language), eq(wordings.part, part), eq(wordings.key, key))
  const [stored] = await transaction.select({ body: wordings.body }).from(wordings).where(own)
  if ((stored?.body ?? null) !== was) throw new ChangedMeanwhile()
  await transaction.delete(wordings).where(own)
  if (body !== null) await transaction.insert(wordings).values({ language, part, key, body, changedBy })
}

async function saveReviews(
  transaction: PostgresJsDatabase,
  { reviewed, withdrawn }: TranslationChange,
  { username, reviewer }: ChangeAuthor,
): Promise<void> {
  for (const edit of withdrawn) await transaction.delete(textReviews).where(isReview(edit))
  if (reviewed.length === 0) return
  const rows = reviewed.map(
    ({ by = reviewer, ...edit }) => ({ ...edit, language, reviewedBy: by, recordedBy: username }) as const,
  )
  // Whoever reviewed it first stays named.
  await transaction.insert(textReviews).values(rows).onConflictDoNothing()
}

const isReview = ({ part, key, pair }: ReviewEdit) =>
  and(
    eq(textReviews.language, language),
    eq(textReviews.part, part),
    eq(textReviews.key, key),
    eq(textReviews.pair, pair),
  )

import { sql } from 'drizzle-orm'
import { check, customType, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { audioTypes, recordedLanguages } from '../../server/recordings/contract.ts'
import { instant } from '../catalogue/tables.ts'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** Sound by what it holds: the address is the beginning of its SHA-256, so that what an address gives never changes. */
export const recordingFiles = pgTable(
  'recording_files',
  {
    address: text().primaryKey(),
    type: text({ enum: audioTypes }).notNull(),
    body: bytes().notNull(),
  },
  (t) => [check('recording_files_address', sql`${t.address} ~ '^[\\w-]{12}$'`)],
)

/**
 * Who reads which sentence of the survey page: by questionnaire (or what all of them share), language and key, beside the
 * wording it was read from. Worded otherwise later, the sentence has no recording until somebody reads it anew.
 */
export const recordings = pgTable(
  'recordings',
  {
    part: text().notNull(),
    language: text({ enum: recordedLanguages }).notNull(),
    key: text().notNull(),
    /** The hash of the words, and the words. */
    wording: text().notNull(),
    words: text().notNull(),
    address: text()
      .notNull()
      .references(() => recordingFiles.address),
    addedBy: text('added_by').notNull(),
    addedAt: instant('added_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.part, t.language, t.key] }),
    // Whether a file is still in use.
    index('recordings_by_address').on(t.address),
  ],
)

import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '../catalogue/tables.ts'

/** What a commune says instead of a built-in text of the citizens' pages. */
export const wordings = pgTable(
  'wordings',
  {
    language: text({ enum: ['km'] }).notNull(),
    /** Group of words and path in it, as in `survey` and `survey/intro` (web/messages/wording.ts). */
    part: text().notNull(),
    key: text().notNull(),
    body: text().notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.language, t.part, t.key] })],
)

/**
 * That somebody who speaks the language has read one text beside its original. `pair` names both by their hash: where
 * either is worded otherwise later, the text counts as not reviewed without anybody saying so.
 */
export const textReviews = pgTable(
  'text_reviews',
  {
    language: text({ enum: ['km'] }).notNull(),
    part: text().notNull(),
    key: text().notNull(),
    pair: text().notNull(),
    /** Who has read it: a member, or a translator without an account as named by the one who brought the file. */
    reviewedBy: text('reviewed_by').notNull(),
    recordedBy: text('recorded_by').notNull(),
    reviewedAt: instant('reviewed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.language, t.part, t.key, t.pair] })],
)

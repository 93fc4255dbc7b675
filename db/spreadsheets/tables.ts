import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '../catalogue/tables.ts'

/** What people said the columns of imported files are, for the next file with the same header. */
export const columnChoices = pgTable(
  'column_choices',
  {
    kind: text({ enum: ['visits', 'places'] }).notNull(),
    /** 'all', or the agency ids of those who chose, with commas. */
    scope: text().notNull(),
    /** SHA-256 of the header without capitals, marks and punctuation. */
    headerHash: text('header_hash').notNull(),
    /** A role for each column; empty where the column held no numbers and nobody was asked. */
    roles: text().array().notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.scope, t.headerHash] })],
)

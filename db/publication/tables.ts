import { date, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '../catalogue/tables.ts'

/** What was published of a closed day or month: moves only by whole groups, so that two downloads never differ by one citizen. */
export const publications = pgTable(
  'publications',
  {
    /** The table and its key, such as a place's or an indicator's code. */
    scope: text().notNull(),
    period: text({ enum: ['day', 'month'] }).notNull(),
    day: date({ mode: 'string' }).notNull(),
    figures: jsonb().$type<Record<string, unknown>>().notNull(),
    publishedAt: instant('published_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.period, t.day] })],
)

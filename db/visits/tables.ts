import { sql } from 'drizzle-orm'
import { check, date, integer, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core'
import type { FieldId, PlaceId } from '../../server/catalogue/contract.ts'
import { instant, places } from '../catalogue/tables.ts'

/** Visits (lượt giao dịch, lượt khám, số học sinh): the denominator, per place or field, by day or month. */
export const visits = pgTable(
  'visits',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** Null when the count is of a field over all places. */
    placeId: smallint('place_id')
      .references(() => places.id)
      .$type<PlaceId>(),
    fieldId: smallint('field_id').notNull().$type<FieldId | 0>(),
    period: text({ enum: ['day', 'month'] }).notNull(),
    /** The day, or the first day of the month. */
    day: date({ mode: 'string' }).notNull(),
    count: integer().notNull(),
    source: text().notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [
    unique('visits_once').on(t.placeId, t.fieldId, t.period, t.day).nullsNotDistinct(),
    check('visits_not_negative', sql`${t.count} >= 0`),
    check('visits_of_something', sql`${t.placeId} is not null or ${t.fieldId} <> 0`),
  ],
)

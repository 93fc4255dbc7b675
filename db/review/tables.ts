import { foreignKey, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { reasons } from '../../server/tallies/contract.ts'
import { instant } from '../catalogue/tables.ts'
import { responses } from '../respond/tables.ts'

/** Every manual change of a response's standing, so that each can be explained and taken back. */
export const standingChanges = pgTable(
  'standing_changes',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** One decision may move many responses. */
    decision: uuid().notNull(),
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    responseId: uuid('response_id').notNull(),
    fromReason: text('from_reason', { enum: reasons }),
    toReason: text('to_reason', { enum: reasons }),
    why: text().notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({ columns: [t.placeId, t.responseId], foreignColumns: [responses.placeId, responses.id] }),
    index('standing_changes_by_response').on(t.placeId, t.responseId),
    index('standing_changes_by_decision').on(t.decision),
  ],
)

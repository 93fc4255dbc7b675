import { sql } from 'drizzle-orm'
import {
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { closedSigns, patternStates } from '../../server/review/signs/contract.ts'
import { reasons } from '../../server/tallies/contract.ts'
import { instant, places, provenance } from '../catalogue/tables.ts'
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

/** What a sign of the nightly look over closed days found: proposed once, decided once, as a whole. */
export const signPatterns = pgTable(
  'sign_patterns',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    placeId: smallint('place_id')
      .notNull()
      .references(() => places.id)
      .$type<PlaceId>(),
    provenance: provenance().notNull(),
    sign: text({ enum: closedSigns }).notNull(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }).notNull(),
    /** How likely honest days would show it, and how many were seen and expected. */
    chance: doublePrecision().notNull(),
    observed: doublePrecision().notNull(),
    expected: doublePrecision().notNull(),
    foundAt: instant('found_at').notNull().defaultNow(),
    state: text({ enum: patternStates }).notNull().default('pending'),
    why: text(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    // The indicator's note and the list of the review: what waits.
    index('sign_patterns_waiting').on(t.placeId).where(sql`${t.state} = 'pending'`),
    check('sign_patterns_decided', sql`(${t.state} = 'pending') = (${t.decidedBy} is null)`),
  ],
)

/** The responses of a pattern: each belongs to one pattern at most, so that no sign proposes it twice. */
export const signMembers = pgTable(
  'sign_members',
  {
    patternId: integer('pattern_id')
      .notNull()
      .references(() => signPatterns.id),
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    responseId: uuid('response_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.placeId, t.responseId] }),
    foreignKey({ columns: [t.placeId, t.responseId], foreignColumns: [responses.placeId, responses.id] }),
    // A pattern's own page.
    index('sign_members_by_pattern').on(t.patternId),
  ],
)

/** Up to which closed day a place was looked at for signs: a night that was missed is made good. */
export const signDays = pgTable('sign_days', { day: date({ mode: 'string' }).primaryKey() })

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
import { closedSigns, patternStates } from '../../server/signs/contract.ts'
import { instant, places, provenance } from '../catalogue/tables.ts'
import { responses } from '../respond/tables.ts'

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
    /** Among how many it was found; null for what was found before this was kept. */
    judged: integer(),
    foundAt: instant('found_at').notNull().defaultNow(),
    state: text({ enum: patternStates }).notNull().default('pending'),
    why: text(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    /** The change of standing that set its responses aside; null while it waits, and where they were kept. */
    decision: uuid(),
  },
  (t) => [
    // The indicator's note and the list of the review: what waits.
    index('sign_patterns_waiting').on(t.placeId).where(sql`${t.state} = 'pending'`),
    // Taking a decision back puts its pattern back to waiting.
    index('sign_patterns_by_decision').on(t.decision),
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

/** Looks that somebody asked for: over which closed days, and how many patterns came of it; `found` is null meanwhile. */
export const signLooks = pgTable('sign_looks', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  from: date('from_day', { mode: 'string' }).notNull(),
  to: date('to_day', { mode: 'string' }).notNull(),
  /** Null: every open place. */
  placeId: smallint('place_id')
    .references(() => places.id)
    .$type<PlaceId>(),
  askedBy: text('asked_by').notNull(),
  askedAt: instant('asked_at').notNull().defaultNow(),
  found: integer(),
})

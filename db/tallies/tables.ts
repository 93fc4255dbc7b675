import { sql } from 'drizzle-orm'
import { bigint, date, doublePrecision, index, integer, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'
import type { AgencyId, FieldId, PlaceId, StratumId, VersionId, WaveId } from '../../server/catalogue/contract.ts'
import {
  agencies,
  channel,
  instant,
  places,
  provenance,
  questionnaireVersions,
  respondent,
  serviceMode,
  standing,
} from '../catalogue/tables.ts'

const cellKey = {
  placeId: smallint('place_id')
    .notNull()
    .references(() => places.id)
    .$type<PlaceId>(),
  versionId: smallint('version_id')
    .notNull()
    .references(() => questionnaireVersions.id)
    .$type<VersionId>(),
  fieldId: smallint('field_id').notNull().$type<FieldId | 0>(),
  serviceMode: serviceMode('service_mode').notNull(),
  channel: channel().notNull(),
  provenance: provenance().notNull().default('open'),
  respondent: respondent().notNull(),
  standing: standing().notNull(),
  waveId: smallint('wave_id').notNull().$type<WaveId | 0>(),
  stratumId: smallint('stratum_id').notNull().$type<StratumId | 0>(),
}

/** What a tally row holds. */
const cellSums = {
  /** Responses in the cell, also those without any answer from 1 to 5. */
  received: integer().notNull(),
  /** To the minute: no tally is a record of anybody's coming. */
  lastReceivedAt: instant('last_received_at').notNull(),
  moments: doublePrecision().array().notNull(),
  counts: integer().array().notNull(),
  /** Per extra question of the version, in its order: how many answered it, and the sum of their numbers. */
  extraSums: doublePrecision('extra_sums').array().notNull(),
  /** How many answered within each span of time (rules: answeringSpans). */
  durations: integer().array().notNull(),
}

/**
 * Tallies: derived from responses, rebuildable. One row per combination; `moments` holds seven sums
 * (n, b, Σy, Σm, Σy², Σym, Σm²) for all criteria and then for each factor of the version; `counts` holds,
 * per criterion of the version in its order, how often 0, 1, 2, 3, 4, 5 was answered.
 */
export const cells = pgTable('cells', { ...cellKey, day: date({ mode: 'string' }).notNull(), ...cellSums }, (t) => [
  primaryKey({
    // A name of its own: PostgreSQL cuts the made one off in the middle of a column.
    name: 'cells_key',
    columns: [
      t.placeId,
      t.day,
      t.versionId,
      t.fieldId,
      t.serviceMode,
      t.channel,
      t.provenance,
      t.respondent,
      t.standing,
      t.waveId,
      t.stratumId,
    ],
  }),
  // Indicators read a range of days over all places.
  index('cells_by_day').on(t.day),
])

/** The cells of a month's closed days, added up: what a year's questions read. `month` is its first day. */
export const months = pgTable('months', { ...cellKey, month: date({ mode: 'string' }).notNull(), ...cellSums }, (t) => [
  primaryKey({
    name: 'months_key',
    columns: [
      t.month,
      t.placeId,
      t.versionId,
      t.fieldId,
      t.serviceMode,
      t.channel,
      t.provenance,
      t.respondent,
      t.standing,
      t.waveId,
      t.stratumId,
    ],
  }),
])

/** Which days are added up in `months`; the others are read from the cells. */
export const rolledMonths = pgTable('rolled_months', {
  month: date({ mode: 'string' }).primaryKey(),
  /** The last day of it that is in; the month's own last day once it is over. Before the month: nothing is. */
  through: date({ mode: 'string' }).notNull().default('0001-01-01'),
  /** The transaction that added it up: what was read of it is held under this name. */
  made: bigint({ mode: 'number' }).notNull().default(sql`pg_current_xact_id()::text::bigint`),
})

/**
 * What of a closed day stood in nothing that had shown while it ran, where that is one to four counted answers
 * (server/tallies/short-rests-rules.ts). Few rows: most days have none.
 */
export const shortRests = pgTable(
  'short_rests',
  {
    day: date({ mode: 'string' }).notNull(),
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    /** 0 = the agency's own score. */
    placeId: smallint('place_id').notNull().$type<PlaceId | 0>(),
    rest: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.agencyId, t.placeId] })],
)

import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { PlaceId, StratumId, WaveId } from '../../server/catalogue/contract.ts'
import { instant, waves } from '../catalogue/tables.ts'
import { responses } from '../respond/tables.ts'

/** The sample plan of a wave: population and planned responses per stratum (village, school, service). */
export const waveStrata = pgTable(
  'wave_strata',
  {
    id: smallint().primaryKey().generatedAlwaysAsIdentity().$type<StratumId>(),
    waveId: smallint('wave_id')
      .notNull()
      .references(() => waves.id)
      .$type<WaveId>(),
    name: text().notNull(),
    population: integer().notNull(),
    planned: integer().notNull(),
    position: smallint().notNull(),
  },
  (t) => [
    unique('wave_strata_names').on(t.waveId, t.name),
    check('wave_strata_sizes', sql`${t.population} > 0 and ${t.planned} >= 0`),
  ],
)

/** Paper and interview forms typed in by staff: who typed which form, and the second typing of a sample of them. */
export const entries = pgTable(
  'entries',
  {
    waveId: smallint('wave_id')
      .notNull()
      .references(() => waves.id)
      .$type<WaveId>(),
    formNumber: text('form_number').notNull(),
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    responseId: uuid('response_id').notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull().defaultNow(),
    /** The same form typed again by somebody, in the shape of `responses.answers`. */
    secondAnswers: text('second_answers'),
    secondBy: text('second_by'),
    secondAt: instant('second_at'),
  },
  (t) => [
    primaryKey({ columns: [t.waveId, t.formNumber] }),
    foreignKey({ columns: [t.placeId, t.responseId], foreignColumns: [responses.placeId, responses.id] }),
  ],
)

import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AgencyId, FieldId, PlaceId, StratumId, VersionId, WaveId } from '../../server/catalogue/contract.ts'
import { reasons } from '../../server/tallies/contract.ts'
import {
  channel,
  instant,
  places,
  provenance,
  questionnaireVersions,
  respondent,
  serviceMode,
  standing,
} from '../catalogue/tables.ts'

/** What each citizen answered, once. Never deleted, never updated except `standing` and `reason`. */
export const responses = pgTable(
  'responses',
  {
    placeId: smallint('place_id')
      .notNull()
      .references(() => places.id)
      .$type<PlaceId>(),
    id: uuid().notNull(),
    versionId: smallint('version_id')
      .notNull()
      .references(() => questionnaireVersions.id)
      .$type<VersionId>(),
    day: date({ mode: 'string' }).notNull(),
    /** To the minute once the day is over (db/ledger/minutes.ts). */
    receivedAt: instant('received_at').notNull(),
    /** 0 = not stated. */
    fieldId: smallint('field_id').notNull().$type<FieldId | 0>(),
    serviceMode: serviceMode('service_mode').notNull(),
    channel: channel().notNull(),
    /** What the server had proof of at arrival; never what was claimed. */
    provenance: provenance().notNull().default('open'),
    respondent: respondent().notNull(),
    language: text({ enum: ['vi', 'en', 'km'] }).notNull(),
    /** Whether somebody pressed or read for whoever answered; null where it was not said. */
    assisted: boolean(),
    standing: standing().notNull(),
    reason: text({ enum: reasons }),
    /** One character per criterion of the version, in its order: `.` not asked, `-` asked and left out, 0-5 the answer. */
    answers: text().notNull(),
    extras: jsonb().$type<Record<string, number | string>>(),
    /** The wave it belongs to, and the stratum in it; 0 = none. */
    waveId: smallint('wave_id').notNull().$type<WaveId | 0>(),
    stratumId: smallint('stratum_id').notNull().$type<StratumId | 0>(),
    /** Seconds from the page to the answer, where the page's id tells. */
    seconds: integer(),
    /** When it was given, where an enrolled tablet kept it through an outage; the signs go by it. */
    givenAt: instant('given_at'),
    /** The transaction that stored it: what the ledger takes its order from; no commit can slip in behind a watermark of it. */
    takenIn: bigint('taken_in', { mode: 'number' }).notNull().default(sql`pg_current_xact_id()::text::bigint`),
  },
  (t) => [
    // The ledger reads what came since, boards the running day; block ranges cost the citizens' insert next to nothing.
    index('responses_taken_in').using('brin', t.takenIn, t.day).with({ pages_per_range: 32, autosummarize: true }),
    // (place, id): the same id at another place is another response; the place leads so that tables can be distributed by it.
    primaryKey({ columns: [t.placeId, t.id] }),
    // The review of what was set aside, by day; few rows, so counted responses pay nothing for it.
    index('responses_set_aside').on(t.day, t.placeId).where(sql`${t.standing} = 'set_aside'`),
    // One answer in five: what they said about pressure, by quarter.
    index('responses_asked_pressure').on(t.placeId, t.day).where(sql`${t.extras} ? 'yd_pressure'`),
    // What was answered in Khmer or English, by day: Vietnamese ones are not in it and pay nothing for it.
    index('responses_other_language').on(t.day, t.versionId).where(sql`${t.language} <> 'vi'`),
    // From which month on anybody was helped: before, there is nothing to compare.
    index('responses_assisted').on(t.day, t.versionId).where(sql`${t.assisted}`),
    check('responses_answers_shape', sql`${t.answers} ~ '^[-.0-5]+$'`),
    check('responses_reason_when_set_aside', sql`(${t.standing} = 'set_aside') = (${t.reason} is not null)`),
  ],
)

/** Free text apart from the answers, so that it can be guarded apart. */
export const comments = pgTable(
  'comments',
  {
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    responseId: uuid('response_id').notNull(),
    /** Whose members may read it: the place's agency at arrival, then wherever its case goes. Row-level security reads it. */
    agencyId: smallint('agency_id').notNull().$type<AgencyId>(),
    /** About an official's conduct: past the official's own agency, to the commune's leaders. */
    restricted: boolean().notNull().default(false),
    day: date({ mode: 'string' }).notNull(),
    body: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.placeId, t.responseId] }),
    foreignKey({ columns: [t.placeId, t.responseId], foreignColumns: [responses.placeId, responses.id] }),
    // Comments of an agency's places, newest day first.
    index('comments_by_day').on(t.placeId, t.day),
    check('comments_length', sql`char_length(${t.body}) between 1 and 1000`),
  ],
)

/** Counted responses per place and minute of the last hour: the place's budget, true for every process. */
export const placeMinutes = pgTable(
  'place_minutes',
  {
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    minute: instant('minute').notNull(),
    counted: integer().notNull(),
    /** Those of them without proof, which have a lower ceiling. */
    open: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.placeId, t.minute] })],
)

/** Salted hashes of (first-party cookie, place), to the minute, forgotten after two days; never joined to a response. */
export const deviceMarks = pgTable(
  'device_marks',
  {
    hash: text().primaryKey(),
    /** An enrolled tablet is nobody's own: its mark has the second. */
    minute: instant('minute').notNull(),
    /** Somebody else of the household answered on this telephone too, within an hour of the one before. */
    household: boolean().notNull().default(false),
  },
  // The hourly clean-up deletes by age.
  (t) => [index('device_marks_by_minute').on(t.minute)],
)

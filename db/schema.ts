import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  type AgencyId,
  channels,
  type FieldId,
  type IndicatorReference,
  type PlaceId,
  type Questionnaire,
  respondents,
  type StratumId,
  sectors,
  serviceModes,
  type Text,
  type VersionId,
  type WaveId,
} from '../server/surveys/contract.ts'
import type { WaveSnapshot } from '../server/surveys/wave-contract.ts'

export const sector = pgEnum('sector', sectors)
export const channel = pgEnum('channel', channels)
export const serviceMode = pgEnum('service_mode', serviceModes)
export const respondent = pgEnum('respondent', respondents)
export const standing = pgEnum('standing', ['counted', 'set_aside'])
export const versionStatus = pgEnum('version_status', ['draft', 'published', 'retired'])

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })

/** Values the application keeps for itself: secret keys, switches of the administrator. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: text().notNull(),
})

/** Which items of the reference data were ever loaded: one that an administrator renamed or removed never comes back. */
export const referenceItems = pgTable('reference_items', {
  key: text().primaryKey(),
  loadedAt: instant('loaded_at').notNull().defaultNow(),
})

export const agencies = pgTable('agencies', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity().$type<AgencyId>(),
  code: text().notNull().unique(),
  name: jsonb().$type<Text>().notNull(),
  shortName: text('short_name').notNull(),
  position: smallint().notNull(),
})

export const fields = pgTable('fields', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity().$type<FieldId>(),
  code: text().notNull().unique(),
  name: jsonb().$type<Text>().notNull(),
  landConstructionInvestment: boolean('land_construction_investment').notNull(),
  position: smallint().notNull(),
})

export const places = pgTable(
  'places',
  {
    id: smallint().primaryKey().generatedAlwaysAsIdentity().$type<PlaceId>(),
    code: text().notNull().unique(),
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    name: jsonb().$type<Text>().notNull(),
    sector: sector().notNull(),
    questionnaire: text().notNull(),
    fieldCodes: text('field_codes').array().notNull(),
    serviceMode: text('service_mode', { enum: ['ask', 'direct', 'online'] }).notNull(),
    asksRespondent: boolean('asks_respondent').notNull(),
    open: boolean().notNull().default(true),
    budgetPerHour: integer('budget_per_hour'),
    position: smallint().notNull(),
  },
  (t) => [
    check('places_code_is_capitals', sql`${t.code} ~ '^[A-Z0-9]{4,10}$'`),
    check('places_budget_is_positive', sql`${t.budgetPerHour} > 0`),
  ],
)

/** Published versions never change; `reviewed` is about them, not in them. */
export const questionnaireVersions = pgTable(
  'questionnaire_versions',
  {
    id: smallint().primaryKey().generatedAlwaysAsIdentity().$type<VersionId>(),
    code: text().notNull(),
    version: smallint().notNull(),
    status: versionStatus().notNull(),
    definition: jsonb().$type<Questionnaire>().notNull(),
    reason: text().notNull().default('Bộ câu hỏi ban đầu.'),
    publishedAt: instant('published_at'),
    retiredAt: instant('retired_at'),
    /** Language → when an administrator marked its wording as reviewed by a native speaker. */
    reviewed: jsonb().$type<Partial<Record<'en' | 'km', string>>>().notNull().default({}),
  },
  (t) => [
    unique('questionnaire_versions_code_version').on(t.code, t.version),
    // One published version and one draft of each questionnaire at a time.
    uniqueIndex('questionnaire_versions_one_current').on(t.code, t.status).where(sql`${t.status} <> 'retired'`),
  ],
)

export const indicators = pgTable(
  'indicators',
  {
    code: text().notNull(),
    version: smallint().notNull(),
    title: text().notNull(),
    target: doublePrecision().notNull(),
    period: text().notNull(),
    ownerAgencyId: smallint('owner_agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    definition: jsonb().$type<IndicatorReference['definition']>().notNull(),
    position: smallint().notNull(),
    /** Why this version replaced the one before, who did it, when. */
    reason: text().notNull().default('Theo kế hoạch của xã.'),
    changedBy: text('changed_by').notNull().default('reference'),
    changedAt: instant('changed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.code, t.version] })],
)

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
    receivedAt: instant('received_at').notNull(),
    /** 0 = not stated. */
    fieldId: smallint('field_id').notNull().$type<FieldId | 0>(),
    serviceMode: serviceMode('service_mode').notNull(),
    channel: channel().notNull(),
    respondent: respondent().notNull(),
    language: text({ enum: ['vi', 'en', 'km'] }).notNull(),
    standing: standing().notNull(),
    reason: text({ enum: ['honeypot', 'too_fast', 'same_device', 'over_budget'] }),
    /** One character per criterion of the version, in its order: `.` not asked, `-` asked and left out, 0-5 the answer. */
    answers: text().notNull(),
    extras: jsonb().$type<Record<string, number | string>>(),
    /** The wave it belongs to, and the stratum in it; 0 = none. */
    waveId: smallint('wave_id').notNull().$type<WaveId | 0>(),
    stratumId: smallint('stratum_id').notNull().$type<StratumId | 0>(),
    /** Seconds from the page to the answer, where the page's id tells. */
    seconds: integer(),
  },
  (t) => [
    // (place, id): the same id at another place is another response; the place leads so that tables can be distributed by it.
    primaryKey({ columns: [t.placeId, t.id] }),
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
  respondent: respondent().notNull(),
  standing: standing().notNull(),
  waveId: smallint('wave_id').notNull().$type<WaveId | 0>(),
  stratumId: smallint('stratum_id').notNull().$type<StratumId | 0>(),
}

/** What a tally row holds. */
const cellSums = {
  /** Responses in the cell, also those without any answer from 1 to 5. */
  received: integer().notNull(),
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
    columns: [
      t.placeId,
      t.day,
      t.versionId,
      t.fieldId,
      t.serviceMode,
      t.channel,
      t.respondent,
      t.standing,
      t.waveId,
      t.stratumId,
    ],
  }),
  // Indicators read a range of days over all places.
  index('cells_by_day').on(t.day),
])

/** The cells of a month that is over, added up: what a year's questions read. `month` is its first day. */
export const months = pgTable('months', { ...cellKey, month: date({ mode: 'string' }).notNull(), ...cellSums }, (t) => [
  primaryKey({
    columns: [
      t.month,
      t.placeId,
      t.versionId,
      t.fieldId,
      t.serviceMode,
      t.channel,
      t.respondent,
      t.standing,
      t.waveId,
      t.stratumId,
    ],
  }),
])

/** Which months are added up in `months`; the others are read from the cells. */
export const rolledMonths = pgTable('rolled_months', { month: date({ mode: 'string' }).primaryKey() })

/** Counted responses per place and minute of the last hour: the place's budget, true for every process. */
export const placeMinutes = pgTable(
  'place_minutes',
  {
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    minute: instant('minute').notNull(),
    counted: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.placeId, t.minute] })],
)

/** Salted hashes of (first-party cookie, place), to the minute, forgotten after two days; never joined to a response. */
export const deviceMarks = pgTable(
  'device_marks',
  {
    hash: text().primaryKey(),
    minute: instant('minute').notNull(),
  },
  // The hourly clean-up deletes by age.
  (t) => [index('device_marks_by_minute').on(t.minute)],
)

/** The score a live screen may show: replaced only when five new counted responses have come since. */
export const heldScores = pgTable(
  'held_scores',
  {
    /** 'all', or the code of an indicator that looks at a part of the place's responses. */
    scope: text().notNull(),
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    day: date({ mode: 'string' }).notNull(),
    moments: doublePrecision().array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.placeId, t.day] })],
)

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

/** A survey wave (đợt khảo sát): fixed at its start, frozen at its close. */
export const waves = pgTable(
  'waves',
  {
    id: smallint().primaryKey().generatedAlwaysAsIdentity().$type<WaveId>(),
    name: text().notNull(),
    ownerAgencyId: smallint('owner_agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    versionId: smallint('version_id')
      .notNull()
      .references(() => questionnaireVersions.id)
      .$type<VersionId>(),
    channels: text({ enum: channels }).array().notNull(),
    opensOn: date('opens_on', { mode: 'string' }).notNull(),
    closesOn: date('closes_on', { mode: 'string' }).notNull(),
    formula: text({ enum: ['pooled', 'stratified'] }).notNull(),
    /** Respondents were drawn from a list: only then does the finite population correction apply. */
    drawnFromList: boolean('drawn_from_list').notNull(),
    /** The tallies, formula and versions at closing; null while it is not closed. */
    snapshot: jsonb().$type<WaveSnapshot>(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    closedBy: text('closed_by'),
    closedAt: instant('closed_at'),
  },
  (t) => [check('waves_dates_in_order', sql`${t.opensOn} <= ${t.closesOn}`)],
)

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

export const staff = pgTable('staff', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity(),
  username: text().notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  role: text({ enum: ['administrator'] }).notNull(),
  failedSignIns: smallint('failed_sign_ins').notNull().default(0),
  /** No further attempt before this moment. */
  nextSignInAt: instant('next_sign_in_at'),
})

export const sessions = pgTable('sessions', {
  /** SHA-256 of the cookie's token: a stolen table opens no session. */
  tokenHash: text('token_hash').primaryKey(),
  staffId: smallint('staff_id')
    .notNull()
    .references(() => staff.id, { onDelete: 'cascade' }),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
})

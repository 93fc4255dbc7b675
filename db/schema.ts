import { sql } from 'drizzle-orm'
import {
  bigint,
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
import { caseKinds, caseStates } from '../server/cases/contract.ts'
import { type ReportDocument, type ReportInput, reportKinds, reportStates } from '../server/reports/contract.ts'
import { reasons } from '../server/respond/contract.ts'
import { closedSigns, patternStates } from '../server/review/signs-contract.ts'
import { type AuditChange, roles } from '../server/staff/contract.ts'
import {
  type AgencyId,
  channels,
  type FieldId,
  type IndicatorReference,
  type PlaceId,
  provenances,
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
import { batchKinds, deviceKinds } from '../server/tickets/contract.ts'

export {
  ledgerCheckpoints,
  ledgerEntries,
  ledgerEvents,
  ledgerRuns,
  ledgerState,
  ledgerTiles,
} from './ledger/tables.ts'

export const sector = pgEnum('sector', sectors)
export const channel = pgEnum('channel', channels)
export const provenance = pgEnum('provenance', provenances)
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
  /** Follows the indicators of the whole commune: its members read everybody's results and review what was set aside. */
  coordinates: boolean().notNull().default(false),
  open: boolean().notNull().default(true),
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
    /** Opening hours in minutes of the day, both or none; weekdays 1 (Monday) to 7. Holidays stand in their own table. */
    opensAt: smallint('opens_at'),
    closesAt: smallint('closes_at'),
    openDays: text('open_days').notNull().default('12345'),
    /** What the place can serve in half an hour, learned nightly from its own past; null while that is not known. */
    mostPerHalfHour: integer('most_per_half_hour'),
    position: smallint().notNull(),
  },
  (t) => [
    check('places_code_is_capitals', sql`${t.code} ~ '^[A-Z0-9]{4,10}$'`),
    check('places_budget_is_positive', sql`${t.budgetPerHour} > 0`),
    check(
      'places_hours_in_order',
      sql`(${t.opensAt} is null) = (${t.closesAt} is null) and ${t.opensAt} between 0 and 1439 and ${t.closesAt} between ${t.opensAt} + 1 and 1440`,
    ),
    check('places_open_days', sql`${t.openDays} ~ '^[1-7]{1,7}$'`),
  ],
)

/** Codes that were replaced or revoked: an old poster says so kindly and names the new code, if there is one. */
export const retiredCodes = pgTable('retired_codes', {
  code: text().primaryKey(),
  placeId: smallint('place_id')
    .notNull()
    .references(() => places.id)
    .$type<PlaceId>(),
  /** Revoked codes lead nowhere (a poster was tampered with); replaced ones lead to the place's present code. */
  revoked: boolean().notNull(),
  reason: text().notNull(),
  retiredAt: instant('retired_at').notNull().defaultNow(),
})

/** How often a place's page was opened, per day and channel: a scan itself cannot be seen. */
export const openings = pgTable(
  'openings',
  {
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    day: date({ mode: 'string' }).notNull(),
    channel: channel().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.placeId, t.day, t.channel] })],
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
    /** What the server had proof of at arrival; never what was claimed. */
    provenance: provenance().notNull().default('open'),
    respondent: respondent().notNull(),
    language: text({ enum: ['vi', 'en', 'km'] }).notNull(),
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
    /** The transaction that stored it: what the ledger takes its order from; no commit can slip in behind a watermark of it. */
    takenIn: bigint('taken_in', { mode: 'number' }).notNull().default(sql`pg_current_xact_id()::text::bigint`),
  },
  (t) => [
    // The ledger reads what came since; block ranges cost the citizens' insert next to nothing.
    index('responses_taken_in').using('brin', t.takenIn).with({ pages_per_range: 32, autosummarize: true }),
    // (place, id): the same id at another place is another response; the place leads so that tables can be distributed by it.
    primaryKey({ columns: [t.placeId, t.id] }),
    // The review of what was set aside, by day; few rows, so counted responses pay nothing for it.
    index('responses_set_aside').on(t.day, t.placeId).where(sql`${t.standing} = 'set_aside'`),
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

/** The cells of a month that is over, added up: what a year's questions read. `month` is its first day. */
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

/** Which months are added up in `months`; the others are read from the cells. */
export const rolledMonths = pgTable('rolled_months', { month: date({ mode: 'string' }).primaryKey() })

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
  /** What colleagues read: a name or a post. */
  displayName: text('display_name').notNull().default(''),
  /** Null until the invitation is accepted. */
  passwordHash: text('password_hash'),
  role: text({ enum: roles }).notNull(),
  disabled: boolean().notNull().default(false),
  failedSignIns: smallint('failed_sign_ins').notNull().default(0),
  /** No further attempt from an unknown browser before this moment. */
  nextSignInAt: instant('next_sign_in_at'),
  /** Second factor: the shared secret, encrypted with the key outside the database; used from its confirmation on. */
  totpSecret: text('totp_secret'),
  totpConfirmedAt: instant('totp_confirmed_at'),
  /** The last time step that signed in: a code works once. */
  totpLastStep: bigint('totp_last_step', { mode: 'number' }),
  createdAt: instant('created_at').notNull().defaultNow(),
})

const staffId = () =>
  smallint('staff_id')
    .notNull()
    .references(() => staff.id, { onDelete: 'cascade' })

export const staffAgencies = pgTable(
  'staff_agencies',
  {
    staffId: staffId(),
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.agencyId] })],
)

export const sessions = pgTable('sessions', {
  /** SHA-256 of the cookie's token: a stolen table opens no session. */
  tokenHash: text('token_hash').primaryKey(),
  staffId: staffId(),
  /** For the owner's list of sessions: the browser and system in words, no address. */
  browser: text().notNull().default(''),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
})

/** Links by which an invited or locked-out member chooses a password, once. */
export const invitations = pgTable('invitations', {
  /** SHA-256 of the link's token. */
  tokenHash: text('token_hash').primaryKey(),
  staffId: staffId(),
  createdBy: text('created_by').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})

export const recoveryCodes = pgTable(
  'recovery_codes',
  { staffId: staffId(), codeHash: text('code_hash').notNull(), usedAt: instant('used_at') },
  (t) => [primaryKey({ columns: [t.staffId, t.codeHash] })],
)

/** Browsers that signed in before: failures elsewhere do not lock them out. */
export const knownBrowsers = pgTable(
  'known_browsers',
  {
    /** SHA-256 of the browser's long-lived cookie. */
    markHash: text('mark_hash').notNull(),
    staffId: staffId(),
    failedSignIns: smallint('failed_sign_ins').notNull().default(0),
    nextSignInAt: instant('next_sign_in_at'),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.markHash] })],
)

/** Who did what to what. Triggers refuse UPDATE, DELETE and TRUNCATE; row-level security keeps it from everyone but its readers. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().defaultNow(),
    /** The user name at that time; 'system' and 'api:<key name>' for programs. */
    actor: text().notNull(),
    /** Agency concerned; null = the whole commune. */
    agencyId: smallint('agency_id').$type<AgencyId>(),
    action: text().notNull(),
    /** The thing it was done to, as its address or code. */
    subject: text().notNull(),
    change: jsonb().$type<AuditChange>().notNull(),
  },
  // The log is read newest first, and by subject.
  (t) => [index('audit_log_by_time').on(t.at), index('audit_log_by_subject').on(t.subject)],
)

/** Public holidays and swapped working days of each year, as the government announces them. */
export const holidays = pgTable('holidays', {
  day: date({ mode: 'string' }).primaryKey(),
  name: text().notNull(),
  /** A Saturday or Sunday worked instead. */
  works: boolean().notNull().default(false),
})

/** The short list from which staff choose what a comment is about. */
export const themes = pgTable('themes', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity(),
  code: text().notNull().unique(),
  name: text().notNull(),
  sector: sector(),
  position: smallint().notNull(),
  open: boolean().notNull().default(true),
})

/** Ý kiến: a response that must be followed to an answer. Row-level security: the agency's members, or the holder of the receipt. */
export const cases = pgTable(
  'cases',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    placeId: smallint('place_id').notNull().$type<PlaceId>(),
    responseId: uuid('response_id').notNull(),
    /** What the citizen finds the answer by. */
    receipt: text().notNull(),
    kind: text({ enum: caseKinds }).notNull(),
    /** Who handles it; a restricted case is the leaders', whatever the agency. */
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    restricted: boolean().notNull().default(false),
    state: text({ enum: caseStates }).notNull().default('new'),
    day: date({ mode: 'string' }).notNull(),
    half: text({ enum: ['morning', 'afternoon'] }).notNull(),
    themeId: smallint('theme_id').references(() => themes.id),
    ownerId: smallint('owner_id').references(() => staff.id),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** What the citizen reads under the receipt. */
    reply: text(),
    answeredAt: instant('answered_at'),
    closedAt: instant('closed_at'),
    /** Why it was closed without a reply. */
    closedReason: text('closed_reason'),
  },
  (t) => [
    foreignKey({ columns: [t.placeId, t.responseId], foreignColumns: [responses.placeId, responses.id] }),
    unique('cases_once').on(t.placeId, t.responseId),
    unique('cases_receipt').on(t.receipt),
    // An agency's open cases by deadline.
    index('cases_by_agency').on(t.agencyId, t.state, t.dueOn),
    check('cases_answered_with_reply', sql`(${t.state} = 'answered') <= (${t.reply} is not null)`),
    check('cases_owner_when_assigned', sql`(${t.state} = 'assigned') <= (${t.ownerId} is not null)`),
  ],
)

/** Internal notes and the course of a case; never shown to the public. */
export const caseEvents = pgTable(
  'case_events',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    caseId: integer('case_id')
      .notNull()
      .references(() => cases.id),
    at: instant('at').notNull().defaultNow(),
    actor: text().notNull(),
    kind: text().notNull(),
    note: text().notNull().default(''),
  },
  (t) => [index('case_events_by_case').on(t.caseId, t.id)],
)

/** A telephone number left for a call back: encrypted with a key outside the database, erased when the case closes. */
export const callbacks = pgTable('callbacks', {
  caseId: integer('case_id')
    .primaryKey()
    .references(() => cases.id),
  /** AES-256-GCM, base64: nonce, text, tag. Null once erased; the consent stays as its proof. */
  sealed: text(),
  /** The very words the citizen agreed to. */
  consent: text().notNull(),
  consentedAt: instant('consented_at').notNull(),
  erasedAt: instant('erased_at'),
})

/** "Quý vị nói, chúng tôi làm": published from cases, shown to everyone. */
export const improvements = pgTable(
  'improvements',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    /** What citizens said, in the agency's words. */
    said: text().notNull(),
    did: text().notNull(),
    caseIds: integer('case_ids').array().notNull(),
    publishedAt: instant('published_at'),
    withdrawnAt: instant('withdrawn_at'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [check('improvements_length', sql`char_length(${t.said}) <= 300 and char_length(${t.did}) <= 300`)],
)

/** Requests of people about their own data (Luật 91/2025/QH15): what was asked, by when, what was done. */
export const rightsRequests = pgTable('rights_requests', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  receipt: text().notNull(),
  kind: text({ enum: ['access', 'correct', 'withdraw', 'delete'] }).notNull(),
  askedOn: date('asked_on', { mode: 'string' }).notNull(),
  dueOn: date('due_on', { mode: 'string' }).notNull(),
  outcome: text(),
  doneBy: text('done_by'),
  doneAt: instant('done_at'),
})

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

/** A report (báo cáo): a draft may change; approved, it stays as it is, byte for byte. A correction is a new version. */
export const reports = pgTable(
  'reports',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: reportKinds }).notNull(),
    sector: sector().notNull(),
    /** The body that issues it. */
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }).notNull(),
    version: smallint().notNull(),
    /** The version this one corrects, and why. */
    correctsId: integer('corrects_id'),
    correctionReason: text('correction_reason'),
    state: text({ enum: reportStates }).notNull().default('draft'),
    /** Everything the document is made from: tallies, formula and questionnaire versions, themes, the agency's own paragraphs. */
    input: jsonb().$type<ReportInput>().notNull(),
    /** The document as data; Word, PDF and Excel are drawn from it. */
    document: jsonb().$type<ReportDocument>().notNull(),
    /** SHA-256 of the canonical JSON of `document`. */
    hash: text().notNull(),
    codeVersion: text('code_version').notNull(),
    madeBy: text('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
    approvedBy: text('approved_by'),
    approvedAt: instant('approved_at'),
    publishedBy: text('published_by'),
    publishedAt: instant('published_at'),
  },
  (t) => [unique('reports_version').on(t.kind, t.sector, t.agencyId, t.from, t.to, t.version)],
)

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

/** Keys for programs, each with what it may read; the one in API_KEY stands beside them. */
export const apiKeys = pgTable('api_keys', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
  keyHash: text('key_hash').notNull().unique(),
  scope: text({ enum: ['indicators', 'results', 'tickets'] }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
})

/** One-time tickets given out together: what they are for and until when they are taken. Nothing about whom they went to. */
export const ticketBatches = pgTable(
  'ticket_batches',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    placeId: smallint('place_id')
      .notNull()
      .references(() => places.id)
      .$type<PlaceId>(),
    /** 0 = of any field. */
    fieldId: smallint('field_id').notNull().$type<FieldId | 0>(),
    /** The day of the transactions: when they were given out. */
    day: date({ mode: 'string' }).notNull(),
    kind: text({ enum: batchKinds }).notNull(),
    /** How many were made; those given one at a time add to the batch of their day. */
    count: integer().notNull(),
    /** The last day on which their page opens. */
    expiresOn: date('expires_on', { mode: 'string' }).notNull(),
    madeBy: text('made_by').notNull(),
    revokedOn: date('revoked_on', { mode: 'string' }),
  },
  (t) => [
    // A place's batches, newest first; rates of a span of days.
    index('ticket_batches_by_day').on(t.placeId, t.day),
    // Those given one at a time by one person or program on one day are one batch.
    uniqueIndex('ticket_batches_one_at_a_time')
      .on(t.placeId, t.fieldId, t.day, t.kind, t.madeBy)
      .where(sql`${t.kind} in ('single', 'program') and ${t.revokedOn} is null`),
    check('ticket_batches_count', sql`${t.count} > 0`),
  ],
)

/**
 * The hash of each ticket's code and the day it was used, nothing else: no time, no response, no serial number. Made in
 * the order of the hashes, and used ones are written again in that order (hideOrderOfUse), so that no position tells.
 */
export const tickets = pgTable(
  'tickets',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    hash: text().notNull().unique(),
    batchId: integer('batch_id')
      .notNull()
      .references(() => ticketBatches.id),
    usedOn: date('used_on', { mode: 'string' }),
  },
  // How many of a batch were used.
  (t) => [index('tickets_by_batch').on(t.batchId)],
)

/** Tablets and screens that an administrator enrolled: a one-time link first, then a token that only the device holds. */
export const devices = pgTable(
  'devices',
  {
    id: smallint().primaryKey().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    kind: text({ enum: deviceKinds }).notNull(),
    placeId: smallint('place_id')
      .notNull()
      .references(() => places.id)
      .$type<PlaceId>(),
    /** Of the link that enrols it; gone once used. */
    linkHash: text('link_hash').unique(),
    linkExpiresAt: instant('link_expires_at'),
    tokenHash: text('token_hash').unique(),
    madeBy: text('made_by').notNull(),
    enrolledAt: instant('enrolled_at'),
    seenOn: date('seen_on', { mode: 'string' }),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('devices_by_place').on(t.placeId)],
)

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  doublePrecision,
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
} from 'drizzle-orm/pg-core'
import {
  type AgencyId,
  channels,
  type FieldId,
  type IndicatorReference,
  type OwnDay,
  type PlaceId,
  provenances,
  type Questionnaire,
  respondents,
  sectors,
  serviceModes,
  type Text,
  type VersionId,
  type WaveId,
} from '../../server/catalogue/contract.ts'
import type { WaveSnapshot } from '../../server/catalogue/wave-snapshot-contract.ts'
import type { Week } from '../../server/typed/week.ts'

export const sector = pgEnum('sector', sectors)

export const channel = pgEnum('channel', channels)

export const provenance = pgEnum('provenance', provenances)

export const serviceMode = pgEnum('service_mode', serviceModes)

export const respondent = pgEnum('respondent', respondents)

export const standing = pgEnum('standing', ['counted', 'set_aside'])

export const versionStatus = pgEnum('version_status', ['draft', 'published', 'retired'])

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })

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
    /** Where a day differs from another or has a break: its spans from Monday; opens, closes and days are its frame. */
    week: jsonb().$type<Week>(),
    /** Its own days that differ from week and calendar: closed for repairs, on duty on a holiday. Newest last. */
    ownDays: jsonb('own_days').notNull().default([]).$type<OwnDay[]>(),
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
    check('places_week_has_frame', sql`${t.week} is null or ${t.opensAt} is not null`),
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

/**
 * Published versions never change; `reviewed` is about them, not in them. References from the table `version_seals`
 * hold that (migration 0010).
 */
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

/** Public holidays and swapped working days of each year, as the government announces them. */
export const holidays = pgTable('holidays', {
  day: date({ mode: 'string' }).primaryKey(),
  name: text().notNull(),
  /** A Saturday or Sunday worked instead. */
  works: boolean().notNull().default(false),
})

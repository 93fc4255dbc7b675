import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { caseStates } from '../../server/cases/contract.ts'
import { type AgencyId, caseKinds, type PlaceId } from '../../server/catalogue/contract.ts'
import { agencies, instant, sector } from '../catalogue/tables.ts'
import { responses } from '../respond/tables.ts'
import { staff } from '../staff/tables.ts'

/** The short list from which staff choose what a comment is about. */
export const themes = pgTable('themes', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity(),
  code: text().notNull().unique(),
  name: text().notNull(),
  sector: sector(),
  position: smallint().notNull(),
  open: boolean().notNull().default(true),
})

/** The order in which cases were opened. */
export const casePositions = pgSequence('case_positions')

/** Ý kiến: a response that must be followed to an answer. Row-level security: the agency's members, or the holder of the receipt. */
export const cases = pgTable(
  'cases',
  {
    /**
     * `position` scattered by a secret (openCases): two numbers tell nothing of how many cases came between, which would
     * be whether the citizen in between was satisfied; and lists by number do not follow the queue at the counter.
     */
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** From `case_positions`; null for cases that were numbered in their order. */
    position: integer(),
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
    /** The citizen chose to be heard at once: it shows before its half-day does. */
    urgent: boolean().notNull().default(false),
    themeId: smallint('theme_id').references(() => themes.id),
    ownerId: smallint('owner_id').references(() => staff.id),
    /** Null for praise: it waits for nothing but thanks. */
    dueOn: date('due_on', { mode: 'string' }),
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
    // What the rows of a case repeat of it, so that a policy finds it beside them.
    unique('cases_reach').on(t.id, t.agencyId, t.restricted),
    unique('cases_holder').on(t.id, t.receipt),
    // An agency's open cases by deadline.
    index('cases_by_agency').on(t.agencyId, t.state, t.dueOn),
    // Boards ask what came on a day, and what was said about over a period.
    index('cases_by_day').on(t.day, t.placeId),
    // The few that wait, among all that ever came.
    index('cases_waiting').on(t.agencyId, t.dueOn).where(sql`${t.state} in ('new', 'assigned')`),
    check('cases_due_unless_praise', sql`(${t.kind} = 'praise') = (${t.dueOn} is null)`),
    check('cases_answered_with_reply', sql`(${t.state} = 'answered') <= (${t.reply} is not null)`),
    check('cases_owner_when_assigned', sql`(${t.state} = 'assigned') <= (${t.ownerId} is not null)`),
  ],
)

/** Internal notes and the course of a case; never shown to the public. Who reaches them follows the case by itself. */
export const caseEvents = pgTable(
  'case_events',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    caseId: integer('case_id').notNull(),
    agencyId: smallint('agency_id').notNull().$type<AgencyId>(),
    restricted: boolean().notNull(),
    at: instant('at').notNull().defaultNow(),
    actor: text().notNull(),
    kind: text().notNull(),
    note: text().notNull().default(''),
  },
  (t) => [
    foreignKey({
      name: 'case_events_follow_case',
      columns: [t.caseId, t.agencyId, t.restricted],
      foreignColumns: [cases.id, cases.agencyId, cases.restricted],
    }).onUpdate('cascade'),
    index('case_events_by_case').on(t.caseId, t.id),
  ],
)

/** A telephone number left for a call back: encrypted with a key outside the database, erased when the case closes. */
export const callbacks = pgTable(
  'callbacks',
  {
    caseId: integer('case_id').primaryKey(),
    agencyId: smallint('agency_id').notNull().$type<AgencyId>(),
    restricted: boolean().notNull(),
    receipt: text().notNull(),
    /** AES-256-GCM, base64: nonce, text, tag. Null once erased; the consent stays as its proof. */
    sealed: text(),
    /** The very words the citizen agreed to. */
    consent: text().notNull(),
    consentedAt: instant('consented_at').notNull(),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    foreignKey({
      name: 'callbacks_follow_case',
      columns: [t.caseId, t.agencyId, t.restricted],
      foreignColumns: [cases.id, cases.agencyId, cases.restricted],
    }).onUpdate('cascade'),
    foreignKey({
      name: 'callbacks_keep_receipt',
      columns: [t.caseId, t.receipt],
      foreignColumns: [cases.id, cases.receipt],
    }),
  ],
)

/** What an agency's replies begin with, by what they are for: any case, praise, or a theme's code. */
export const replyTemplates = pgTable(
  'reply_templates',
  {
    agencyId: smallint('agency_id')
      .notNull()
      .references(() => agencies.id)
      .$type<AgencyId>(),
    key: text().notNull(),
    body: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.key] })],
)

/** "Ông/Bà nói, chúng tôi làm": published from cases, shown to everyone. */
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

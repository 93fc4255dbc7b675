import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { type CommuneId, type Finding, findingKinds } from '../../server/communes/contract.ts'
import type { Figure } from '../../server/communes/reading-contract.ts'
import { instant } from '../catalogue/tables.ts'

/** Communes that the province's board follows; empty in a commune's own database. */
export const communes = pgTable('communes', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity().$type<CommuneId>(),
  /** In the board's addresses. */
  code: text().notNull().unique(),
  name: text().notNull(),
  /** Origin of its server. */
  address: text().notNull().unique(),
  /** Its API key, sealed with the key outside the database; null = its open data only. */
  sealedKey: text('sealed_key'),
  /** The key that the commune handed over by another way; null = the first one seen is believed. */
  ledgerKey: text('ledger_key'),
  ledgerKeySeen: text('ledger_key_seen'),
  addedAt: instant('added_at').notNull().defaultNow(),
  leftAt: instant('left_at'),
})

const communeId = () =>
  smallint('commune_id')
    .notNull()
    .references(() => communes.id)
    .$type<CommuneId>()

/** One row per commune and thing that is asked of it: how the tries went, and the tag of what is known. */
export const communeContacts = pgTable(
  'commune_contacts',
  {
    communeId: communeId(),
    what: text().notNull(),
    etag: text(),
    okAt: instant('ok_at'),
    triedAt: instant('tried_at').notNull(),
    failingSince: instant('failing_since'),
    reason: text(),
  },
  (t) => [primaryKey({ columns: [t.communeId, t.what] })],
)

/** What a commune said of a period: the newest of a running one, every different one of a period that is over. */
export const communeReadings = pgTable(
  'commune_readings',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    communeId: communeId(),
    period: text().notNull(),
    source: text({ enum: ['exact', 'open'] }).notNull(),
    isFinal: boolean('is_final').notNull(),
    from: date('from_day', { mode: 'string' }).notNull(),
    to: date('to_day', { mode: 'string' }).notNull(),
    figures: jsonb().$type<Figure[]>().notNull(),
    /** Canonical text of the figures: what makes two readings the same. */
    fingerprint: text().notNull(),
    /** The ledger's checkpoint that the newest reading of these figures came with. */
    checkpoint: text(),
    seenAt: instant('seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (t) => [
    // A running period is replaced in place.
    uniqueIndex('commune_readings_running').on(t.communeId, t.period, t.source).where(sql`not ${t.isFinal}`),
    // The board reads a period of all communes, a commune's page all periods of one.
    index('commune_readings_period').on(t.period, t.communeId),
    index('commune_readings_commune').on(t.communeId, t.period),
  ],
)

/** The last checkpoint of each day that was found in order: the witness's memory. */
export const communeCheckpoints = pgTable(
  'commune_checkpoints',
  {
    communeId: communeId(),
    day: date({ mode: 'string' }).notNull(),
    checkpoint: text().notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.communeId, t.day] })],
)

/** What was wrong with a commune's ledger, once per kind and thing it is about. */
export const communeFindings = pgTable(
  'commune_findings',
  {
    communeId: communeId(),
    kind: text({ enum: findingKinds }).notNull(),
    /** The checkpoint or key that it is about: the sentence counts on while a log grows. */
    subject: text().notNull(),
    sentence: text().notNull(),
    evidence: jsonb().$type<Finding['evidence']>().notNull(),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.communeId, t.kind, t.subject] })],
)

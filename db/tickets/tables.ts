import { sql } from 'drizzle-orm'
import { check, customType, date, index, integer, pgTable, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { FieldId, PlaceId } from '../../server/catalogue/contract.ts'
import { batchKinds, deviceKinds } from '../../server/tickets/contract.ts'
import { instant, places } from '../catalogue/tables.ts'

/** A bit for each of many things, as its text of 0 and 1. */
const bits = customType<{ data: string }>({ dataType: () => 'bit varying' })

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
    /** Which of its tickets were used, by their number; in what order nothing says. */
    marks: bits().notNull().default(''),
    /** How many were used on each day, from the batch's own on. */
    uses: integer().array().notNull().default([]),
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
 * The hash of each ticket's code and its number in the batch, written when it is made and never again: that it was used
 * is a bit of the batch, so that neither place, time nor transaction of a row tells when or with which response.
 */
export const tickets = pgTable('tickets', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  hash: text().notNull().unique(),
  batchId: integer('batch_id')
    .notNull()
    .references(() => ticketBatches.id),
  /** From 0, in the order of the hashes; null where an older version made it (numberTickets). */
  number: integer(),
  /** The day on which an older version took it, while both ran; null otherwise. */
  usedOn: date('used_on', { mode: 'string' }),
})

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

import { sql } from 'drizzle-orm'
import {
  bigint,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { entryKinds } from '../../server/ledger/contract.ts'

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })

/** One row per line of the ledger, in its order. Its leaf hash stands in the tiles; the row says what the leaf was made of. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    /** Zero-based index in the tree; people read it as line `position + 1`. */
    position: bigint({ mode: 'number' }).primaryKey(),
    kind: text({ enum: entryKinds }).notNull(),
    placeId: smallint('place_id').$type<PlaceId>(),
    responseId: uuid('response_id'),
    /** What a citizen finds the line by; responses only. */
    receipt: text(),
    /** Three hashes of 32 bytes: content, arrival, comment; responses only. */
    parts: bytes(),
    /** Canonical JSON of every other kind. */
    body: text(),
    /** Which row of which table it speaks of, so that none is logged twice. */
    source: text(),
    /** When the line was added. */
    at: instant('at').notNull(),
  },
  (t) => [
    // A response is logged at most once, whatever restarts.
    uniqueIndex('ledger_entries_response').on(t.placeId, t.responseId).where(sql`${t.kind} = 'response'`),
    uniqueIndex('ledger_entries_source').on(t.source).where(sql`${t.source} is not null`),
    // The receipt page finds its line.
    index('ledger_entries_receipt').on(t.receipt).where(sql`${t.receipt} is not null`),
  ],
)

/** Hash tiles of height 8: up to 256 hashes of 32 bytes; the last tile of a level grows. */
export const ledgerTiles = pgTable(
  'ledger_tiles',
  {
    level: smallint().notNull(),
    number: bigint({ mode: 'number' }).notNull(),
    hashes: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.number] })],
)

/** One row: how far the ledger is. */
export const ledgerState = pgTable('ledger_state', {
  id: smallint().primaryKey(),
  size: bigint({ mode: 'number' }).notNull(),
  /** Every response taken in by a transaction before this one has its line. */
  watermark: bigint({ mode: 'number' }).notNull(),
  /** The newest signed checkpoint, as served. */
  checkpoint: text().notNull(),
  at: instant('at').notNull(),
})

/** The checkpoint under which a day was closed: every response of the day and its totals have their lines in it. */
export const ledgerCheckpoints = pgTable('ledger_checkpoints', {
  day: date({ mode: 'string' }).primaryKey(),
  size: bigint({ mode: 'number' }).notNull(),
  checkpoint: text().notNull(),
})

/** Each nightly check, with the sentences of what it found. */
export const ledgerRuns = pgTable('ledger_runs', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  at: instant('at').notNull(),
  size: bigint({ mode: 'number' }).notNull(),
  milliseconds: integer().notNull(),
  findings: jsonb().$type<string[]>().notNull(),
  /** Why it could not be carried out; null when it was. */
  failure: text(),
})

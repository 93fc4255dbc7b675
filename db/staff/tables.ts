import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import type { AgencyId } from '../../server/catalogue/contract.ts'
import { roles } from '../../server/shell-contract.ts'
import type { AuditChange, EventBody } from '../../server/staff/contract.ts'
import { agencies, instant } from '../catalogue/tables.ts'

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

/**
 * Who did what to what. Its owner has no right to UPDATE, DELETE and TRUNCATE (migration 0010); row-level security
 * keeps it from everyone but its readers.
 */
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

/** What the ledger is to say that no other table keeps: erasures, hand-overs of the key. */
export const ledgerEvents = pgTable('ledger_events', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  body: jsonb().$type<EventBody>().notNull(),
  at: instant('at').notNull().defaultNow(),
})

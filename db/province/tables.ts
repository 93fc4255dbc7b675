import { pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { instant } from '../catalogue/tables.ts'

/** Keys for programs, each with what it may read; the one in API_KEY stands beside them. */
export const apiKeys = pgTable('api_keys', {
  id: smallint().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
  keyHash: text('key_hash').notNull().unique(),
  scope: text({ enum: ['indicators', 'results'] }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
})

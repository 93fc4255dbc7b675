import { sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'

/** The calendar day of an instant in Asia/Ho_Chi_Minh, YYYY-MM-DD; null where the instant is. */
export const dayOfInstant = <T extends string | null = string | null>(column: AnyPgColumn) =>
  sql<T>`(${column} at time zone 'Asia/Ho_Chi_Minh')::date::text`

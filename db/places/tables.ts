import { date, integer, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { channel } from '../catalogue/tables.ts'

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

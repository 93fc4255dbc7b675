import { between, sql } from 'drizzle-orm'
import type { Channel, PlaceId } from '../../server/catalogue/contract.ts'
import type { FunnelCount } from '../../server/places/contract.ts'
import type { Database } from '../client.ts'
import { cells } from '../tallies/tables.ts'
import { openings } from './tables.ts'

export type Opening = { placeId: PlaceId; day: string; channel: Channel; count: number }

/** Adds to the counts; every process adds in the order of the key, so that two never wait for each other. */
export async function addOpenings(database: Database, given: Opening[]): Promise<void> {
  await database.sql`
    insert into openings (place_id, day, channel, count)
    select "placeId", day, channel, count from json_to_recordset(${JSON.stringify(given)}::text::json)
      as given ("placeId" int2, day date, channel channel, count int4)
    order by 1, 2, 3
    on conflict (place_id, day, channel) do update set count = openings.count + excluded.count`
}

/** How often pages were opened and how many forms came, counted or set aside, per place and channel; days included. */
export async function readFunnel(database: Database, from: string, to: string): Promise<FunnelCount[]> {
  const [opened, sent] = await Promise.all([
    database.query
      .select({
        placeId: openings.placeId,
        channel: openings.channel,
        count: sql<number>`sum(${openings.count})::int`,
      })
      .from(openings)
      .where(between(openings.day, from, to))
      .groupBy(openings.placeId, openings.channel),
    database.query
      .select({ placeId: cells.placeId, channel: cells.channel, count: sql<number>`sum(${cells.received})::int` })
      .from(cells)
      .where(between(cells.day, from, to))
      .groupBy(cells.placeId, cells.channel),
  ])
  return [
    ...opened.map((one) => ({ ...one, kind: 'opened' as const })),
    ...sent.map((one) => ({ ...one, kind: 'sent' as const })),
  ]
}

import type { Channel, PlaceId } from '../../server/catalogue/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import type { Database, Sql } from '../client.ts'
import { holdClosed } from './held.ts'
import { type Selection, tallyBy } from './slices.ts'

export type PlaceDay = {
  placeId: PlaceId
  day: string
  received: number
  setAside: number
  lastReceivedAt: string
  /** Counted only; null when every response was set aside. */
  sums: Sums | null
  /** One to four counted answers that nothing had shown while the day ran, of the place and of its agency; else null. */
  rest: number | null
  agencyRest: number | null
}

/** Per place and day with any response, both days included; `placeIds` narrows it to some places. */
export async function tallyByPlaceAndDay(database: Database, from: string, to: string, placeIds?: PlaceId | PlaceId[]) {
  const question = `tallyByPlaceAndDay ${[placeIds ?? 'all'].flat()}`
  return holdClosed(database, { question, from, to }, () => readPlaceDays(database, from, to, placeIds))
}

async function readPlaceDays({ sql }: Database, from: string, to: string, placeIds?: PlaceId | PlaceId[]) {
  return sql<PlaceDay[]>`
    with days as materialized (
      select place_id, day, sum(received)::int as received,
        coalesce(sum(received) filter (where standing = 'set_aside'), 0)::int as set_aside,
        max(last_received_at)::text as last_received_at,
        case when bool_or(standing = 'counted') then ${countedSums(sql)} end as sums
      from cells
      where day between ${from} and ${to} ${placeIds ? sql`and place_id = any(${[placeIds].flat()}::int2[])` : sql``}
      group by place_id, day)
    select days.place_id as "placeId", days.day::text as day, received, set_aside as "setAside",
      last_received_at as "lastReceivedAt", sums, own.rest, whole.rest as "agencyRest"
    from days join places on places.id = days.place_id
    left join short_rests own on own.day = days.day and own.place_id = days.place_id
    left join short_rests whole on whole.day = days.day and whole.agency_id = places.agency_id and whole.place_id = 0
    order by days.place_id, days.day`
}

const countedSums = (sql: Sql) => {
  const counted = (index: number) => sql`sum(moments[${sql.unsafe(String(index))}]) filter (where standing = 'counted')`
  return sql`array[${counted(1)}, ${counted(2)}, ${counted(3)}, ${counted(4)}, ${counted(5)}, ${counted(6)}, ${counted(7)}]`
}

export type SelectionTally = {
  sums: Sums | null
  setAside: number
  channels: { channel: Channel; responses: number }[]
}

/** All places together over a range of days, both included. */
export async function tallySelection(
  database: Database,
  selection: Selection,
  from: string,
  to: string,
): Promise<SelectionTally> {
  const slices = await tallyBy(database, 'channel', selection, { from, to })
  const counted = slices.flatMap(({ key, sums }) => (sums ? [{ channel: key as Channel, sums }] : []))
  const [first, ...others] = counted.map(({ sums }) => sums as readonly number[])
  return {
    sums: first
      ? (others.reduce((total, one) => total.map((value, i) => value + (one[i] as number)), first) as Sums)
      : null,
    setAside: slices.reduce((sum, slice) => sum + slice.setAside, 0),
    channels: counted
      .map(({ channel, sums }) => ({ channel, responses: sums[0] }))
      .filter(({ responses }) => responses > 0)
      .sort((a, b) => b.responses - a.responses),
  }
}

import type { Channel, PlaceId } from '../../server/catalogue/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import type { Database, Sql } from '../client.ts'
import { matches, type Selection, tallyBy } from './slices.ts'

/** The seven sums over all criteria, added up over cells (Σ n, b, y, m, y², ym, m²). */
const sumsOf = (sql: Sql) => sql`array[sum(moments[1]), sum(moments[2]), sum(moments[3]), sum(moments[4]),
  sum(moments[5]), sum(moments[6]), sum(moments[7])]`

export type PlaceDay = {
  placeId: PlaceId
  day: string
  received: number
  setAside: number
  lastReceivedAt: string
  /** Counted only; null when every response was set aside. */
  sums: Sums | null
}

/** Per place and day with any response, both days included; `placeIds` narrows it to some places. */
export async function tallyByPlaceAndDay(database: Database, from: string, to: string, placeIds?: PlaceId | PlaceId[]) {
  const { sql } = database
  return sql<PlaceDay[]>`
    select place_id as "placeId", day::text as day, sum(received)::int as received,
      coalesce(sum(received) filter (where standing = 'set_aside'), 0)::int as "setAside",
      max(last_received_at)::text as "lastReceivedAt",
      case when bool_or(standing = 'counted') then ${countedSums(sql)} end as sums
    from cells
    where day between ${from} and ${to} ${placeIds ? sql`and place_id = any(${[placeIds].flat()}::int2[])` : sql``}
    group by place_id, day order by place_id, day`
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

/**
 * Per place, the sums of an unfinished day as a screen may show them: they move only when `step` new counted responses
 * have come since they last moved, for every process and reader alike. Moves those that may move. With the sums over
 * everything the counts per criterion move, in the same statement: two moments would tell apart who came between.
 */
export async function moveHeldSums(
  database: Database,
  { scope, selection, day, step }: { scope: string; selection: Selection | null; day: string; step: number },
): Promise<Map<PlaceId, Sums>> {
  const { sql } = database
  const rows = await sql<{ placeId: PlaceId; sums: Sums }[]>`
    with current as materialized (
      select place_id, ${sumsOf(sql)} as moments from cells
      where day = ${day} and standing = 'counted' ${selection ? sql`and ${matches(sql, selection)}` : sql``}
      group by place_id),
    moved as (
      insert into held_scores (scope, place_id, day, moments)
      select ${scope}, place_id, ${day}, moments from current where moments[1] >= ${step} order by place_id
      on conflict (scope, place_id, day) do update set moments = excluded.moments
        where excluded.moments[1] - held_scores.moments[1] >= ${inText(sql, step)}
      returning place_id, moments)
      ${selection ? sql`` : sql`, ${moveHeldCounts(sql, day)}`}
    select place_id as "placeId", moments as sums from moved
    union all
    select place_id, moments from held_scores
    where scope = ${scope} and day = ${day} and place_id not in (select place_id from moved)`
  return new Map(rows.map((row) => [row.placeId, row.sums]))
}

/** A number in the text itself: Citus 13 loses the parameters of a clause ON CONFLICT … WHERE. */
export const inText = (sql: Sql, value: number) => sql.unsafe(String(Math.trunc(value)))

/** Counts per criterion of the places in `moved`, one row per version and channel. */
const moveHeldCounts = (sql: Sql, day: string) => sql`
  totals as materialized (
    select 'counts:' || version_id || ':' || channel as scope, place_id, array_agg(total order by position) as moments
    from (
      select place_id, version_id, channel, position, sum(count)::float8 as total
      from cells, unnest(counts) with ordinality as each_count (count, position)
      where day = ${day} and standing = 'counted' and place_id in (select place_id from moved)
      group by place_id, version_id, channel, position) as levels
    group by place_id, version_id, channel),
  counted as (
    insert into held_scores (scope, place_id, day, moments)
    select scope, place_id, ${day}, moments from totals order by place_id, scope
    on conflict (scope, place_id, day) do update set moments = excluded.moments)`

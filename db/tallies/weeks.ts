import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import type { Database } from '../client.ts'
import { holdClosed } from './held.ts'

export type PlaceWeek = { placeId: PlaceId; week: string; sums: Sums }

/**
 * Counted responses per place and week (its Monday), both days included; weeks without any are left out. `least`: only of
 * days on which the place counted so many, and left nothing short of what had shown while they ran.
 */
export async function tallyByPlaceAndWeek(
  database: Database,
  from: string,
  to: string,
  least = 0,
): Promise<PlaceWeek[]> {
  const question = `tallyByPlaceAndWeek ${least}`
  return holdClosed(database, { question, from, to }, () => readWeeks(database, { from, to, least }))
}

const perDay = [1, 2, 3, 4, 5, 6, 7].map((index) => `sum(moments[${index}]) as m${index}`)
const perWeek = [1, 2, 3, 4, 5, 6, 7].map((index) => `sum(m${index})`)

async function readWeeks(
  { sql }: Database,
  { from, to, least }: { from: string; to: string; least: number },
): Promise<PlaceWeek[]> {
  return sql<PlaceWeek[]>`
    select place_id as "placeId", date_trunc('week', day)::date::text as week, array[${sql.unsafe(String(perWeek))}] as sums
    from (
      select place_id, day, ${sql.unsafe(String(perDay))}
      from cells where day between ${from} and ${to} and standing = 'counted'
        ${least > 0 ? sql`and not exists (select from short_rests where short_rests.day = cells.day and short_rests.place_id = cells.place_id)` : sql``}
      group by place_id, day having sum(moments[1]) >= ${least}) as days
    group by place_id, date_trunc('week', day) order by place_id, 2`
}

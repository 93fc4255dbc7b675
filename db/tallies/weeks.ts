import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import type { Database } from '../client.ts'
import { holdClosed } from './held.ts'

export type PlaceWeek = { placeId: PlaceId; week: string; sums: Sums }

/** Counted responses per place and week (its Monday), both days included; weeks without any are left out. */
export async function tallyByPlaceAndWeek(database: Database, from: string, to: string): Promise<PlaceWeek[]> {
  const question = 'tallyByPlaceAndWeek'
  return holdClosed(database, { question, from, to }, () => readWeeks(database, from, to))
}

async function readWeeks({ sql }: Database, from: string, to: string): Promise<PlaceWeek[]> {
  const sums = sql.unsafe(`array[${[1, 2, 3, 4, 5, 6, 7].map((index) => `sum(moments[${index}])`)}]`)
  return sql<PlaceWeek[]>`
    select place_id as "placeId", date_trunc('week', day)::date::text as week, ${sums} as sums
    from cells where day between ${from} and ${to} and standing = 'counted'
    group by place_id, date_trunc('week', day) order by place_id, 2`
}

import type { CountableResponse } from '../../server/tallies/contract.ts'
import type { Database, Sql } from '../client.ts'

/**
 * The counted responses of a day that came before a moment, as counting reads them. Of one commune's running day, found
 * by block ranges (responses_taken_in): once per half-hour and process, never per screen.
 */
export const readArrived = ({ sql }: Database, day: string, before: string): Promise<CountableResponse[]> =>
  readWhere(sql, sql`day = ${day} and received_at < ${before} and standing = 'counted'`)

/** Every response of a closed day, set aside ones too, to the minute at least. */
export const readWholeDay = ({ sql }: Database, day: string): Promise<CountableResponse[]> =>
  readWhere(sql, sql`day = ${day}`)

const readWhere = async (sql: Sql, condition: ReturnType<Sql>): Promise<CountableResponse[]> =>
  sql<CountableResponse[]>`
    select place_id as "placeId", day::text as day, version_id as "versionId", field_id as "fieldId",
      service_mode as "serviceMode", channel, provenance, respondent, standing, wave_id as "waveId",
      stratum_id as "stratumId", answers, extras, seconds,
      to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
    from responses where ${condition}
    order by place_id, received_at, id`

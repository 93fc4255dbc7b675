import type { LoggedResponse } from '../../server/ledger/contract.ts'
import type { Database } from '../client.ts'

/** A response as it arrived, and its line. */
export type ExactArrival = Omit<LoggedResponse, 'comment'> & { position: number; parts: Buffer }

/** Responses of closed days that have their line and still tell the second they came in, both days included. */
export async function readExactArrivals(
  database: Database,
  from: string,
  to: string,
  limit: number,
): Promise<ExactArrival[]> {
  return database.sql<ExactArrival[]>`
    select r.place_id as "placeId", r.id, r.version_id as "versionId", r.day::text as day,
      to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
      r.field_id as "fieldId", r.service_mode as "serviceMode", r.channel, r.provenance, r.respondent, r.language,
      r.assisted,
      case when f.first is null then r.reason else f."fromReason" end as reason,
      case when (case when f.first is null then r.reason else f."fromReason" end) is null
        then 'counted' else 'set_aside' end as standing,
      r.answers, r.extras, r.wave_id as "waveId", r.stratum_id as "stratumId", r.seconds,
      e.position::float8 as position, e.parts
    from responses r join ledger_entries e on e.kind = 'response' and e.place_id = r.place_id and e.response_id = r.id
    left join lateral (select s.id as first, s.from_reason as "fromReason" from standing_changes s
      where s.place_id = r.place_id and s.response_id = r.id order by s.id limit 1) f on true
    where r.day between ${from} and ${to} and r.received_at <> date_trunc('minute', r.received_at)
    order by r.place_id, r.id limit ${limit}`
}

/** Keeps the minute of these arrivals only. */
export async function forgetSeconds(database: Database, arrivals: Pick<ExactArrival, 'placeId' | 'id'>[]) {
  const rows = arrivals.map(({ placeId, id }) => ({ placeId, id }))
  await database.sql`
    update responses set received_at = date_trunc('minute', received_at)
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as given ("placeId" int2, id uuid)
    where responses.place_id = given."placeId" and responses.id = given.id`
}

import type { CountableResponse } from '../../server/tallies/contract.ts'
import type { Database } from '../client.ts'
import { matches, type Selection } from '../tallies/slices.ts'

export type PendingResponse = CountableResponse & { patternId: number }

/** Counted responses of these days that stand in a pattern nobody has decided about; both days included. */
export async function readPendingResponses(
  database: Database,
  selection: Selection,
  from: string,
  to: string,
): Promise<PendingResponse[]> {
  const { sql } = database
  return sql<PendingResponse[]>`
    select "patternId", place_id as "placeId", day::text as day, version_id as "versionId", field_id as "fieldId",
      service_mode as "serviceMode", channel, provenance, respondent, standing, wave_id as "waveId",
      stratum_id as "stratumId", answers, extras, seconds, '' as "receivedAt"
    from (select responses.*, sign_patterns.id as "patternId" from sign_patterns
      join sign_members on sign_members.pattern_id = sign_patterns.id
      join responses on responses.place_id = sign_members.place_id and responses.id = sign_members.response_id
      where sign_patterns.state = 'pending' and standing = 'counted' and day between ${from} and ${to}) as waiting
    where ${matches(sql, selection)}`
}

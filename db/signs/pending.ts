import type { CountableResponse } from '../../server/tallies/contract.ts'
import type { Database } from '../client.ts'
import { holdClosed } from '../tallies/held.ts'
import { matches, type Selection } from '../tallies/slices.ts'

export type PendingResponse = CountableResponse & { patternId: number }

/**
 * Counted responses of these days that stand in a pattern nobody has decided about; both days included. Of closed days they
 * are read once for the same patterns: three thousand responses looked up for every page were the slowest of it.
 */
export async function readPendingResponses(
  database: Database,
  selection: Selection,
  from: string,
  to: string,
): Promise<PendingResponse[]> {
  const [row] = await database.sql<{ waiting: string | null }[]>`
    select string_agg(id::text, ',' order by id) as waiting from sign_patterns where state = 'pending'`
  if (!row?.waiting) return []
  // Members stay those of their pattern, and a change of standing forgets the sums of its day.
  const question = `readPendingResponses ${row.waiting} ${JSON.stringify(selection)}`
  return holdClosed(database, { question, from, to }, () => readWaiting(database, selection, from, to))
}

async function readWaiting({ sql }: Database, selection: Selection, from: string, to: string) {
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

import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { TicketUse } from '../../server/score/contract.ts'
import type { Database } from '../client.ts'
import type { Selection } from '../tallies/slices.ts'

/**
 * One-time tickets given out within a range of days, both included, per place, and how many were used by its end: closed,
 * so that the same range says the same again. Of revoked batches only the used ones count. A selection leaves the places
 * it is about; where it names fields or modes, only tickets of those fields, at places of those modes: what a ticket of
 * any field was answered for is not known before it is answered.
 */
export async function countTickets(
  database: Database,
  { from, to }: { from: string; to: string },
  selection?: Selection,
): Promise<Map<PlaceId, TicketUse>> {
  const { sql } = database
  const { versionIds, fieldIds, serviceModes, placeIds } = selection ?? {}
  const rows = await sql<(TicketUse & { placeId: PlaceId })[]>`
    select place_id as "placeId", sum(case when revoked_on is null then count else used end)::int as given,
      sum(used)::int as used
    from ticket_batches join places on places.id = place_id cross join lateral (
      select coalesce(sum(n), 0)::int as used from unnest(uses[1:${to}::date - day + 1]) as n) as until
    where day between ${from} and ${to}
      ${versionIds ? sql`and questionnaire in (select code from questionnaire_versions where id = any(${versionIds}))` : sql``}
      ${fieldIds ? sql`and field_id = any(${fieldIds})` : sql``}
      ${placeIds ? sql`and place_id = any(${placeIds})` : sql``}
      ${serviceModes ? sql`and service_mode = any(${serviceModes})` : sql``}
    group by 1`
  return new Map(rows.map(({ placeId, given, used }) => [placeId, { given, used }]))
}

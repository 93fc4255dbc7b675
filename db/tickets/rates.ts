import type { TicketUse } from '../../server/score/contract.ts'
import type { Database } from '../client.ts'
import type { Selection } from '../tallies/slices.ts'

/**
 * One-time tickets given out within a range of days, both included, at the places a selection is about, and how many were
 * used by its end: closed, so that the same range says the same again. Of revoked batches only the used ones count. Where
 * the selection names fields or modes, only tickets of those fields, at places of those modes: what a ticket of any field
 * was answered for is not known before it is answered.
 */
export async function countTicketsOf(
  database: Database,
  { versionIds, fieldIds, serviceModes, placeIds }: Selection,
  range: { from: string; to: string },
): Promise<TicketUse> {
  const { sql } = database
  const [row] = await sql<TicketUse[]>`
    select coalesce(sum(case when revoked_on is null then count else used end), 0)::int as given,
      coalesce(sum(used), 0)::int as used
    from ticket_batches join places on places.id = place_id cross join lateral (
      select count(*)::int as used from tickets where batch_id = ticket_batches.id and used_on <= ${range.to}) as uses
    where day between ${range.from} and ${range.to}
      and questionnaire in (select code from questionnaire_versions where id = any(${versionIds}))
      ${fieldIds ? sql`and field_id = any(${fieldIds})` : sql``}
      ${placeIds ? sql`and place_id = any(${placeIds})` : sql``}
      ${serviceModes ? sql`and service_mode = any(${serviceModes})` : sql``}`
  return row as TicketUse
}

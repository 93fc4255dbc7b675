import { h } from 'preact'
import type { Database } from '../../db/client.ts'
import { countTickets } from '../../db/tickets/rates.ts'
import { PlaceProofs } from '../../web/tickets/place-proofs.tsx'
import { dayOf } from '../days.ts'
import type { DrawProofs } from '../places/parts.ts'
import { mayDo } from '../staff/permission-rules.ts'
import { rateOf, rateRange } from './ticket-rules.ts'

/** For the place's page: the response rate by tickets, and where this member makes tickets and enrols devices. */
export const createPlaceProofs =
  (database: Database, now: () => number): DrawProofs =>
  async ({ id, code, agencyId }, member) => {
    const today = dayOf(now())
    const given = await countTickets(database, rateRange(today))
    return h(PlaceProofs, {
      code,
      rate: rateOf(given.get(id)),
      mayMake: mayDo(member, 'tickets.make', agencyId),
      mayEnrol: mayDo(member, 'devices.manage', agencyId),
    })
  }

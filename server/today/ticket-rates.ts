import { countTickets } from '../../db/tickets/rates.ts'
import type { PlaceId } from '../catalogue/contract.ts'
import type { House } from '../house.ts'
import type { TicketUse } from '../score/contract.ts'
import type { TicketRate } from '../tickets/contract.ts'
import { addUses, rateOf, rateRange } from '../tickets/ticket-rules.ts'

/** The response rate by tickets of some places together, over the last closed days before `today`. */
export type TicketRates = (placeIds: PlaceId[], today: string) => Promise<TicketRate>

const heldMs = 600_000

export const noTickets: TicketRate = rateOf()

/** Of closed days, so that no answer of the running day moves it; counted once in ten minutes, as a batch may be revoked. */
export function createTicketRates({ database, now }: Pick<House, 'database' | 'now'>): TicketRates {
  let last: { today: string; readAt: number; given: Promise<Map<PlaceId, TicketUse>> } | undefined
  const read = (today: string) => {
    if (last?.today === today && Math.abs(now() - last.readAt) < heldMs) return last.given
    const given = countTickets(database, rateRange(today))
    last = { today, readAt: now(), given }
    given.catch(() => {
      last = undefined
    })
    return given
  }
  return async (placeIds, today) => {
    const given = await read(today)
    return rateOf(addUses(placeIds.flatMap((id) => given.get(id) ?? [])))
  }
}

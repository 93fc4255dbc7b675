import { keyOf } from '../../db/respond/responses.ts'
import type { StoredResponse } from './contract.ts'
import type { Proof, Spend } from './proof-contract.ts'

type Arrived = Pick<StoredResponse, 'placeId' | 'id' | 'day' | 'provenance'> & { proof: Proof | null }

/** Tickets that this process knows to be used up, the newest. */
const mostRemembered = 10_000

/**
 * Decides which answers of a batch use up a ticket, and which came with one that is used. Another use, earlier or by
 * another process, is seen by the statement that stores: its batch is then stored one by one, and the ticket known from
 * then on. Asking before storing cost every answer for the few that come twice.
 */
export function createTicketSpends() {
  const remembered = new Set<string>()
  return {
    judge: (batch: Arrived[]) => {
      const holders = new Map<string, string>()
      const spends = new Map<string, Spend>()
      const spentBefore = new Set<string>()
      for (const { proof, provenance, day, ...response } of batch) {
        if (proof?.kind !== 'ticket' || provenance !== 'ticket') continue
        const { batchId, number, used } = proof
        const [key, ticket] = [keyOf(response), `${batchId}.${number}`]
        const holder = holders.get(ticket)
        // The same response twice in one batch is a replay of itself.
        if (used || remembered.has(ticket) || (holder !== undefined && holder !== key)) spentBefore.add(key)
        else spends.set(key, { batchId, number, day })
        holders.set(ticket, holder ?? key)
      }
      return { spends, spentBefore }
    },
    remember: (spends: ReadonlyMap<string, Spend>) => {
      for (const { batchId, number } of spends.values()) remembered.add(`${batchId}.${number}`)
      for (const oldest of remembered) {
        if (remembered.size <= mostRemembered) return
        remembered.delete(oldest)
      }
    },
  }
}

export type TicketSpends = ReturnType<typeof createTicketSpends>

import { type BatchState, findNumbers, readBatchStates, type TicketNumber } from '../../db/tickets/tickets.ts'
import type { House } from '../house.ts'

export type TicketAnswered = TicketNumber & BatchState
export type TicketLookup = (hash: string) => Promise<TicketAnswered | undefined>

type Waiting = { hash: string; resolve: (ticket: TicketAnswered | undefined) => void; reject: (error: unknown) => void }

const mostAtOnce = 500
/** What is known of a batch is read anew when older: a revoked one is taken no more by the storing statement anyway. */
const freshForMs = 1000
const mostBatches = 5000

/**
 * Looks tickets up for answers that arrive at once: while one question is on its way to the database, the codes of those
 * that come gather for the next. One question an answer cost PostgreSQL a third of what storing it does.
 */
export function createTicketLookup({ database, now }: Pick<House, 'database' | 'now'>): TicketLookup {
  const queue: Waiting[] = []
  const batches = new Map<number, BatchState & { readAt: number }>()
  let isAsking = false

  const readStale = async (ids: number[]) => {
    const oldest = now() - freshForMs
    const stale = [...new Set(ids)].filter((id) => (batches.get(id)?.readAt ?? Number.NEGATIVE_INFINITY) <= oldest)
    if (stale.length === 0) return
    if (batches.size > mostBatches) batches.clear()
    for (const [id, batch] of await readBatchStates(database, stale)) batches.set(id, { ...batch, readAt: now() })
  }
  const find = async (hashes: string[]): Promise<Map<string, TicketAnswered>> => {
    const numbers = await findNumbers(database, hashes)
    await readStale([...numbers.values()].map(({ batchId }) => batchId))
    return new Map(
      [...numbers].flatMap(([hash, ticket]) => {
        const batch = batches.get(ticket.batchId)
        return batch ? [[hash, { ...batch, ...ticket }] as const] : []
      }),
    )
  }
  const ask = async () => {
    while (queue.length > 0) {
      const part = queue.splice(0, mostAtOnce)
      await find([...new Set(part.map(({ hash }) => hash))]).then(
        (found) => part.forEach(({ hash, resolve }) => void resolve(found.get(hash))),
        (error) => part.forEach(({ reject }) => void reject(error)),
      )
    }
    isAsking = false
  }
  return (hash) =>
    new Promise((resolve, reject) => {
      queue.push({ hash, resolve, reject })
      if (isAsking) return
      isAsking = true
      // The requests of this turn share the question.
      setImmediate(() => void ask())
    })
}

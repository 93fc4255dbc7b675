import type { FastifyRequest } from 'fastify'
import type { Database } from '../../db/client.ts'
import { addOpenings, type Opening } from '../../db/places/openings.ts'
import type { Background } from '../background.ts'
import type { Channel, PlaceId } from '../catalogue/contract.ts'
import { dayOf } from '../days.ts'

export type Openings = {
  /** One more opening of a place's page: costs the citizen nothing and never fails the page. */
  note(placeId: PlaceId, channel: Channel): void
  /** Stores what waits; what cannot be stored then is lost. */
  drain(): Promise<void>
}

const storeEveryMs = 250
const storeAgainMs = 5000

/** Counts openings in memory for a moment and adds them up in the database: one small statement, however many come. */
export function createOpenings(database: Database, now: () => number, background: Background): Openings {
  const waiting = new Map<string, Opening>()
  let timer: NodeJS.Timeout | undefined
  let storing: Promise<void> = Promise.resolve()

  const add = (opening: Opening) => {
    const key = `${opening.placeId}|${opening.day}|${opening.channel}`
    waiting.set(key, { ...opening, count: opening.count + (waiting.get(key)?.count ?? 0) })
  }
  const store = async () => {
    timer = undefined
    const taken = [...waiting.values()]
    waiting.clear()
    if (taken.length === 0) return
    const isStored = await background.run('openings', async () => {
      await addOpenings(database, taken)
      return true
    })
    if (isStored) return
    // As many as places, days and channels: they wait in memory until there is a database again.
    taken.forEach(add)
    timer ??= setTimeout(soon, storeAgainMs)
  }
  const soon = () => {
    storing = storing.then(store)
  }
  return {
    note: (placeId, channel) => {
      add({ placeId, channel, day: dayOf(now()), count: 1 })
      timer ??= setTimeout(soon, storeEveryMs)
    },
    drain: async () => {
      clearTimeout(timer)
      soon()
      await storing
      clearTimeout(timer)
    },
  }
}

/** Messengers and search engines look at a link by themselves; browsers fetch some pages before anybody asks. */
export function isOpenedByPerson({ method, headers }: FastifyRequest): boolean {
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers.purpose ?? ''}`
  const program = /bot\b|crawl|spider|preview|facebookexternalhit/i.test(headers['user-agent'] ?? '')
  return method === 'GET' && !program && !/prefetch|preview/.test(purpose)
}

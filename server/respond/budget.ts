import type { Database } from '../../db/client.ts'
import { announceResponses, countCountedSince, type Taken } from '../../db/respond/responses.ts'
import type { Background } from '../background.ts'
import type { PlaceId } from '../catalogue/contract.ts'
import { asksEverything } from '../tallies/rules.ts'
import type { StoredResponse } from './contract.ts'
import { happenedWithin } from './rules.ts'

const announceEveryMs = 250

export const nothing: Taken = { counted: 0, open: 0, recent: 0 }
export const addTaken = (a: Taken, b: Taken): Taken => ({
  counted: a.counted + b.counted,
  open: a.open + b.open,
  recent: a.recent + b.recent,
})

/** What one response uses of its place's budget. Forms that staff type must not push the answers of citizens aside. */
export function useOf({
  standing,
  channel,
  provenance,
}: Pick<StoredResponse, 'standing' | 'channel' | 'provenance'>): Taken {
  if (standing !== 'counted' || asksEverything(channel)) return nothing
  return { counted: 1, open: provenance === 'open' ? 1 : 0, recent: 1 }
}

export type Budget = ReturnType<typeof createBudget>

/**
 * How many responses each place counted in the last hour. The truth is in the database (place_minutes), brought up to
 * date with what every process stored each time this one announces; between announcements own additions are known.
 */
export function createBudget(database: Database, now: () => number, background: Background) {
  const hours = new Map<PlaceId, { stored: Taken; added: Taken; readAt: number }>()
  const changed = new Map<PlaceId, Taken>()
  let timer: NodeJS.Timeout | undefined
  let announcing: Promise<unknown> = Promise.resolve()
  const hourAgo = () => new Date(now() - 3_600_000).toISOString()

  const announce = async () => {
    clearTimeout(timer)
    timer = undefined
    if (changed.size === 0) return
    const changes = [...changed].map(([placeId, own]) => ({ placeId, ...own }))
    changed.clear()
    const before = new Map(changes.map(({ placeId }) => [placeId, hours.get(placeId)?.added ?? nothing]))
    const minute = `${new Date(now()).toISOString().slice(0, 16)}:00Z`
    const sums = await announceResponses(database, changes, minute, hourAgo()).catch((error) => {
      for (const { placeId, ...own } of changes) changed.set(placeId, addTaken(changed.get(placeId) ?? nothing, own))
      timer ??= setTimeout(announceSafely, 1000)
      throw error
    })
    for (const [placeId, stored] of sums) {
      const [added, told] = [hours.get(placeId)?.added ?? nothing, before.get(placeId) ?? nothing]
      const addedSince = addTaken(added, { counted: -told.counted, open: -told.open, recent: -told.recent })
      hours.set(placeId, { stored, added: addedSince, readAt: now() })
    }
  }
  const announceSafely = () => {
    announcing = announcing.then(() => background.run('announce', announce))
    return announcing
  }
  return {
    announce: announceSafely,
    taken: (placeId: PlaceId): Taken => {
      const hour = hours.get(placeId)
      return hour ? addTaken(hour.stored, hour.added) : nothing
    },
    load: async (placeIds: PlaceId[]) => {
      const old = placeIds.filter(
        (id) => !happenedWithin(60_000, hours.get(id)?.readAt ?? Number.NEGATIVE_INFINITY, now()),
      )
      if (old.length === 0) return
      await announceSafely()
      for (const [id, stored] of await countCountedSince(database, old, hourAgo())) {
        hours.set(id, { stored, added: nothing, readAt: now() })
      }
    },
    add: (responses: StoredResponse[]) => {
      for (const response of responses) {
        const { placeId } = response
        const own = useOf(response)
        const hour = hours.get(placeId)
        if (hour) hour.added = addTaken(hour.added, own)
        changed.set(placeId, addTaken(changed.get(placeId) ?? nothing, own))
      }
      if (changed.size > 0) timer ??= setTimeout(announceSafely, announceEveryMs)
    },
  }
}

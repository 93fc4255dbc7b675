import type { Database } from '../../db/client.ts'
import { announceResponses, countCountedSince } from '../../db/respond/responses.ts'
import type { Background } from '../background.ts'
import type { PlaceId } from '../catalogue/contract.ts'
import { asksEverything } from '../tallies/rules.ts'
import type { StoredResponse } from './contract.ts'
import { happenedWithin } from './rules.ts'

const announceEveryMs = 250

export type Budget = ReturnType<typeof createBudget>

/**
 * How many responses each place counted in the last hour. The truth is in the database (place_minutes), brought up to
 * date with what every process stored each time this one announces; between announcements own additions are known.
 */
export function createBudget(database: Database, now: () => number, background: Background) {
  const hours = new Map<PlaceId, { counted: number; added: number; readAt: number }>()
  const changed = new Map<PlaceId, number>()
  let timer: NodeJS.Timeout | undefined
  let announcing: Promise<unknown> = Promise.resolve()
  const hourAgo = () => new Date(now() - 3_600_000).toISOString()

  const announce = async () => {
    clearTimeout(timer)
    timer = undefined
    if (changed.size === 0) return
    const changes = [...changed].map(([placeId, counted]) => ({ placeId, counted }))
    changed.clear()
    const before = new Map(changes.map(({ placeId }) => [placeId, hours.get(placeId)?.added ?? 0]))
    const minute = `${new Date(now()).toISOString().slice(0, 16)}:00Z`
    const sums = await announceResponses(database, changes, minute, hourAgo()).catch((error) => {
      for (const { placeId, counted } of changes) changed.set(placeId, (changed.get(placeId) ?? 0) + counted)
      timer ??= setTimeout(announceSafely, 1000)
      throw error
    })
    for (const [placeId, counted] of sums) {
      const addedSince = (hours.get(placeId)?.added ?? 0) - (before.get(placeId) ?? 0)
      hours.set(placeId, { counted, added: addedSince, readAt: now() })
    }
  }
  const announceSafely = () => {
    announcing = announcing.then(() => background.run('announce', announce))
    return announcing
  }
  return {
    announce: announceSafely,
    counted: (placeId: PlaceId) => {
      const hour = hours.get(placeId)
      return hour ? hour.counted + hour.added : 0
    },
    load: async (placeIds: PlaceId[]) => {
      const old = placeIds.filter(
        (id) => !happenedWithin(60_000, hours.get(id)?.readAt ?? Number.NEGATIVE_INFINITY, now()),
      )
      if (old.length === 0) return
      await announceSafely()
      for (const [id, counted] of await countCountedSince(database, old, hourAgo())) {
        hours.set(id, { counted, added: 0, readAt: now() })
      }
    },
    add: (responses: StoredResponse[]) => {
      for (const response of responses) {
        const { placeId } = response
        const one = usesBudget(response) ? 1 : 0
        const hour = hours.get(placeId)
        if (hour) hour.added += one
        changed.set(placeId, (changed.get(placeId) ?? 0) + one)
      }
      if (changed.size > 0) timer ??= setTimeout(announceSafely, announceEveryMs)
    },
  }
}

/** Forms that staff type must not push the answers of citizens aside. */
export const usesBudget = ({ standing, channel }: Pick<StoredResponse, 'standing' | 'channel'>): boolean =>
  standing === 'counted' && !asksEverything(channel)

import type { Database } from '../../db/client.ts'
import type { Background } from '../background.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { dayOf } from '../days.ts'
import { lookForSigns } from './look-for-signs.ts'

export type LookParts = { database: Database; catalogue: Catalogue; background: Background; now: () => number }

/**
 * Looks at the days that have closed, one look at a time. A place's quarter is read for each: nobody waits for that,
 * neither the start nor the other chores, and a server that closes waits for the place at hand only.
 */
export function createNightlyLook({ database, catalogue, background, now }: LookParts) {
  const stopping = new AbortController()
  let looking: Promise<unknown> | undefined
  const lookAgain = async () => lookForSigns(database, await catalogue.read(), dayOf(now()), stopping.signal)
  return {
    look: (): void => {
      looking ??= background.run('signs', lookAgain).finally(() => {
        looking = undefined
      })
    },
    stop: async (): Promise<void> => {
      stopping.abort()
      await looking
    },
  }
}

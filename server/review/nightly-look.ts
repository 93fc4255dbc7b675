import { dayOf } from '../days.ts'
import type { House } from '../house.ts'
import { lookForSigns } from './look-for-signs.ts'

export type LookParts = Pick<House, 'database' | 'catalogue' | 'background' | 'now'>

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

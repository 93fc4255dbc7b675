import type { Database } from '../../../db/client.ts'
import { listCommunes, readSealedKeys } from '../../../db/communes/communes.ts'
import { readContacts } from '../../../db/communes/contacts.ts'
import { dayOf } from '../../days.ts'
import type { Sealing } from '../../staff/sealing.ts'
import type { CommuneId } from '../contract.ts'
import type { Followed } from './note.ts'
import { pullCommune, whole } from './pull.ts'

export type FollowParts = {
  database: Database
  sealing: Sealing
  now: () => number
  /** Of a fault of our own: what a commune does wrong is noted with the commune. */
  log: (cause: unknown, commune: string) => void
}

export type Follower = {
  /** Reads every commune that is followed, a few at a time. */
  pullAll(): Promise<void>
  /** Reads one commune now, all its periods. False where it is not followed. */
  pullOne(id: CommuneId): Promise<boolean>
  stop(): Promise<void>
}

/** So many communes are asked at once: each that is away holds its place for one time limit only. */
const atOnce = 6

/** What an API key is sealed for: it opens for this commune's row only. */
export const purposeOf = (code: string): string => `commune-key:${code}`

/** Reads the communes; two pulls of one commune never overlap. */
export function createFollower({ database, sealing, now, log }: FollowParts): Follower {
  const stopping = new AbortController()
  const running = new Map<CommuneId, Promise<void>>()
  const pull = (commune: Followed, isDaily: boolean): Promise<void> => {
    const before = running.get(commune.id) ?? Promise.resolve()
    const next = before
      .then(() => pullCommune({ database, now, signal: stopping.signal }, commune, isDaily))
      .catch((cause: unknown) => log(cause, commune.code))
    running.set(commune.id, next)
    return next
  }
  const list = async (): Promise<Followed[]> => {
    const [communes, keys] = await Promise.all([listCommunes(database), readSealedKeys(database)])
    return communes
      .filter(({ leftAt }) => leftAt === null)
      .map((one) => ({ ...one, apiKey: openKey(sealing, keys.get(one.id), one.code) }))
  }
  return {
    pullAll: async () => {
      const [communes, contacts] = await Promise.all([list(), readContacts(database)])
      const today = dayOf(now())
      const isDue = ({ id }: Followed) => {
        const okAt = contacts.find(({ communeId, what }) => communeId === id && what === whole)?.okAt
        return !okAt || dayOf(Date.parse(okAt)) < today
      }
      await inLanes(communes, (one) => (stopping.signal.aborted ? Promise.resolve() : pull(one, isDue(one))))
    },
    pullOne: async (id) => {
      const commune = (await list()).find((one) => one.id === id)
      if (commune) await pull(commune, true)
      return commune !== undefined
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(running.values())
    },
  }
}

const openKey = (sealing: Sealing, sealed: string | undefined, code: string): string | null =>
  sealed === undefined ? null : sealing.open(sealed, purposeOf(code))

async function inLanes<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

import type { Database } from '../../db/client.ts'
import { codeOf, isOutage } from '../../db/client.ts'
import { announceResponses, countCountedSince, findRecentMarks, keyOf, recordResponses } from '../../db/respond.ts'
import type { CaseOpener } from '../cases/arrival.ts'
import { PublicError } from '../errors.ts'
import type { PlaceId } from '../surveys/contract.ts'
import type { Plan } from '../surveys/rules.ts'
import type { Proof } from '../tickets/contract.ts'
import type { Signals, StoredResponse } from './contract.ts'
import { asksEverything, decideStanding, sumCells } from './rules.ts'

/** A response as it arrived, before its standing is known, and whether it opens a case. */
export type ArrivedResponse = Omit<StoredResponse, 'standing' | 'reason' | 'openedCase'> &
  Pick<Signals, 'honeypotFilled' | 'ageMs' | 'budgetPerHour'> & { proof: Proof | null }

export type Outcome = 'stored' | 'replayed'

export type Recorder = {
  /** Resolves after commit; rejects with `unavailable` while there is no database or no room. */
  record(response: ArrivedResponse, plan: Plan): Promise<Outcome>
  /** False for half a minute after a failure to store, unless something was stored since. */
  isStoring(): boolean
  /** Waits until everything that arrived is stored or refused. */
  drain(): Promise<void>
}

type Waiting = {
  response: ArrivedResponse
  plan: Plan
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

const largestBatch = 500
const longestQueue = 10_000
const retryAfterMs = [100, 400, 1500]
const givenUpAfterMs = 15_000
const announceEveryMs = 250

/**
 * Stores responses in batches without waiting: while one statement is in flight arriving responses gather, the next
 * one takes all of one shape. One writer connection: with two on two cores nothing is gained (measured).
 */
export function createRecorder(database: Database, now: () => number, readOpener: () => Promise<CaseOpener>): Recorder {
  const plans = new Map<number, Plan>()
  const planOf = (versionId: number) => plans.get(versionId) as Plan
  let writer = database.openWriter()
  const queue: Waiting[] = []
  const budget = createBudget(database, now)
  let lane: Promise<void> | undefined
  let failedAt = Number.NEGATIVE_INFINITY

  const work = async () => {
    while (queue.length > 0) await storeBatch(queue.splice(0, largestBatch))
    lane = undefined
  }

  const storeBatch = async (batch: Waiting[]) => {
    try {
      const judged = await giveStandings(database, budget, batch, now())
      const openCase = await readOpener()
      const responses = judged.map((response) => ({
        ...response,
        openedCase: openCase(response, planOf(response.versionId)),
      }))
      await storeParts(batch, responses)
    } catch (error) {
      for (const waiting of batch) waiting.reject(explain(error))
    }
  }

  /** Halves a batch that holds a row PostgreSQL refuses, so that its neighbours are stored. */
  const storeParts = async (batch: Waiting[], responses: StoredResponse[]): Promise<void> => {
    try {
      const stored = await storeWithRetries(responses)
      const fresh = responses.filter((response) => stored.has(keyOf(response)))
      budget.add(fresh)
      batch.forEach((waiting, index) => {
        // The first of two equal ids in one batch is the answer, the second its replay.
        waiting.resolve(stored.delete(keyOf(responses[index] as StoredResponse)) ? 'stored' : 'replayed')
      })
    } catch (error) {
      if (!/^2[23]/.test(codeOf(error)) || batch.length === 1) throw error
      const middle = batch.length >> 1
      for (const [from, to] of [
        [0, middle],
        [middle, batch.length],
      ] as const) {
        const part = batch.slice(from, to)
        await storeParts(part, responses.slice(from, to)).catch((fault) => {
          for (const waiting of part) waiting.reject(explain(fault))
        })
      }
    }
  }

  const storeWithRetries = async (responses: StoredResponse[]): Promise<Set<string>> => {
    const byKey = new Map<string, StoredResponse>()
    for (const response of responses) if (!byKey.has(keyOf(response))) byKey.set(keyOf(response), response)
    const distinct = [...byKey.values()]
    for (let attempt = 0; ; attempt += 1) {
      try {
        const stored = await withinTime(recordResponses(writer, distinct, (rows) => sumCells(rows, planOf)))
        failedAt = Number.NEGATIVE_INFINITY
        return stored
      } catch (error) {
        const wait = retryAfterMs[attempt]
        const passing = isPassing(error)
        if (passing) failedAt = now()
        if (!passing || wait === undefined) throw error
        if (error instanceof Overdue) {
          void writer.end({ timeout: 0 }).catch(() => {})
          writer = database.openWriter()
        }
        // A query issued in the turn of a reset connection never settles (postgres.js 3.4.9): always after a timer.
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  return {
    record: (response, plan) => {
      if (queue.length >= longestQueue) return Promise.reject(new PublicError('unavailable'))
      plans.set(response.versionId, plan)
      return new Promise<Outcome>((resolve, reject) => {
        queue.push({ response, plan, resolve, reject })
        // Starting in the next turn lets the requests of this turn share the batch.
        lane ??= new Promise<void>((done) => setImmediate(done)).then(work)
      })
    },
    isStoring: () => now() - failedAt > 30_000,
    drain: async () => {
      while (lane) await lane
      await budget.announce()
      await writer.end({ timeout: 5 })
    },
  }
}

async function giveStandings(database: Database, budget: Budget, batch: Waiting[], nowMs: number) {
  await budget.load([...new Set(batch.map(({ response }) => response.placeId))])
  const hashes = batch.flatMap(({ response }) => (response.deviceHash ? [response.deviceHash] : []))
  const hourAgo = new Date(nowMs - 3_600_000).toISOString()
  const known = hashes.length > 0 ? await findRecentMarks(database, hashes, hourAgo) : new Set<string>()
  const taken = new Map<PlaceId, number>()
  return batch.map(({ response: { honeypotFilled, ageMs, budgetPerHour, proof: _, ...response } }) => {
    const already = taken.get(response.placeId) ?? 0
    const countedThisHour = budget.counted(response.placeId) + already
    const sameDevice = response.deviceHash !== null && known.has(response.deviceHash)
    const decided = decideStanding({ honeypotFilled, ageMs, sameDevice, countedThisHour, budgetPerHour })
    if (usesBudget({ standing: decided.standing, channel: response.channel })) taken.set(response.placeId, already + 1)
    if (response.deviceHash) known.add(response.deviceHash)
    return { ...response, ...decided }
  })
}

/** Forms that staff type must not push the answers of citizens aside. */
const usesBudget = ({ standing, channel }: Pick<StoredResponse, 'standing' | 'channel'>): boolean =>
  standing === 'counted' && !asksEverything(channel)

type Budget = ReturnType<typeof createBudget>

/**
 * How many responses each place counted in the last hour. The truth is in the database (place_minutes), brought up to
 * date with what every process stored each time this one announces; between announcements own additions are known.
 */
function createBudget(database: Database, now: () => number) {
  const hours = new Map<PlaceId, { counted: number; added: number; readAt: number }>()
  const changed = new Map<PlaceId, number>()
  let timer: NodeJS.Timeout | undefined
  let announcing: Promise<void> = Promise.resolve()
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
    announcing = announcing.then(announce).catch(() => {})
    return announcing
  }
  return {
    announce: announceSafely,
    counted: (placeId: PlaceId) => {
      const hour = hours.get(placeId)
      return hour ? hour.counted + hour.added : 0
    },
    load: async (placeIds: PlaceId[]) => {
      const old = placeIds.filter((id) => now() - (hours.get(id)?.readAt ?? Number.NEGATIVE_INFINITY) > 60_000)
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

class Overdue extends Error {}

/** A query on a dead connection may never settle; better a refusal that the citizen's outbox repeats. */
function withinTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Overdue('the database did not answer in time')), givenUpAfterMs)
  })
  return Promise.race([promise, overdue]).finally(() => clearTimeout(timer))
}

/** What may succeed when tried again: no database or room just now, too slow, or a conflict with another process. */
const isPassing = (error: unknown): boolean => isOutage(error) || error instanceof Overdue || /^40/.test(codeOf(error))

function explain(error: unknown): unknown {
  return isPassing(error) ? new PublicError('unavailable', undefined, error) : error
}

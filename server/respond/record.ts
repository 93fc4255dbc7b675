import { codeOf, type Database, isOutage } from '../../db/client.ts'
import { type DeviceMark, findRecentMarks, keyOf, recordResponses, type Taken } from '../../db/respond/responses.ts'
import type { Spends } from '../../db/respond/spend.ts'
import type { Background } from '../background.ts'
import type { PlaceId } from '../catalogue/contract.ts'
import type { Plan } from '../catalogue/draw-rules.ts'
import { PublicError } from '../errors.ts'
import type { Reason } from '../tallies/contract.ts'
import { sumCells } from '../tallies/rules.ts'
import { addTaken, type Budget, createBudget, nothing, useOf } from './budget.ts'
import type { CaseOpener, Signals, StoredResponse } from './contract.ts'
import { readDeviceSigns, type Sender } from './device-rules.ts'
import { type Proof, usedTwice } from './proof-contract.ts'
import { decideStanding, happenedWithin, longKeptMs } from './rules.ts'
import { createTicketSpends, type TicketSpends } from './ticket-spends.ts'

/** A response as it arrived, before its standing is known, and whether it opens a case. */
export type ArrivedResponse = Omit<StoredResponse, 'standing' | 'reason' | 'openedCase' | 'household' | 'givenAt'> &
  Pick<Signals, 'honeypotFilled' | 'ageMs' | 'budgetPerHour' | 'outsideHours' | 'mostPerHalfHour'> & {
    proof: Proof | null
    sender: Omit<Sender, 'nowMs'>
  }

/** `reason` says why a new response does not count; null for one that does, and for a replay. */
export type Outcome = { kind: 'stored' | 'replayed'; reason: Reason | null }

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

/**
 * Stores responses in batches without waiting: while one statement is in flight arriving responses gather, the next
 * one takes all of one shape. One writer connection: with two on two cores nothing is gained (measured).
 */
export function createRecorder(
  database: Database,
  now: () => number,
  background: Background,
  readOpener: () => Promise<CaseOpener>,
): Recorder {
  const plans = new Map<number, Plan>()
  const planOf = (versionId: number) => plans.get(versionId) as Plan
  let writer = database.openWriter()
  const queue: Waiting[] = []
  const budget = createBudget(database, now, background)
  const tickets = createTicketSpends()
  let lane: Promise<void> | undefined
  let failedAt = Number.NEGATIVE_INFINITY

  const work = async () => {
    while (queue.length > 0) await storeBatch(queue.splice(0, largestBatch))
    lane = undefined
  }

  const storeBatch = async (batch: Waiting[]) => {
    try {
      const { judged, spends } = await giveStandings({ database, budget, tickets }, batch, now())
      const openCase = await readOpener()
      const responses = judged.map((response) => ({
        ...response,
        openedCase: openCase(response, planOf(response.versionId)),
      }))
      await storeParts(batch, responses, spends)
    } catch (error) {
      for (const waiting of batch) waiting.reject(explain(error))
    }
  }

  /** Halves a batch that holds a row PostgreSQL refuses, so that its neighbours are stored. */
  const storeParts = async (batch: Waiting[], responses: StoredResponse[], spends: Spends): Promise<void> => {
    try {
      const stored = await storeWithRetries(responses, spends)
      const fresh = responses.filter((response) => stored.has(keyOf(response)))
      budget.add(fresh)
      tickets.remember(spends)
      batch.forEach((waiting, index) => {
        // The first of two equal ids in one batch is the answer, the second its replay.
        const response = responses[index] as StoredResponse
        const isNew = stored.delete(keyOf(response))
        waiting.resolve(isNew ? { kind: 'stored', reason: response.reason } : { kind: 'replayed', reason: null })
      })
    } catch (error) {
      if (!/^2[23]/.test(codeOf(error)) || batch.length === 1) throw error
      const middle = batch.length >> 1
      for (const [from, to] of [
        [0, middle],
        [middle, batch.length],
      ] as const) {
        const part = batch.slice(from, to)
        await storeParts(part, responses.slice(from, to), spends).catch((fault) => {
          for (const waiting of part) waiting.reject(explain(fault))
        })
      }
    }
  }

  const storeWithRetries = async (responses: StoredResponse[], spends: Spends): Promise<Set<string>> => {
    const byKey = new Map<string, StoredResponse>()
    for (const response of responses) if (!byKey.has(keyOf(response))) byKey.set(keyOf(response), response)
    const distinct = [...byKey.values()]
    for (let attempt = 0; ; attempt += 1) {
      try {
        const stored = await withinTime(recordResponses(writer, distinct, (rows) => sumCells(rows, planOf), spends))
        failedAt = Number.NEGATIVE_INFINITY
        return stored
      } catch (error) {
        const wait = retryAfterMs[attempt]
        const passing = isPassing(error)
        if (passing) failedAt = now()
        if (!passing || wait === undefined) throw error
        if (error instanceof Overdue) {
          // It is given up; how its end goes is of no use to anybody.
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
    isStoring: () => !happenedWithin(30_000, failedAt, now()),
    drain: async () => {
      while (lane) await lane
      await budget.announce()
      await writer.end({ timeout: 5 })
    },
  }
}

type Judges = { database: Database; budget: Budget; tickets: TicketSpends }

async function giveStandings({ database, budget, tickets }: Judges, batch: Waiting[], nowMs: number) {
  await budget.load([...new Set(batch.map(({ response }) => response.placeId))])
  const hashes = batch.flatMap(({ response }) => (response.deviceHash ? [response.deviceHash] : []))
  const hourAgo = new Date(nowMs - 3_600_000).toISOString()
  const known = hashes.length > 0 ? await findRecentMarks(database, hashes, hourAgo) : new Map<string, DeviceMark>()
  const { spends, spentBefore } = tickets.judge(batch.map(({ response }) => response))
  const taken = new Map<PlaceId, Taken>()
  const judged = batch.map(({ response: { proof: _, sender, ...arrived } }) => {
    const { honeypotFilled, ageMs, budgetPerHour, outsideHours, mostPerHalfHour, ...response } = arrived
    const givenMs = nowMs - sender.keptMs
    const already = addTaken(budget.taken(response.placeId), taken.get(response.placeId) ?? nothing)
    const hash = response.deviceHash
    const signs = readDeviceSigns(hash === null ? undefined : known.get(hash), { ...sender, nowMs })
    const decided = decideStanding({
      honeypotFilled,
      ageMs,
      budgetPerHour,
      provenance: response.provenance,
      // Each ticket is a transaction of its own, also on one telephone.
      sameDevice: signs.sameDevice && !spends.has(keyOf(response)),
      outOfPace: signs.outOfPace,
      keptByTablet: sender.keptMs >= longKeptMs,
      countedThisHour: already.counted,
      openThisHour: already.open,
      outsideHours,
      mostPerHalfHour,
      countedThisHalfHour: already.recent,
    })
    const own = useOf({ ...response, standing: decided.standing })
    taken.set(response.placeId, addTaken(taken.get(response.placeId) ?? nothing, own))
    const { household } = signs
    const mark = hash === null ? undefined : known.get(hash)
    if (hash) {
      const atMs = Math.max(givenMs, mark?.atMs ?? givenMs)
      known.set(hash, { atMs, household: household || (mark?.household ?? false) })
    }
    const givenAt = sender.keptMs > 0 ? { givenAt: new Date(givenMs).toISOString() } : {}
    return { ...response, ...decided, ...(spentBefore.has(keyOf(response)) && usedTwice), household, ...givenAt }
  })
  return { judged, spends }
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

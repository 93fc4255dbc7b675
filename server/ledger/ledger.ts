import { performance } from 'node:perf_hooks'
import type { Database } from '../../db/client.ts'
import { readLastRun, readLedgerState } from '../../db/ledger/read.ts'
import type { LedgerProblem, LedgerStatus } from './contract.ts'
import { runRound, type SequencerParts } from './sequencer.ts'

export type Ledger = {
  status(): Promise<LedgerStatus>
  stop(): Promise<void>
}

const everyMs = 10_000
/** While answers stream in the ledger waits, but never so long that a line is a minute late. */
const longestPauseMs = 30_000
/** How busy the process is, is judged by its last second: an average over ten begins in the middle of a rush. */
const judgedMs = 1000
const busyShare = 0.5

/** Whether to work now, so long after the last time, in a process whose loop was busy for that share of its last second. */
export const isDue = (sinceMs: number, share: number): boolean =>
  sinceMs >= (share > busyShare ? longestPauseMs : everyMs)

/** With `sequences` the one sequencer of this process: off the way of the citizens' answers, at most a minute behind. */
export function openLedger(
  parts: SequencerParts,
  sequences: boolean,
  onProblem: (problem: LedgerProblem) => void,
): Ledger {
  let running: Promise<void> = Promise.resolve()
  let problem: LedgerProblem | null = null
  let lastAt = Date.now()
  let load = performance.eventLoopUtilization()
  const work = async () => {
    lastAt = Date.now()
    const found = await catchUp(parts)
    if (found && found !== problem) onProblem(found)
    problem = found
  }
  const run = () => {
    running = running.then(work)
    return running
  }
  const tick = () => {
    const share = performance.eventLoopUtilization(load).utilization
    load = performance.eventLoopUtilization()
    if (!isDue(Date.now() - lastAt, share)) return
    // An outage passes, and what waits is still there at the next turn.
    run().catch(() => {})
    running = running.catch(() => {})
  }
  const timer = sequences ? setInterval(tick, judgedMs) : undefined
  return {
    status: () => readStatus(parts.database, problem),
    stop: async () => {
      clearInterval(timer)
      await running.catch(() => {})
    },
  }
}

/** Adds everything that waits, round after round; says why where nothing may be signed. */
export async function catchUp(parts: SequencerParts): Promise<LedgerProblem | null> {
  for (;;) {
    const round = await runRound(parts)
    if (round && 'problem' in round) return round.problem
    if (!round?.more) return null
  }
}

async function readStatus(database: Database, problem: LedgerProblem | null): Promise<LedgerStatus> {
  const [state, run] = await Promise.all([readLedgerState(database), readLastRun(database)])
  return { size: state?.size ?? 0, at: state?.at ?? null, problem, run }
}

import { performance } from 'node:perf_hooks'
import { collectGarbage } from '../exports/memory.ts'

/** How often is looked, and up to how much work since then is none. */
const everyMs = 10_000
const quietMs = 100
/** Less work than this leaves nothing worth collecting. */
const worthMs = 300

/**
 * What work leaves behind is given back once it is over: V8 alone waits for a need that an idle commune never has, and a
 * hundred of them share a machine. Work is the start, the hourly chores and whoever reads or answers alike, by the time
 * that the event loop was busy; collecting takes some 30 ms of a process that has nothing else to do.
 */
export function keepSmall(): { stop(): void } {
  let seen = performance.eventLoopUtilization()
  // The start's own work lies before the loop.
  let workedMs = worthMs
  const timer = setInterval(() => {
    const { active } = performance.eventLoopUtilization(seen)
    seen = performance.eventLoopUtilization()
    workedMs += active
    if (active > quietMs || workedMs < worthMs) return
    collectGarbage()
    workedMs = 0
    seen = performance.eventLoopUtilization()
  }, everyMs).unref()
  return { stop: () => clearInterval(timer) }
}

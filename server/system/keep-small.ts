import { collectGarbage } from '../exports/memory.ts'

/** How often is looked, and up to how much work since then is none. */
const everyMs = 10_000
const quietMs = 200
/** Less work than this leaves nothing worth collecting. */
const worthMs = 300

/**
 * What work leaves behind is given back once it is over: V8 alone waits for a need that an idle commune never has, and a
 * hundred of them share a machine. Work is the start, the hourly chores and whoever reads or answers alike, by processor
 * time: on a busy machine the clock runs while others work. Collecting takes some 30 ms of a process that has nothing
 * else to do.
 */
export function keepSmall(): { stop(): void } {
  let seenMs = 0
  let workedMs = 0
  const timer = setInterval(() => {
    const lately = workOfProcessMs() - seenMs
    seenMs += lately
    workedMs += lately
    if (lately > quietMs || workedMs < worthMs) return
    collectGarbage()
    workedMs = 0
    seenMs = workOfProcessMs()
  }, everyMs).unref()
  return { stop: () => clearInterval(timer) }
}

function workOfProcessMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Work that nobody waits for: what fails there would otherwise be seen by nobody. */
export type Background = {
  /** Does a piece of it; never rejects, undefined where it failed. The same failure is logged once until it is over. */
  run<T>(name: BackgroundName, work: () => Promise<T>): Promise<T | undefined>
  /** What was tried since the start of this process. */
  list(): BackgroundState[]
}

type Log = (entry: { work: BackgroundName; cause: unknown }) => void

export function createBackground(now: () => number, log: Log): Background {
  const states = new Map<BackgroundName, BackgroundState>()
  const moment = () => new Date(now()).toISOString()
  const note = (name: BackgroundName, changes: Partial<BackgroundState>) => {
    const before = states.get(name) ?? { name, failingSince: null, failedAt: null, reason: null, succeededAt: null }
    states.set(name, { ...before, ...changes })
    return before
  }
  const fail = (name: BackgroundName, cause: unknown) => {
    const at = moment()
    const reason = reasonOf(cause)
    const before = note(name, { failedAt: at, reason })
    if (!before.failingSince) note(name, { failingSince: at })
    if (!before.failingSince || before.reason !== reason) log({ work: name, cause })
  }
  return {
    run: async (name, work) => {
      try {
        const done = await work()
        note(name, { succeededAt: moment(), failingSince: null, reason: null })
        return done
      } catch (cause) {
        fail(name, cause)
        return undefined
      }
    },
    list: () => [...states.values()],
  }
}

/** The innermost words: Drizzle's own hold the statement and its values. */
function reasonOf(error: unknown): string {
  const { message, cause, code } = (error ?? {}) as { message?: string; cause?: unknown; code?: string }
  if (cause) return reasonOf(cause)
  return `${message || code || String(error)}`.replace(/\s+/g, ' ').slice(0, 200)
}

/** Work that nobody waits for. */
export type BackgroundName =
  | 'months'
  | 'rests'
  | 'publications'
  | 'passing'
  | 'minutes'
  | 'cases'
  | 'sessions'
  | 'signs'
  | 'announce'
  | 'openings'
  | 'boards'
  | 'walls'
  | 'translations'
  | 'recordings'
  | 'catalogue'

export type BackgroundState = {
  name: BackgroundName
  /** Of the first failure since it last succeeded; null while it does. */
  failingSince: string | null
  failedAt: string | null
  reason: string | null
  succeededAt: string | null
}

import { isShared, showRefused } from './_refused.island.tsx'
import { dropEntry, type Entry, listEntries, markUsed } from './_store.island.tsx'

export type Problem = { path: string; message: string }

/**
 * Sent: stored by the server; `left` is what it would not take. Refused: never will be. Kept: not now; `answered` tells
 * a busy server from no network.
 */
export type Outcome =
  | { kind: 'sent'; receipt: string; left?: string }
  | { kind: 'refused'; message: string; problems: Problem[] }
  | { kind: 'kept'; answered: boolean }

const patienceMs = 20_000
export const firstPauseMs = 5_000
const longestPauseMs = 300_000
const askAgain = [408, 425, 429]

/**
 * Only an answer in the server's own words is final: a sign-in page of a public Wi-Fi also says 200, or 403.
 * Sending one entry twice is harmless, the server knows its id.
 */
export async function deliver({ url, body: form, createdAt }: Entry): Promise<Outcome> {
  // How long it waited, not when it was given: a device's clock may be wrong, its seconds are not.
  const body = `${form}&waited=${Math.max(0, Math.round((Date.now() - createdAt) / 1000))}`
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), patienceMs)
  try {
    const headers = { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' }
    const reply = await fetch(url, { method: 'POST', headers, body, keepalive: true, signal: abort.signal })
    const said = await reply.json().catch(() => ({}))
    if (reply.ok && said.receipt) return { kind: 'sent', receipt: said.receipt }
    const final = reply.status >= 400 && reply.status < 500 && !askAgain.includes(reply.status)
    if (final && said.message) return { kind: 'refused', message: said.message, problems: said.problems || [] }
    return { kind: 'kept', answered: true }
  } catch {
    return { kind: 'kept', answered: false }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Sends a form that waited: whoever wrote it may be gone, so a field that is refused stays behind and the rest counts.
 * Refused only where nothing can be left out: the place is closed, the questions are too old, no rating remains.
 */
export async function deliverWaiting(entry: Entry, left = ''): Promise<Outcome> {
  const outcome = await deliver(entry)
  if (outcome.kind === 'sent') return { ...outcome, left }
  const less = outcome.kind === 'refused' && leaveOut(entry.body, outcome.problems)
  return less ? deliverWaiting({ ...entry, body: less.body }, `${left} ${less.said}`) : outcome
}

/** The form without the fields that were refused, and what is said about them; nothing where that saves no rating. */
function leaveOut(text: string, problems: Problem[]) {
  const body = new URLSearchParams(text)
  const refused = problems.filter(({ path }) => body.has(path) && !/^(id|version)$/.test(path))
  if (!problems.length || refused.length < problems.length) return
  const comment = refused.some(({ path }) => path === 'comment') && !isShared(text) ? ` “${body.get('comment')}”` : ''
  for (const { path } of refused) body.delete(path)
  const rates = [...body].some(([name, value]) => /^a-/.test(name) && value)
  return rates ? { body: `${body}`, said: (refused[0] as Problem).message + comment } : undefined
}

/** Calls `act` when the network may be back, and ever more rarely in between, until it says that nothing is left. */
export function keepTrying(act: () => Promise<boolean>): () => void {
  let timer: ReturnType<typeof setTimeout>
  let pauseMs = firstPauseMs
  let running = false
  const turn = async () => {
    if (running) return
    running = true
    clearTimeout(timer)
    const done = await act()
    running = false
    if (!done) timer = setTimeout(turn, pauseMs)
    pauseMs = done ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
  }
  addEventListener('online', turn)
  addEventListener('pageshow', turn)
  document.addEventListener('visibilitychange', () => document.hidden || turn())
  return turn
}

/** Sends what earlier pages left waiting, and says so. `own` is the form this page is sending itself. */
export function startOutbox(own: { id: string }) {
  keepTrying(() => oneTabAtATime(() => flush(own.id)))
}

async function oneTabAtATime(work: () => Promise<boolean>): Promise<boolean> {
  if (!navigator.locks) return work()
  return navigator.locks.request('y-dan-outbox', { ifAvailable: true }, (lock) => (lock ? work() : false))
}

async function flush(except: string): Promise<boolean> {
  const said: string[] = []
  const waiting: string[] = []
  const refused: [Entry, string][] = []
  const words = outboxWords()
  let reached = true
  let allSent = true
  for (const entry of await listEntries()) {
    if (entry.id === except) continue
    const outcome: Outcome = reached ? await deliverWaiting(entry) : { kind: 'kept', answered: false }
    if (outcome.kind !== 'sent') allSent = false
    if (outcome.kind === 'kept') {
      reached = outcome.answered
      waiting.push(entry.place)
      continue
    }
    const about = fill(words[outcome.kind], entry.place)
    if (outcome.kind === 'refused') {
      refused.push([entry, `${about} ${outcome.problems[0]?.message || outcome.message}`])
      continue
    }
    await dropEntry(entry.id)
    markUsed(entry.id)
    said.push(about + (outcome.left && ` ${words.left}${outcome.left}`))
  }
  if (waiting.length) said.push(fill(words.waiting, waiting.join('; ')))
  if (said.length || refused.length) say(said.join(' '), allSent)
  for (const [entry, why] of refused) await showRefused(outboxLine(), entry, why, words.seen)
  return !waiting.length
}

const outboxLine = () => document.getElementById('outbox') as HTMLElement
type OutboxWords = Record<'sent' | 'waiting' | 'refused' | 'left' | 'seen', string>
export const outboxWords = () => JSON.parse(outboxLine().dataset.words || '{}') as OutboxWords
const fill = (text: string, value: string) => text.split('{}').join(value)

/** What was said stays until there is something newer: the person may be looking elsewhere. */
function say(text: string, good: boolean) {
  outboxLine().textContent = text
  outboxLine().className = good ? 'outbox done' : 'outbox'
}

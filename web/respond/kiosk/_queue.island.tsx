import { deliver, deliverWaiting, type Outcome } from '../_delivery.island.tsx'
import { dropEntry, type Entry, listEntries } from '../_store.island.tsx'

type Sending = { ydSending?: Promise<unknown> }

/**
 * Sends what waits on this tablet in the order in which it was answered, and last the form of now: the server measures
 * the tablet's pace by when each was given. One run at a time, also over pages that replaced one another in place.
 */
export function sendInOrder(own?: Entry): Promise<Outcome | undefined> {
  const shared = window as Sending
  const run = Promise.resolve(shared.ydSending).then(() => sendAll(own))
  shared.ydSending = run.catch(() => undefined)
  return run
}

async function sendAll(own?: Entry): Promise<Outcome | undefined> {
  const entries = (await listEntries()).sort((a, b) => a.createdAt - b.createdAt)
  if (own && !entries.some(({ id }) => id === own.id)) entries.push(own)
  for (const entry of entries) {
    const isOwn = entry.id === own?.id
    const outcome = await (isOwn ? deliver : deliverWaiting)(tellWait(entry))
    if (outcome.kind === 'kept') return outcome
    await dropEntry(entry.id)
    if (isOwn) return outcome
  }
}

/** How long it waited, not when it was given: a tablet's clock may be wrong, its seconds are not. */
function tellWait(entry: Entry): Entry {
  const waited = Math.round((Date.now() - entry.createdAt) / 1000)
  return { ...entry, body: `${entry.body}&waited=${Math.max(0, waited)}` }
}

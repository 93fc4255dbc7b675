import { inTime, withStore } from '../_store.island.tsx'

/** A page made ahead by the server, with its own id and draw, in every language; `policy` goes with it. */
export type Spare = { id: string; start: string; policy: string; pages: Record<string, string> }

/** More than people answer in an hour at one tablet. */
const most = 40
const goodMs = 12 * 3_600_000
const buildKey = 'y-dan-kiosk'

/** The oldest page kept for this place, taken out; undefined where there is none. */
export async function takeSpare(start: string): Promise<Spare | undefined> {
  for (;;) {
    const spare = await takeFirst().catch(() => undefined)
    if (!spare || spare.start === start) return spare
  }
}

function takeFirst(): Promise<Spare | undefined> {
  let first: Spare | undefined
  const taken = withStore('spares', 'readwrite', (store) => {
    const opening = store.openCursor()
    opening.onsuccess = () => {
      const cursor = opening.result
      if (!cursor || first) return
      first = cursor.value as Spare
      cursor.delete()
    }
    return opening
  })
  return inTime(taken.then(() => first))
}

/** Keeps enough pages for an hour without a network, one after another so that the counter's own work is not slowed. */
export async function fillSpares(start: string, address: string, build: string) {
  await forgetOthers(start + build)
  for (let count = await dropOld(); count < most; count++) {
    const reply = await fetch(address, { cache: 'no-store' })
    if (!reply.ok) return reply.status === 404 && withStore('spares', 'readwrite', (store) => store.clear())
    const spare = (await reply.json()) as Spare
    await withStore('spares', 'readwrite', (store) => store.put(spare))
  }
}

/** Pages of another place or of an earlier build would not run under this page's policy. */
async function forgetOthers(mark: string) {
  if (localStorage.getItem(buildKey) === mark) return
  await withStore('spares', 'readwrite', (store) => store.clear())
  localStorage.setItem(buildKey, mark)
}

/** An id begins with the milliseconds at which its page was made (UUIDv7). */
const madeAt = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

async function dropOld(): Promise<number> {
  const ids = (await withStore<IDBValidKey[]>('spares', 'readonly', (store) => store.getAllKeys())) as string[]
  const old = ids.filter((id) => Math.abs(Date.now() - madeAt(id)) > goodMs)
  for (const id of old) await withStore('spares', 'readwrite', (store) => store.delete(id))
  return ids.length - old.length
}

/** A form waiting on this device. Its key is the response id, so that two tabs cannot make two of it. */
export type Entry = { id: string; url: string; body: string; place: string; createdAt: number }

/** True once the entry is on disk; false where the browser keeps nothing (private window, old in-app browser). */
export function keepEntry(entry: Entry): Promise<boolean> {
  return inTime(withStore('outbox', 'readwrite', (store) => store.put(entry)).then(() => true)).catch(() => false)
}

/** An entry that could not be dropped is sent again some day and gets the same receipt: no harm. */
export function dropEntry(id: string): Promise<unknown> {
  return inTime(withStore('outbox', 'readwrite', (store) => store.delete(id))).catch(() => undefined)
}

export function listEntries(): Promise<Entry[]> {
  return inTime(withStore<Entry[]>('outbox', 'readonly', (store) => store.getAll())).catch(() => [])
}

/** The database is closed after every use: an open one keeps old Chromes from restoring the page. */
export function withStore<T>(
  name: 'outbox' | 'spares',
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name === 'outbox' ? 'y-dan' : 'y-dan-kiosk', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(name, { keyPath: 'id' })
    opening.onerror = reject
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction(name, mode, { durability: 'strict' })
      const request = act(transaction.objectStore(name))
      transaction.oncomplete = () => {
        database.close()
        resolve(request.result)
      }
      transaction.onabort = reject
    }
  })
}

/** Some in-app browsers open a database and never answer. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return Promise.race([work, new Promise<T>((_, reject) => setTimeout(reject, 2000))])
}

const usedKey = 'y-dan-used'

/** Remembers, for this tab, that a form's answers are stored, so that going back does not show it as unsent. */
export function markUsed(id: string) {
  remember(usedKey, `${recall(usedKey)} ${id}`)
}

export function isUsed(id: string): boolean {
  return recall(usedKey).includes(id)
}

export function remember(key: string, value: string) {
  try {
    sessionStorage.setItem(key, value)
  } catch {
    // Storage is switched off: the server still recognises a form that was sent before.
  }
}

export function recall(key: string): string {
  try {
    return sessionStorage.getItem(key) || ''
  } catch {
    return ''
  }
}

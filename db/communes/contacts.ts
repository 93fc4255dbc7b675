import { eq, sql } from 'drizzle-orm'
import type { CommuneId, Contact } from '../../server/communes/contract.ts'
import type { Database } from '../client.ts'
import { communeContacts } from './tables.ts'

const { communeId, what, etag, okAt, triedAt, failingSince, reason } = communeContacts
const shown = { communeId, what, etag, okAt, triedAt, failingSince, reason }

export const readContacts = (database: Database): Promise<Contact[]> =>
  database.query.select(shown).from(communeContacts)

export const readContactsOf = (database: Database, of: CommuneId): Promise<Contact[]> =>
  database.query.select(shown).from(communeContacts).where(eq(communeId, of)).orderBy(what)

/** An absent tag leaves the one that is known. */
export type Tried = { communeId: CommuneId; what: string; at: string; etag?: string | null; reason: string | null }

/** One try of one thing: without a reason it went well, with one it fails since its first failure. */
export async function noteContact(database: Database, { at, reason: why, ...tried }: Tried): Promise<void> {
  const moment = sql`${at}::timestamptz`
  await database.query
    .insert(communeContacts)
    .values({ ...tried, triedAt: at, reason: why, ...(why === null ? { okAt: at } : { failingSince: at }) })
    .onConflictDoUpdate({
      target: [communeId, what],
      set:
        why === null
          ? {
              triedAt: at,
              okAt: at,
              failingSince: null,
              reason: null,
              ...(tried.etag !== undefined && { etag: tried.etag }),
            }
          : { triedAt: at, failingSince: sql`coalesce(${failingSince}, ${moment})`, reason: why },
    })
}

/** Forgets what is known of a commune's files: it is read anew from another address or with another key. */
export async function forgetTags(database: Database, of: CommuneId): Promise<void> {
  await database.query.update(communeContacts).set({ etag: null }).where(eq(communeId, of))
}

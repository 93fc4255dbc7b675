import type { Database } from '../../../db/client.ts'
import { noteContact } from '../../../db/communes/contacts.ts'
import type { Commune } from '../contract.ts'
import type { Reply } from './request.ts'

export type PullParts = { database: Database; now: () => number; signal?: AbortSignal }

/** A commune with its API key in the clear, for the length of a pull. */
export type Followed = Commune & { apiKey: string | null }

/** Remembers how it went and hands the reply on. A stop of the board is nobody's failure. */
export async function note({ database, now, signal }: PullParts, { id }: Commune, what: string, reply: Reply) {
  if (signal?.aborted) return reply
  const at = new Date(now()).toISOString()
  const reason = reply.kind === 'none' ? reply.reason : null
  const tag = reply.kind === 'new' ? { etag: reply.etag } : {}
  await noteContact(database, { communeId: id, what, at, reason, ...tag })
  return reply
}

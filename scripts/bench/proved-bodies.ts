import { mintPageId } from '../../server/respond/arrive.ts'
import { makePresence } from '../../server/tickets/presence-rules.ts'
import { type AskedPlace, createBodies } from './bodies.ts'

export type ProofKind = 'none' | 'presence' | 'ticket'

/** What a page of a place and its proof are made with; by the place's code its id, and tickets nobody used. */
export type ProofWords = {
  kind: ProofKind
  pageKey: string
  presenceKey: string
  placeIds: Record<string, number>
  tickets: Record<string, string[]>
}

/** The same answers as from pages that this server made, without a proof or each with its own. */
export function createProvedBodies(places: AskedPlace[], rotationKey: string, seed: number, words: ProofWords) {
  const { kind, pageKey, presenceKey, placeIds, tickets } = words
  const idOf = (code: string) => placeIds[code] as number
  // Made a quarter of an hour ago: nobody answers in no time.
  const madeMs = Date.now() - 900_000
  const makeBody = createBodies(places, rotationKey, seed, (code) => mintPageId(pageKey, idOf(code), madeMs))
  return () => {
    const body = makeBody()
    if (kind === 'presence')
      return { ...body, presence: makePresence(presenceKey, idOf(body.place), body.id, Date.now()) }
    return kind === 'ticket' ? { ...body, ticket: tickets[body.place]?.pop() } : body
  }
}

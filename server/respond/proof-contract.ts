import type { PlaceId } from '../catalogue/contract.ts'

/**
 * What the server has verified about how a response came. Made by verifying a code, a signature or a device's token,
 * never from what a client says about itself.
 */
export type Proof =
  /** A one-time code of one transaction at this place: its number among those it was given out with. */
  | { kind: 'ticket'; batchId: number; number: number; used: boolean }
  /** A code that a screen at the place showed: when it was obtained (ISO), which a late arrival keeps. */
  | { kind: 'presence'; obtainedAt: string }
  /** A tablet that an administrator enrolled for this place. */
  | { kind: 'kiosk'; deviceId: number }

/** What may carry a proof: the members of a form or a JSON body, and the browser's cookies. */
export type ProofCarrier = {
  placeId: PlaceId
  given: Record<string, unknown>
  cookies: Record<string, string | undefined>
  nowMs: number
}

/** The proof that a request carries for this place, verified; null where there is none that holds. Refuses nobody. */
export type ProofReader = (carrier: ProofCarrier) => Promise<Proof | null>

/** A ticket that an answer uses up, and the day on which it does. */
export type Spend = { batchId: number; number: number; day: string }

/** The second use of a ticket: kept and set aside, never refused, and no longer of proven origin. */
export const usedTwice = { standing: 'set_aside', reason: 'ticket_used', provenance: 'open', channel: 'qr' } as const

/** What a survey page carries of where it was opened: a hidden field, and the part of its address that keeps it. */
export type CarriedProof = { name: 'ticket' | 'presence'; value: string; link: string }

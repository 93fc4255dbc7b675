import type { Channel, Provenance } from '../catalogue/contract.ts'
import { asksEverything } from '../tallies/rules.ts'
import type { Proof } from './proof-contract.ts'

export type Arrival = {
  /** What the body says; believed only where it changes nothing that matters. */
  claimed: Channel | undefined
  /** The channel of the way it came: a form, the interface for programs, a member of staff typing. */
  usual: Channel
  /** Whether its id is one of a page that this server made for this place. */
  minted: boolean
  proof: Proof | null
}

export type Source = { channel: Channel; provenance: Provenance }

/** The channel that a proof speaks for; whoever scans a code on a screen came by a code. */
const channelOfProof = { ticket: 'ticket', presence: 'qr', kiosk: 'kiosk' } as const

/**
 * Where a response comes from. What staff type is entered; without a page of ours a proof is worth nothing, because
 * the answering time is then invented; without proof a page of ours is open, whatever it calls itself.
 */
export function decideSource({ claimed, usual, minted, proof }: Arrival): Source {
  if (asksEverything(usual)) return { channel: usual, provenance: 'entered' }
  if (!minted) return { channel: 'web', provenance: 'unminted' }
  if (proof) return { channel: channelOfProof[proof.kind], provenance: proof.kind }
  return { channel: claimed === 'web' || claimed === 'qr' ? claimed : usual, provenance: 'open' }
}

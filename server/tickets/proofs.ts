import { dayOf } from '../days.ts'
import type { House } from '../house.ts'
import { fieldNames } from '../respond/contract.ts'
import { readPageTime } from '../respond/page-rules.ts'
import type { CarriedProof, Proof, ProofCarrier, ProofReader } from '../respond/proof-contract.ts'
import type { PageProofs } from '../respond/survey-pages.ts'
import type { Devices } from './devices.ts'
import { isScreenCode, makePresence, makeVisit, readPresence, readVisit } from './presence-rules.ts'
import { createTicketLookup, type TicketLookup } from './ticket-lookup.ts'
import { hashTicket, readTicketCode } from './ticket-rules.ts'

export type ProofParts = Pick<House, 'database' | 'secrets' | 'now'> & { devices: Devices }

export type Proofs = { readProof: ProofReader } & PageProofs

/** What proves where a page was opened and an answer came from: tickets, screens at the place, enrolled tablets. */
export function createProofs(parts: ProofParts): Proofs {
  const key = parts.secrets.presence
  const lookUp = createTicketLookup(parts)
  return {
    readProof: async (carrier) =>
      (await proveTicket(parts.secrets.page, lookUp, carrier)) ??
      (await proveKiosk(parts, carrier)) ??
      provePresence(key, carrier),
    readSource: async ({ query, cookies }, placeId, id) => {
      const kiosk = await parts.devices.findIfPossible(cookies, 'kiosk')
      const obtainedMs = readScan(key, placeId, (query as { m?: unknown }).m, parts.now())
      const carried = obtainedMs === null ? null : carryPresence(key, placeId, id, obtainedMs)
      return { carried, isKiosk: kiosk?.placeId === placeId }
    },
    carryAgain: (placeId, id, form) => {
      const ticket = readTicketCode(form[fieldNames.ticket])
      if (ticket) return { name: 'ticket', value: ticket, link: ticket }
      const proof = provePresence(key, { placeId, given: { ...form, id }, cookies: {}, nowMs: parts.now() })
      return proof && carryPresence(key, placeId, id, Date.parse(proof.obtainedAt))
    },
  }
}

const carryPresence = (key: string, placeId: number, id: string, obtainedMs: number): CarriedProof => ({
  name: 'presence',
  value: makePresence(key, placeId, id, obtainedMs),
  link: makeVisit(key, placeId, obtainedMs),
})

/** When whoever opens this address scanned the place's screen: just now, or a while ago; null where he did not. */
function readScan(key: string, placeId: number, given: unknown, nowMs: number): number | null {
  if (typeof given !== 'string') return null
  return isScreenCode(key, `p${placeId}`, given, nowMs) ? nowMs : readVisit(key, placeId, given, nowMs)
}

/** Also a ticket that was used: the recorder, which alone sees both uses, sets the second aside. */
async function proveTicket(
  pageKey: string,
  lookUp: TicketLookup,
  { placeId, given }: ProofCarrier,
): Promise<Proof | null> {
  const code = readTicketCode(given[fieldNames.ticket])
  const madeMs = readPageTime(pageKey, placeId, String(given[fieldNames.id]))
  if (!code || madeMs === null) return null
  const ticket = await lookUp(hashTicket(code))
  // An answer that waited for a network counts by the day its page was opened.
  const isGood = ticket?.placeId === placeId && !ticket.revoked && dayOf(madeMs) <= ticket.expiresOn
  return isGood ? { kind: 'ticket', batchId: ticket.batchId, number: ticket.number, used: ticket.used } : null
}

async function proveKiosk({ devices }: ProofParts, { placeId, cookies }: ProofCarrier): Promise<Proof | null> {
  const device = await devices.find(cookies, 'kiosk')
  return device?.placeId === placeId ? { kind: 'kiosk', deviceId: device.id } : null
}

function provePresence(key: string, { placeId, given, nowMs }: ProofCarrier) {
  const [proof, pageId] = [given[fieldNames.presence], given[fieldNames.id]]
  if (typeof proof !== 'string' || typeof pageId !== 'string') return null
  const obtainedMs = readPresence(key, { placeId, pageId }, proof, nowMs)
  if (obtainedMs === null) return null
  return { kind: 'presence' as const, obtainedAt: new Date(obtainedMs).toISOString() }
}

import { randomBytes } from 'node:crypto'
import { addTickets, readTicketDays } from '../../db/tickets/tickets.ts'
import { links } from '../../web/links.ts'
import type { CatalogueState, Place } from '../catalogue/catalogue.ts'
import type { FieldId } from '../catalogue/contract.ts'
import { addDays, dayOf } from '../days.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import type { BatchKind, MadeTicket, TicketSlip } from './contract.ts'
import { bytesOfTicket, hashTicket, makeTicketCode } from './ticket-rules.ts'

export type MakeParts = Pick<House, 'database' | 'catalogue' | 'origin' | 'now'>

export type WantedTickets = { place: Place; fieldId: FieldId | 0; kind: BatchKind; count: number; madeBy: string }

export type MadeTickets = { tickets: MadeTicket[]; expiresOn: string }

/** New tickets of a place: their codes are known here and now, and to nobody afterwards. */
export async function makeTickets(
  { database, origin, now }: MakeParts,
  { place, fieldId, kind, count, madeBy }: WantedTickets,
): Promise<MadeTickets> {
  const codes = Array.from({ length: count }, () => makeTicketCode(randomBytes(bytesOfTicket)))
  const day = dayOf(now())
  const expiresOn = addDays(day, await readTicketDays(database))
  const hashes = codes.map(hashTicket)
  const batch = await addTickets(database, { placeId: place.id, fieldId, day, kind, expiresOn, madeBy, hashes })
  const tickets = codes.map((code, index) => ({
    code,
    link: origin() + links.ticket(code),
    serial: `${batch}-${String(index + 1).padStart(3, '0')}`,
  }))
  return { tickets, expiresOn }
}

/** The field of a ticket by its code: 0 = not said; one that the place has not is refused. */
export function readField(state: CatalogueState, place: Place, code: string | undefined): FieldId | 0 {
  if (!code) return 0
  const field = place.fieldCodes.includes(code) ? state.fieldByCode.get(code) : undefined
  if (!field) throw new PublicError('refused', [{ path: 'field', message: 'Nơi phục vụ này không có lĩnh vực đó.' }])
  return field.id
}

/** What is printed of each ticket. */
export const slipsOf = (
  { agency, name }: Place,
  field: string | null,
  { tickets, expiresOn }: MadeTickets,
): TicketSlip[] => tickets.map((ticket) => ({ ...ticket, agency: agency.name, place: name, field, expiresOn }))

import type { FastifyRequest } from 'fastify'
import { narrowCatalogue } from '../catalogue/ownership-rules.ts'
import type { House } from '../house.ts'
import type { Action } from '../staff/permission-rules.ts'
import { scopeOf } from '../staff/permission-rules.ts'
import type { MakeParts } from './make.ts'

export type TicketParts = MakeParts & Pick<House, 'guard' | 'assets' | 'demo' | 'publicUrlMissing'>

/** The places within the reach of the member who asks: a foreign code is an unknown one. */
export async function readOwnPlaces(
  { guard, catalogue }: Pick<TicketParts, 'guard' | 'catalogue'>,
  request: FastifyRequest,
  action: Action,
) {
  const member = await guard.getStaff(request)
  return { member, state: narrowCatalogue(await catalogue.read(), scopeOf(member, action)) }
}

import type { FastifyRequest } from 'fastify'
import type { StaffAssets } from '../../web/ui/shell.tsx'
import { narrowCatalogue } from '../catalogue/ownership-rules.ts'
import type { Action } from '../staff/permission-rules.ts'
import { scopeOf } from '../staff/permission-rules.ts'
import type { Guard } from '../staff/session.ts'
import type { MakeParts } from './make.ts'

export type TicketParts = MakeParts & {
  guard: Guard
  assets: StaffAssets
  demo: boolean
  publicUrlMissing: boolean
}

/** The places within the reach of the member who asks: a foreign code is an unknown one. */
export async function readOwnPlaces(
  { guard, catalogue }: Pick<TicketParts, 'guard' | 'catalogue'>,
  request: FastifyRequest,
  action: Action,
) {
  const member = await guard.getStaff(request)
  return { member, state: narrowCatalogue(await catalogue.read(), scopeOf(member, action)) }
}

import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import type { SurveyParts } from '../respond/survey-pages.ts'
import { serveBatches } from './batch-routes.ts'
import { serveTicketPages } from './citizen-routes.ts'
import { serveDevices } from './device-routes.ts'
import { createDevices, type Devices } from './devices.ts'
import { serveGiving } from './give-routes.ts'
import { returnKiosks } from './kiosk-return.ts'
import { createPlaceProofs } from './place-proofs.ts'
import { createProofs } from './proofs.ts'
import { serveScreens } from './screen-routes.ts'

export type TicketHouse = Pick<
  House,
  | 'database'
  | 'secrets'
  | 'catalogue'
  | 'guard'
  | 'files'
  | 'assets'
  | 'demo'
  | 'origin'
  | 'publicUrl'
  | 'publicUrlMissing'
  | 'now'
>

/** What rooms before this one ask of it: what proves where an answer came from. */
export function openTickets({ database, secrets, now }: Pick<House, 'database' | 'secrets' | 'now'>) {
  const devices = createDevices(database, now)
  const proofs = createProofs({ database, secrets, devices, now })
  return { devices, proofs, drawProofs: createPlaceProofs(database, now) }
}

/** Tickets given out, screens and tablets enrolled, and the pages they open. */
export function useTickets(
  app: FastifyInstance,
  house: TicketHouse,
  { devices, survey }: { devices: Devices; survey: SurveyParts },
): void {
  const { files } = house
  returnKiosks(app, { devices, catalogue: house.catalogue })
  serveTicketPages(app, { ...survey, around: { style: files.text('survey.css'), script: files.text('outbox.js') } })
  const screen = { style: files.text('screen.css'), script: files.text('screen.js') }
  serveScreens(app, { ...house, devices, presenceKey: house.secrets.presence, screen })
  serveGiving(app, house)
  serveBatches(app, house)
  serveDevices(app, house)
}

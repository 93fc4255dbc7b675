import type { FastifyInstance } from 'fastify'
import type { SurveyParts } from '../respond/survey-pages.ts'
import { serveBatches } from './batch-routes.ts'
import { type CitizenParts, serveTicketPages } from './citizen-routes.ts'
import { type DeviceParts, serveDevices } from './device-routes.ts'
import { serveGiving } from './give-routes.ts'
import { type ScreenParts, serveScreens } from './screen-routes.ts'

/** What proves where an answer came from: tickets given out, screens and tablets enrolled, and the pages they open. */
export function serveTickets(
  app: FastifyInstance,
  { staff, screens, citizens }: { staff: DeviceParts; screens: ScreenParts; citizens: CitizenParts & SurveyParts },
): void {
  serveTicketPages(app, citizens)
  serveScreens(app, screens)
  serveGiving(app, staff)
  serveBatches(app, staff)
  serveDevices(app, staff)
}

import type { FastifyInstance } from 'fastify'
import type { ReviewParts } from './asked.ts'
import { createNightlyLook, type LookParts } from './nightly-look.ts'
import { serveReview } from './routes.ts'

/** What was set aside, and the look for signs in the days that have closed: at the start here, hourly with the chores. */
export function useReview(app: FastifyInstance, house: ReviewParts & LookParts): { lookForSigns: () => void } {
  const nightly = createNightlyLook(house)
  serveReview(app, house)
  app.addHook('onListen', async () => nightly.look())
  app.addHook('onClose', () => nightly.stop())
  return { lookForSigns: nightly.look }
}

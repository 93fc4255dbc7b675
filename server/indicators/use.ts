import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { serveMethod } from './method/routes.ts'
import { serveIndicator } from './page-routes.ts'
import type { IndicatorHouse } from './parts.ts'
import { serveIndicators } from './routes.ts'
import { createWarnings, type Warnings } from './warnings.ts'

/** The plan's indicators and how they are made. The weekly charts behind early warnings are read once for all rooms. */
export function useIndicators(
  app: FastifyInstance,
  house: IndicatorHouse & Pick<House, 'files'>,
): { warnings: Warnings } {
  const warnings = createWarnings(house.database)
  serveIndicators(app, { ...house, warnings })
  serveIndicator(app, { ...house, warnings })
  serveMethod(app, house)
  return { warnings }
}

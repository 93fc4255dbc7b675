import type { FastifyInstance } from 'fastify'
import type { IndicatorHouse } from '../indicators/parts.ts'
import type { Warnings } from '../indicators/warnings.ts'
import { serveMorning } from './routes.ts'

/** Yesterday for the telephone and the group. */
export function useMorning(app: FastifyInstance, house: IndicatorHouse, { warnings }: { warnings: Warnings }): void {
  serveMorning(app, { ...house, warnings })
}

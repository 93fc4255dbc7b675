import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import { serveExports } from './routes.ts'

export type ExportHouse = Pick<House, 'database' | 'secrets' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'now'>

/** Responses as files for statistics. */
export function useExports(app: FastifyInstance, house: ExportHouse): void {
  serveExports(app, { ...house, orderSecret: house.secrets.rotation })
}

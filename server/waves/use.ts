import type { FastifyInstance } from 'fastify'
import type { House } from '../house.ts'
import type { Recorder } from '../respond/record.ts'
import { serveEntries } from './entry-routes.ts'
import { serveWaves } from './routes.ts'

export type WaveHouse = Pick<House, 'database' | 'secrets' | 'catalogue' | 'guard' | 'assets' | 'demo' | 'now'>

/** Waves and their forms, which are recorded the way every answer is. */
export function useWaves(app: FastifyInstance, house: WaveHouse, { recorder }: { recorder: Recorder }): void {
  const parts = { ...house, sampleKey: house.secrets.rotation }
  serveWaves(app, parts)
  serveEntries(app, { ...parts, recorder })
}

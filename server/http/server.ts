import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from '../config.ts'
import { endConnectionsOnClose } from './connections.ts'
import { createErrorDoor, type DoorAssets } from './error-door.ts'
import { useHeaders } from './headers.ts'
import { useTypedTexts } from './typed.ts'
import { zodSchemas } from './zod.ts'

/** The most a body may hold where a route names nothing else. */
const bodyLimit = 32 * 1024

export type ServerSettings = Pick<Config, 'logLevel' | 'trustProxy' | 'publicUrl'>

/** What every request passes before it reaches a room, and the one door by which refusals leave. */
export async function createServer(settings: ServerSettings, assets: DoorAssets): Promise<FastifyInstance> {
  const door = createErrorDoor(assets)
  const app = fastify({
    logger: settings.logLevel === 'silent' ? false : { level: settings.logLevel, base: null },
    // Nobody's address or browser goes into a log: requests are not logged at all, failures without them.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustProxy,
    bodyLimit,
    schemaController: zodSchemas,
    ...door.options,
  })
  endConnectionsOnClose(app)
  useTypedTexts(app)
  door.use(app)
  await useHeaders(app, settings.publicUrl)
  await app.register(cookie)
  await app.register(formbody, { bodyLimit })
  return app
}

/** The port really listened on, also where the setting says 0. */
export function portOf(app: FastifyInstance): number | undefined {
  const [address] = app.addresses()
  return typeof address === 'object' ? address.port : undefined
}

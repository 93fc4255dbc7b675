import type { FastifyInstance } from 'fastify'
import { serveBoardFiles } from './file-routes.ts'
import { serveCommuneList } from './list-routes.ts'
import type { BoardHouse } from './parts.ts'
import { createFollower, type Follower } from './pull/follow.ts'
import { serveBoard } from './routes.ts'

/** The province's board: what it shows, whom it follows. Whoever starts it reads the communes by the follower. */
export function useCommunes(app: FastifyInstance, house: BoardHouse): Follower {
  const log = (cause: unknown, commune: string) => app.log.error({ err: cause, commune }, 'a commune was not read')
  const follower = createFollower({ ...house, log })
  const parts = { ...house, follower }
  serveBoard(app, parts)
  serveCommuneList(app, parts)
  serveBoardFiles(app, parts)
  app.addHook('onClose', () => follower.stop())
  return follower
}

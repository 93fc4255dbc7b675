import type { FastifyInstance } from 'fastify'
import { useAudit } from './audit/use.ts'
import { boardAccess } from './communes/access.ts'
import type { Follower } from './communes/pull/follow.ts'
import { useCommunes } from './communes/use.ts'
import { type Foundations, openHouse } from './house.ts'
import { useStaff } from './staff/use.ts'
import { serveHealth } from './system/health.ts'

const pullEveryMs = 3_600_000
/** Nobody of the province holds a citizen's case. */
const holdings = { list: async () => [], takeBack: async () => 0 }

export type Board = { app: FastifyInstance; follower: Follower }

/** The province's board, the same program with other rooms: no survey, no response, no ledger of its own. */
export async function createBoard(given: Foundations): Promise<Board> {
  const { app, house } = await openHouse(given, { access: boardAccess, ofProvince: true })
  serveHealth(app, house.database, { isStoring: () => true })
  useStaff(app, house, { holdings })
  const follower = useCommunes(app, house)
  useAudit(app, house, { tellStatus: async () => null })
  return { app, follower }
}

/** Reads the communes at once and then hourly, as long as the board listens. */
export function startFollowing({ app, follower }: Board): void {
  const pull = () => void follower.pullAll().catch((cause: unknown) => app.log.error(cause, 'communes'))
  const timer = setInterval(pull, pullEveryMs)
  app.addHook('onListen', async () => pull())
  app.addHook('preClose', async () => clearInterval(timer))
}

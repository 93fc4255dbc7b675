import type { FastifyReply } from 'fastify'
import type { Database } from '../../db/client.ts'
import type { Background } from '../background.ts'
import { PublicError } from '../errors.ts'
import { startStream, write } from '../today/live.ts'
import type { WallView } from './contract.ts'

export type LiveWalls = {
  /** Keeps the reply open and writes the agency's view to it whenever answers come. */
  follow(reply: FastifyReply, view: WallView): void
  close(): void
}

const gatherMs = 500
const heartbeatMs = 20_000
/** Without answers too a score moves, some minutes after a full half-hour. */
const refreshMs = 5 * 60_000
/** Nobody signs in here: a bound on what strangers can make a process hold. A refused screen asks again. */
const mostStreams = 500

/** Server-sent events for the screens on walls: one reading for all of them, at most twice a second. */
export async function openLiveWalls(
  database: Database,
  readViews: () => Promise<Map<string, WallView>>,
  now: () => number,
  background: Background,
): Promise<LiveWalls> {
  const open = new Map<FastifyReply, string>()
  const replies = { delete: (reply: FastifyReply) => open.delete(reply) }
  let timer: NodeJS.Timeout | undefined

  // The server's clock goes along: a television's own is often wrong.
  const eventOf = (view: WallView) => `event: wall\ndata: ${JSON.stringify({ ...view, nowMs: now() })}\n\n`
  const sendAll = async () => {
    timer = undefined
    if (open.size === 0) return
    const views = await background.run('walls', readViews)
    for (const [reply, agency] of open) {
      const view = views?.get(agency)
      if (view) write(replies, reply, eventOf(view))
    }
  }
  const soon = () => {
    timer ??= setTimeout(sendAll, gatherMs)
  }
  await database.listen('tallies', soon, soon)
  const refresh = setInterval(soon, refreshMs)
  const heartbeat = setInterval(() => {
    for (const reply of open.keys()) write(replies, reply, `event: beat\ndata: ${now()}\n\n`)
  }, heartbeatMs)

  return {
    follow: (reply, view) => {
      if (open.size >= mostStreams) throw new PublicError('unavailable')
      startStream(reply)
      open.set(reply, view.agency)
      reply.raw.on('close', () => open.delete(reply))
      write(replies, reply, `retry: 2000\n\n${eventOf(view)}`)
    },
    close: () => {
      for (const one of [refresh, heartbeat]) clearInterval(one)
      clearTimeout(timer)
      for (const reply of open.keys()) reply.raw.end()
      open.clear()
    },
  }
}

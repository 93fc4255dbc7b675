import type { FastifyReply } from 'fastify'
import type { Database } from '../../db/client.ts'
import type { TodayView } from './contract.ts'

export type LiveBoards = {
  /** Keeps the reply open and writes the board to it whenever it changes. */
  follow(reply: FastifyReply): Promise<void>
  /** Ends every open stream; browsers come back to the next process by themselves. */
  close(): void
}

const gatherMs = 500
const heartbeatMs = 20_000
const stuckBytes = 1_000_000

/**
 * Server-sent events over LISTEN/NOTIFY: one reading and one text for all boards of this process, at most twice a
 * second. Every process hears every process; after a lost connection everything is sent again.
 */
export async function openLiveBoards(database: Database, readBoard: () => Promise<TodayView>): Promise<LiveBoards> {
  const open = new Set<FastifyReply>()
  let timer: NodeJS.Timeout | undefined

  const sendAll = async () => {
    timer = undefined
    if (open.size === 0) return
    const text = await readBoard().then(eventOf, () => null)
    if (text) for (const reply of open) write(open, reply, text)
  }
  const soon = () => {
    timer ??= setTimeout(sendAll, gatherMs)
  }
  await database.listen('tallies', soon, soon)
  const heartbeat = setInterval(() => {
    for (const reply of open) write(open, reply, 'event: beat\ndata:\n\n')
  }, heartbeatMs)

  return {
    follow: async (reply) => {
      const first = eventOf(await readBoard())
      startStream(reply)
      open.add(reply)
      reply.raw.on('close', () => open.delete(reply))
      write(open, reply, `retry: 2000\n\n${first}`)
    },
    close: () => {
      clearInterval(heartbeat)
      clearTimeout(timer)
      for (const reply of open) reply.raw.end()
      open.clear()
    },
  }
}

/** Takes the reply over as a stream of events. */
export function startStream(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // A stream that ends takes its line along: a browser keeping it would hold up the server's stop by a minute.
    connection: 'close',
    // nginx would otherwise hold the events back.
    'x-accel-buffering': 'no',
  })
}

const eventOf = (view: TodayView): string => `event: today\ndata: ${JSON.stringify(view)}\n\n`

/** A board that does not read is dropped rather than kept in memory. */
export function write(open: Pick<Set<FastifyReply>, 'delete'>, reply: FastifyReply, text: string): void {
  if (reply.raw.writableLength > stuckBytes) {
    open.delete(reply)
    reply.raw.destroy()
    return
  }
  reply.raw.write(text)
}

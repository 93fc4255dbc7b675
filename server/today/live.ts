import type { FastifyReply } from 'fastify'
import type { Database } from '../../db/client.ts'
import type { Background } from '../background.ts'
import type { TodayView, Viewer } from './contract.ts'

export type LiveBoards = {
  /** Keeps the reply open and writes the viewer's board to it whenever it changes. */
  follow(reply: FastifyReply, viewer: Viewer): Promise<void>
  /** Ends every open stream; browsers come back to the next process by themselves. */
  close(): void
}

const gatherMs = 500
const heartbeatMs = 20_000
/** Without answers a board still changes: places fall silent, a clerk enters visits. */
const refreshMs = 5 * 60_000
/** A stream begins anew so often, so that it ends with the session or the role that opened it. */
const longestMs = 10 * 60_000
const stuckBytes = 1_000_000
const keptMs = 5000

/** Everybody who sees the same board, and its text, made once for all of them. */
type Group = { viewer: Viewer; replies: Set<FastifyReply>; text: Promise<string> | null }

/**
 * Server-sent events over LISTEN/NOTIFY: one reading and one text per distinct scope, at most twice a second, however
 * many boards show it. Every process hears every process; after a lost connection everything is sent again.
 */
export async function openLiveBoards(
  database: Database,
  background: Background,
  readBoard: (viewer: Viewer) => Promise<TodayView>,
): Promise<LiveBoards> {
  const groups = new Map<string, Group>()
  const timers = new Map<FastifyReply, NodeJS.Timeout>()
  let timer: NodeJS.Timeout | undefined

  const sendAll = async () => {
    timer = undefined
    for (const [key, { replies }] of groups) if (replies.size === 0) groups.delete(key)
    await Promise.all(
      [...groups.values()].map(async (group) => {
        group.text = null
        const text = await background.run('boards', () => textOf(group, readBoard))
        if (text) for (const reply of group.replies) write(group.replies, reply, text)
      }),
    )
  }
  const soon = () => {
    timer ??= setTimeout(sendAll, gatherMs)
  }
  await database.listen('tallies', soon, soon)
  const refresh = setInterval(soon, refreshMs)
  const heartbeat = setInterval(() => {
    for (const { replies } of groups.values())
      for (const reply of replies) write(replies, reply, 'event: beat\ndata:\n\n')
  }, heartbeatMs)

  const groupOf = (viewer: Viewer): Group => {
    const key = JSON.stringify(viewer)
    const group = groups.get(key) ?? { viewer, replies: new Set(), text: null }
    groups.set(key, group)
    return group
  }
  const join = (group: Group, reply: FastifyReply) => {
    group.replies.add(reply)
    const turn = () => reply.raw.end('event: again\ndata:\n\n')
    timers.set(reply, setTimeout(turn, longestMs))
    reply.raw.on('close', () => {
      clearTimeout(timers.get(reply))
      timers.delete(reply)
      group.replies.delete(reply)
    })
  }
  return {
    follow: async (reply, viewer) => {
      const text = textOf(groupOf(viewer), readBoard)
      const first = await text
      const group = groupOf(viewer)
      startStream(reply)
      join(group, reply)
      write(group.replies, reply, `retry: 2000\n\n${first}`)
      // Something came while this was read.
      if (group.text !== text) soon()
    },
    close: () => {
      for (const one of [refresh, heartbeat]) clearInterval(one)
      for (const one of [timer, ...timers.values()]) clearTimeout(one)
      for (const { replies } of groups.values()) for (const reply of replies) reply.raw.end()
      groups.clear()
    },
  }
}

/** A text lives until something changes, at most a few seconds: boards that open together are one reading. */
function textOf(group: Group, readBoard: (viewer: Viewer) => Promise<TodayView>): Promise<string> {
  if (group.text) return group.text
  const text = readBoard(group.viewer).then(eventOf)
  group.text = text
  const forget = () => {
    if (group.text === text) group.text = null
  }
  text.then(() => setTimeout(forget, keptMs).unref(), forget)
  return text
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

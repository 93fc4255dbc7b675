import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Lets a closing server end as soon as it has answered. Node waits for a connection on which nothing was ever asked
 * until its head is overdue, and for one whose answer was under way until it has idled for 72 s.
 */
export function endConnectionsOnClose(app: FastifyInstance): void {
  const open = new Set<Socket>()
  const underway = new Map<Socket, Set<ServerResponse>>()
  let closing = false

  app.server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.server.on('request', ({ socket }, reply) => {
    const replies = underway.get(socket) ?? new Set()
    underway.set(socket, replies.add(reply))
    reply.once('close', () => {
      replies.delete(reply)
      if (replies.size > 0) return
      underway.delete(socket)
      if (closing) socket.destroySoon()
    })
  })
  app.addHook('preClose', (done) => {
    closing = true
    for (const socket of open) if (!underway.has(socket)) socket.destroySoon()
    // Those who still get an answer are told that nothing more comes on this connection.
    for (const replies of underway.values()) for (const reply of replies) reply.shouldKeepAlive = false
    done()
  })
}

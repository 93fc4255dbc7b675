import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createServer, portOf } from '../../server/http/server.ts'

let app: FastifyInstance
let release = () => {}
let arrived: Promise<void>
beforeEach(async () => {
  const staff = { styleHref: '/x.css', scriptHref: (island: string) => `/${island}.js` }
  const assets = { around: { style: '', script: '' }, staff, demo: false }
  app = await createServer({ logLevel: 'silent', trustProxy: false, publicUrl: null }, assets)
  // A connection that the server itself does not end stays for good, not for a minute.
  app.server.keepAliveTimeout = 0
  app.server.headersTimeout = 0
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  arrived = new Promise((resolve) => {
    app.get('/cham', async () => {
      resolve()
      await held
      return 'xong'
    })
  })
  app.get('/dau', (_, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-length': 4 }).flushHeaders()
    void held.then(() => reply.raw.end('xong'))
  })
  app.get('/nhanh', async () => 'xong')
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(() => app.close())

async function open(request = ''): Promise<{ socket: Socket; read(): string }> {
  const socket = connect(portOf(app) as number, '127.0.0.1')
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  await once(socket, 'connect')
  if (request) socket.write(`GET ${request} HTTP/1.1\r\nhost: a\r\n\r\n`)
  return { socket, read: () => text }
}

test('a connection on which nobody has asked anything does not keep a closing server', async () => {
  const { socket, read } = await open()
  const other = await open('/nhanh')
  await expect.poll(other.read).toContain('xong')
  const ended = Promise.all([once(socket, 'close'), once(other.socket, 'close')])
  await app.close()
  await ended
  expect(read()).toBe('')
})

test('an answer under way is finished, says that it is the last, and the server ends with it', async () => {
  const { socket, read } = await open('/cham')
  await arrived
  const ended = once(socket, 'close')
  const closed = app.close()
  await expect.poll(() => app.server.listening).toBe(false)
  release()
  await Promise.all([closed, ended])
  expect(read()).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close\r\n[\s\S]*xong$/i)
})

test('an answer whose head was sent before is finished too', async () => {
  const { socket, read } = await open('/dau')
  await expect.poll(read).toContain('content-length: 4')
  const ended = once(socket, 'close')
  const closed = app.close()
  await expect.poll(() => app.server.listening).toBe(false)
  release()
  await Promise.all([closed, ended])
  expect(read()).toMatch(/^HTTP\/1\.1 200 [\s\S]*xong$/)
})

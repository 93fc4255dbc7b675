import net from 'node:net'
import tls from 'node:tls'
import { sayFirst } from './first-statement.ts'

/** What postgres.js hands to a socket of one's own. */
export type Target = { host: string[]; port: number[]; path: string | false }

/** `sslmode` of an address as postgres.js reads it, with its companion `sslnegotiation`. */
export type Tls = { mode: string | false; isDirect: boolean }

const waitMs = 5000

/**
 * Opens the sockets of one pool, trying the hosts of the address in turn, each with the statement that goes first.
 * Never rejects: postgres.js 3.4 loses a connection for good whose socket could not be made, so a failure comes out
 * of the socket.
 */
export function createSockets(tlsMode: Tls, statement: string): (target: Target) => Promise<net.Socket> {
  let next = 0
  return async (target) => {
    const index = next++ % target.host.length
    const [host, port] = [target.host[index] as string, target.port[index % target.port.length] as number]
    const raw = target.path ? net.connect(target.path) : net.connect(port, host)
    // Named in the driver's messages.
    if (!target.path) Object.assign(raw, { host, port })
    if (!tlsMode.mode) return sayFirst(raw, statement)
    try {
      const isSecure = tlsMode.isDirect || (await asksForTls(raw))
      if (!isSecure && tlsMode.mode === 'prefer') return sayFirst(raw, statement)
      if (!isSecure) throw new Error('the server does not support SSL, but it was required')
      return sayFirst(tls.connect(tlsOptions(raw, host, tlsMode)), statement)
    } catch (error) {
      return failingSocket(raw, error as Error)
    }
  }
}

/** The server's one letter on the request for TLS. */
function asksForTls(socket: net.Socket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(overdue(socket)), waitMs)
    const settle = (act: () => void) => {
      clearTimeout(timer)
      socket.removeListener('error', onError).removeListener('close', onClose)
      act()
    }
    const onError = (error: Error) => settle(() => reject(error))
    const onClose = () => settle(() => reject(new Error('the server closed the connection')))
    socket.once('error', onError).once('close', onClose)
    socket.once('data', ([letter]: Buffer) => settle(() => resolve(letter === 83)))
    socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))
  })
}

function overdue(socket: net.Socket): Error {
  socket.destroy()
  return Object.assign(new Error('the server did not answer in time'), { code: 'CONNECT_TIMEOUT' })
}

/** `require`, `allow` and `prefer` encrypt without asking who the server is; everything else verifies. */
function tlsOptions(socket: net.Socket, host: string, { mode, isDirect }: Tls): tls.ConnectionOptions {
  return {
    socket,
    servername: net.isIP(host) ? undefined : host,
    rejectUnauthorized: !['require', 'allow', 'prefer'].includes(String(mode)),
    ALPNProtocols: isDirect ? ['postgresql'] : undefined,
  }
}

function failingSocket(raw: net.Socket, error: Error): net.Socket {
  raw.on('error', () => {}).destroy()
  const socket = new net.Socket()
  setImmediate(() => socket.destroy(error))
  return socket
}

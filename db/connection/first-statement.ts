import type { Socket } from 'node:net'

/** Message types of PostgreSQL's protocol 3.0 that matter here. */
const readyForQuery = 90
const errorResponse = 69
const parameterStatus = 83
const noticeResponse = 78

/**
 * Says one statement on a new connection before the driver's first, since postgres.js 3.4 has no hook for that. What
 * the server sends is passed on message by message until it is ready; that message waits until the statement is done.
 * A refused statement reaches the driver as the failure to connect that it is. Afterwards nothing stands in between.
 */
export function sayFirst<T extends Socket>(socket: T, statement: string): T {
  const emit = (values: unknown[]): boolean => Reflect.apply(original, socket, values)
  const original = socket.emit
  const first = holdUntilSaid(() => socket.write(simpleQuery(statement)))
  socket.emit = (...values: unknown[]): boolean => {
    if (values[0] !== 'data') return emit(values)
    const { pass, state } = first(values[1] as Buffer)
    if (state !== 'going') socket.emit = original
    if (pass.length > 0) emit(['data', pass])
    if (state === 'refused') socket.destroy()
    return true
  }
  return socket
}

type Step = { pass: Buffer; state: 'going' | 'said' | 'refused' }

function holdUntilSaid(say: () => void): (chunk: Buffer) => Step {
  let received = Buffer.alloc(0)
  let held: Buffer | null = null
  return (chunk) => {
    received = Buffer.concat([received, chunk])
    const pass: Buffer[] = []
    for (let message = firstMessage(received); message; message = firstMessage(received)) {
      received = received.subarray(message.length)
      const [type] = message
      if (type === readyForQuery && held) return { pass: Buffer.concat([...pass, held, received]), state: 'said' }
      if (type === readyForQuery) {
        held = message
        say()
      } else if (!held || type === parameterStatus || type === noticeResponse) pass.push(message)
      else if (type === errorResponse) return { pass: Buffer.concat([...pass, message]), state: 'refused' }
    }
    return { pass: Buffer.concat(pass), state: 'going' }
  }
}

/** A type, a length that counts itself, the rest; null while it has not come whole. */
function firstMessage(bytes: Buffer): Buffer | null {
  const end = bytes.length < 5 ? Number.POSITIVE_INFINITY : 1 + bytes.readUInt32BE(1)
  return bytes.length < end ? null : bytes.subarray(0, end)
}

function simpleQuery(statement: string): Buffer {
  const text = Buffer.from(`${statement}\0`)
  const head = Buffer.alloc(5)
  head.write('Q')
  head.writeUInt32BE(text.length + 4, 1)
  return Buffer.concat([head, text])
}

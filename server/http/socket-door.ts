import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { PublicError, type RefusalCode } from '../errors.ts'
import { pathOf } from './html.ts'
import { drawRefusal, type RefusalAssets } from './refusal-page.ts'

/** What the HTTP parser gave up on. `rawPacket` is the piece it was reading: the request line stands there if anywhere. */
export type SocketError = Error & { code?: string; rawPacket?: unknown }

/**
 * Answers where there is no request yet: broken HTTP, a head above 16 KB, one that never came to its end.
 * A citizen's outbox gets no JSON here: whatever a broken connection made of the form, the form is not refused for good.
 */
export function answerSocket(error: SocketError, socket: Socket, requestId: string, assets: RefusalAssets): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const refusal = new PublicError(fromParser[error.code ?? ''] ?? 'bad_request')
  const path = readPath(error.rawPacket)
  const { type, policy, body } = path.startsWith('/api/')
    ? drawJson(refusal, requestId)
    : drawPage(refusal, path, requestId, assets)
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    `content-type: ${type}; charset=utf-8`,
    `content-length: ${Buffer.byteLength(body)}`,
    `content-security-policy: ${policy}`,
    `x-request-id: ${requestId}`,
    'cache-control: no-store',
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}

const fromParser: Record<string, RefusalCode | undefined> = {
  HPE_HEADER_OVERFLOW: 'too_long',
  ERR_HTTP_REQUEST_TIMEOUT: 'too_slow',
}

function drawJson({ code, message }: PublicError, requestId: string) {
  const body = JSON.stringify({ code, message, requestId })
  return { type: 'application/json', policy: "default-src 'none'", body }
}

function drawPage(refusal: PublicError, path: string, requestId: string, assets: RefusalAssets) {
  const { html, policy } = drawRefusal({ path, language: 'vi', requestId }, refusal, assets)
  return { type: 'text/html', policy, body: html }
}

function readPath(packet: unknown): string {
  const start = Buffer.isBuffer(packet) ? packet.subarray(0, 200).toString('latin1') : ''
  return pathOf(/^[A-Z]+ (\S+)/i.exec(start)?.[1] ?? '/')
}

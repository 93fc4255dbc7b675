import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

export type Body = { type: string; text: string; modified: string | null }

/** Sends what programs fetch again and again: whole, or 304 where they have it already (RFC 9110, section 13). */
export function sendConditional(request: FastifyRequest, reply: FastifyReply, { type, text, modified }: Body) {
  const tag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`
  reply.header('etag', tag)
  if (modified) reply.header('last-modified', new Date(modified).toUTCString())
  if (isKnown(request, tag, modified)) return reply.code(304).send()
  return reply.type(type).send(text)
}

/** If-None-Match rules alone where it is given; a date is compared in whole seconds, as headers write it. */
function isKnown({ headers }: FastifyRequest, tag: string, modified: string | null): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) {
    return tags.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag)
  }
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return modified !== null && Math.floor(Date.parse(modified) / 1000) * 1000 <= since
}

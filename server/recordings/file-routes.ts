import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findRecordingFile } from '../../db/recordings/recordings.ts'
import { patterns } from '../../web/links.ts'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import type { RecordingBook } from './book.ts'
import { recordedLanguages } from './contract.ts'
import { readRange } from './range-rules.ts'

export type FileParts = Pick<House, 'database' | 'catalogue'> & { book: RecordingBook }

type ByKey = { Params: { set: string; key: string } }

/** The sound itself, for everybody: an address says by its hash what it holds, so it may be kept for a year. */
export function serveRecordingFiles(app: FastifyInstance, parts: FileParts): void {
  app.get<ByKey>(patterns.recording, async (request, reply) => {
    const { set, key } = request.params
    reply.header('cache-control', 'public, max-age=31536000, immutable')
    return sendFile(parts, request, reply, await findAddress(parts, set, key))
  })
  // For whoever keeps them, also where its words have changed since.
  app.get<{ Params: { address: string } }>(patterns.recordedFile, (request, reply) =>
    sendFile(parts, request, reply, request.params.address),
  )
}

/** A set that another process, or this one before its start, told a page of is named anew by going through all of them. */
async function findAddress({ catalogue, book }: FileParts, set: string, key: string): Promise<string | undefined> {
  const known = book.findFile(set, key)
  if (known) return known
  const { publishedByCode } = await catalogue.read()
  for (const { definition } of publishedByCode.values())
    for (const language of recordedLanguages) book.soundsOf(definition, language)
  return book.findFile(set, key)
}

async function sendFile(
  { database }: FileParts,
  request: FastifyRequest,
  reply: FastifyReply,
  address: string | undefined,
) {
  const found = address ? await findRecordingFile(database, address) : undefined
  if (!found) {
    reply.header('cache-control', 'no-store')
    throw new PublicError('not_found')
  }
  const tag = `"${address}"`
  reply
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('accept-ranges', 'bytes')
    .header('etag', tag)
    .type(found.type)
  return sendPart(request, reply, found.body, tag)
}

function sendPart({ headers }: FastifyRequest, reply: FastifyReply, body: Buffer, tag: string) {
  const known = headers['if-none-match']?.split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (known?.some((one) => one === tag || one === '*')) return reply.code(304).send()
  const range = readRange(headers, tag, body.length)
  if (range === 'whole') return reply.send(body)
  if (range === 'outside') return reply.code(416).header('content-range', `bytes */${body.length}`).send()
  const { first, last } = range
  reply.code(206).header('content-range', `bytes ${first}-${last}/${body.length}`)
  return reply.send(body.subarray(first, last + 1))
}

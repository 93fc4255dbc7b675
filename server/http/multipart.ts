import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { PublicError } from '../errors.ts'

/**
 * Every part of an uploaded form, one after another; `take` reads it to its end. What is cut off or no multipart at all
 * is a request that cannot be read: its parser says so with errors of no code, which would pass as faults of ours.
 */
export async function readParts(request: FastifyRequest, take: (part: Multipart) => Promise<void>): Promise<void> {
  if (!request.isMultipart()) throw new PublicError('wrong_media')
  try {
    for await (const part of request.parts()) await take(part)
  } catch (error) {
    throw isUnreadable(error) ? new PublicError('bad_request', undefined, error) : error
  }
}

/** What @fastify/busboy throws of a body: plain errors, known by these sentences. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error &&
  /^Multipart: |unexpected end of multipart data|^Malformed |^Unsupported content type/i.test(error.message)

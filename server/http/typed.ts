import type { FastifyInstance } from 'fastify'
import { toKeptTexts } from '../typed/text.ts'

/**
 * Whatever people and programs type passes here before any schema sees it: no field can be forgotten, and a control
 * character is left out instead of costing an answer or reaching PostgreSQL, which would answer with a fault.
 */
export function useTypedTexts(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    if (request.body !== undefined && !isStreamed(request.headers['content-type']))
      request.body = toKeptTexts(request.body)
    request.query = toKeptTexts(request.query)
    request.params = toKeptTexts(request.params)
  })
}

const isStreamed = (type: string | undefined): boolean => type?.startsWith('multipart/') ?? false

import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { PublicError } from '../errors.ts'

/** Lets routes name zod schemas: query, params and body are parsed by them, replies of 2xx are checked against theirs. */
export function useZod(app: FastifyInstance): void {
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data) => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    const problems = parsed.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    }))
    return { error: new PublicError('refused', problems.slice(0, 50)) }
  })
  app.setSerializerCompiler<z.ZodType>(
    ({ schema }) =>
      (data) =>
        JSON.stringify(schema.parse(data)),
  )
}

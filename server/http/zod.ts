import type { FastifyServerOptions } from 'fastify'
import type { z } from 'zod'
import { PublicError } from '../errors.ts'

type Compiled = { schema: z.ZodType }

const compileValidator =
  ({ schema }: Compiled) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    const problems = parsed.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    }))
    return { error: new PublicError('refused', problems.slice(0, 50)) }
  }

const compileSerializer =
  ({ schema }: Compiled) =>
  (data: unknown) =>
    JSON.stringify(schema.parse(data))

type Factories = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>

/**
 * Lets routes name zod schemas: query, params and body are parsed by them, replies of 2xx are checked against theirs. As
 * factories, because setting the compilers afterwards leaves Fastify's own (Ajv, fast-json-stringify) loaded for nothing.
 */
export const zodSchemas = {
  compilersFactory: {
    buildValidator: () => compileValidator,
    buildSerializer: () => compileSerializer,
  } as unknown as Factories,
}

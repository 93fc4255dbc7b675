import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { links } from '../../web/links.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** One line for the OpenAPI document; every route under /api has one. */
    summary?: string
  }
}

type Operation = Record<string, unknown>

/** Serves GET /api/openapi.json, made from the very schemas that the routes parse and reply with. Register it first. `access`: who may use which route. */
export function serveOpenApi(app: FastifyInstance, access: Record<string, unknown>): void {
  const routes: { path: string; method: string; operation: () => Operation }[] = []
  app.addHook('onRoute', ({ url, method, schema, config }) => {
    if (!url.startsWith('/api/') || method === 'HEAD') return
    const path = url.replace(/:(\w+)/g, '{$1}')
    const guarded = access[`${method} ${url}`] !== 'public'
    // Described when somebody asks, not at every start.
    const operation = () => describe(schema as RouteSchemas | undefined, config?.summary, guarded)
    routes.push({ path, method: String(method).toLowerCase(), operation })
  })
  app.get(links.api.openapi, { config: { summary: 'This document.' } }, () => ({
    openapi: '3.1.0',
    info: {
      title: 'Ý Dân',
      version: '1',
      description:
        'Citizen satisfaction of a commune. Percents are unrounded; days are calendar days in Asia/Ho_Chi_Minh.',
    },
    paths: pathsOf(routes),
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
  }))
}

function pathsOf(routes: { path: string; method: string; operation: () => Operation }[]) {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const { path, method, operation } of routes) paths[path] = { ...paths[path], [method]: operation() }
  return paths
}

type RouteSchemas = Partial<Record<'body' | 'querystring' | 'params', z.ZodType>> & {
  response?: Record<string, z.ZodType>
}

function describe(schema: RouteSchemas | undefined, summary: string | undefined, guarded: boolean): Operation {
  const replies = Object.entries(schema?.response ?? { 200: z.unknown() }).map(([status, reply]) => [
    status,
    {
      description: status === '201' ? 'Created' : 'OK',
      content: { 'application/json': { schema: toJsonSchema(reply) } },
    },
  ])
  const refusal = { description: 'Refusal', content: { 'application/json': { schema: toJsonSchema(Refusal) } } }
  return {
    summary,
    ...(guarded && { security: [{ apiKey: [] }] }),
    parameters: [...parametersOf('path', schema?.params), ...parametersOf('query', schema?.querystring)],
    ...(schema?.body && {
      requestBody: { required: true, content: { 'application/json': { schema: toJsonSchema(schema.body) } } },
    }),
    responses: { ...Object.fromEntries(replies), default: refusal },
  }
}

/** Every 4xx and 5xx under /api. */
const Refusal = z.strictObject({
  code: z.string(),
  message: z.string(),
  requestId: z.string(),
  problems: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
})

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): Operation[] {
  const object = schema ? toJsonSchema(schema) : {}
  const properties = (object.properties ?? {}) as Record<string, unknown>
  const required = (object.required ?? []) as string[]
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function toJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

import type { ServerOptions } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { isOutage } from '../../db/client.ts'
import { links } from '../../web/links.ts'
import type { Shell } from '../../web/ui/shell.tsx'
import { PublicError, type RefusalCode } from '../errors.ts'
import { pathOf, sendHtml, wantsJson } from './html.ts'
import { languageOf } from './language.ts'
import { drawRefusal, type RefusalAssets } from './refusal-page.ts'
import { answerSocket, type SocketError } from './socket-door.ts'

/** Seconds after which a browser or program may try again when there is no database or no room. */
const retryAfterSeconds = '20'

export type DoorAssets = RefusalAssets & {
  /** The navigation of whoever is signed in, so that a refused person can go on. */
  findShell?: (request: FastifyRequest) => Promise<Shell | undefined>
}

type DoorOption = 'genReqId' | 'routerOptions' | 'frameworkErrors' | 'clientErrorHandler' | 'return503OnClosing'

export type ErrorDoor = {
  /** For fastify itself: how addresses are read, and what to do where it would answer in its own words. */
  options: Pick<FastifyServerOptions, DoorOption> & { http: ServerOptions }
  /** Before the routes. */
  use(app: FastifyInstance): void
}

const makeRequestId = () => Math.random().toString(36).slice(2, 10).toUpperCase()

/** The one door every refusal and fault leaves by: JSON or a page, one sentence, a request id, never a stack. */
export function createErrorDoor(assets: DoorAssets): ErrorDoor {
  const answer = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = toPublicError(error, request)
    if (refusal.status >= 500) request.log.error({ cause: describeCause(error) }, `${refusal.code} ${request.id}`)
    return leave(request, reply, refusal, assets)
  }
  return {
    options: {
      genReqId: makeRequestId,
      // As people type and mail programs finish them: /S/quaydd/, /Ket-qua, //hom-nay. Parameters keep their letters.
      routerOptions: {
        maxParamLength: 200,
        caseSensitive: false,
        ignoreTrailingSlash: true,
        ignoreDuplicateSlashes: true,
      },
      // No handler waits for this promise: what fails in here must not end the process.
      frameworkErrors: (error, request, reply) =>
        void answer(error, request as FastifyRequest, reply as FastifyReply).catch(() => reply.raw.destroy()),
      clientErrorHandler: (error, socket) => answerSocket(error as SocketError, socket, makeRequestId(), assets),
      return503OnClosing: false,
      http: { requireHostHeader: false },
    },
    use: (app) => {
      app.setNotFoundHandler((request, reply) => leave(request, reply, new PublicError('not_found'), assets))
      app.setErrorHandler(answer)
      answerOddities(app)
    },
  }
}

/** What Node and Fastify would answer in their own words once they have a request. */
function answerOddities(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', (done) => {
    closing = true
    done()
  })
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    // Over open connections requests still come while the process ends.
    if (closing) return done(new PublicError('unavailable'))
    done(raw.headers.host === undefined && raw.httpVersion === '1.1' ? new PublicError('bad_request') : undefined)
  })
  // "Expect: something else than 100-continue" is a wish that a server may leave unmet.
  app.server.on('checkExpectation', (request, reply) => app.server.emit('request', request, reply))
}

/** Library and database errors → the closed table; what is not expected is a fault. */
function toPublicError(error: FastifyError, request: FastifyRequest): PublicError {
  if (error instanceof PublicError) return error
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new PublicError(pathOf(request.url).startsWith('/api/') ? 'not_json' : 'wrong_media')
  }
  const code = fromLibrary[error.code] ?? (isOutage(error) ? 'unavailable' : undefined)
  if (code) return new PublicError(code, undefined, error)
  if (error.statusCode === 400) return new PublicError(isJsonSyntax(error) ? 'not_json' : 'bad_request')
  if (error.statusCode && error.statusCode < 500) return new PublicError('bad_request')
  return new PublicError('fault', undefined, error)
}

const fromLibrary: Record<string, RefusalCode | undefined> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'not_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'not_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_BAD_URL: 'bad_address',
  // No name here is that long: there is no such place, receipt or link.
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
  FST_ERR_NOT_FOUND: 'not_found',
}

const isJsonSyntax = (error: unknown): boolean => error instanceof SyntaxError

/** What an operator needs, without the values a citizen sent (PostgreSQL puts those into `detail`). */
function describeCause(error: unknown): unknown {
  const {
    name,
    code,
    message,
    stack,
    severity,
    table_name: table,
    constraint_name: constraint,
  } = error as Record<string, unknown>
  const cause = (error as { cause?: unknown }).cause
  const isPostgres = severity !== undefined
  return {
    name,
    code,
    ...(isPostgres ? { table, constraint, routine: (error as { routine?: string }).routine } : { message, stack }),
    ...(cause ? { cause: describeCause(cause) } : {}),
  }
}

async function leave(request: FastifyRequest, reply: FastifyReply, error: PublicError, assets: DoorAssets) {
  reply.header('x-request-id', request.id)
  if (error.status === 503) reply.header('retry-after', retryAfterSeconds)
  if (wantsJson(request)) {
    const { code, message, problems } = error
    reply.code(error.status).type('application/json; charset=utf-8').header('cache-control', 'no-store')
    return reply.send(JSON.stringify({ code, message, requestId: request.id, ...(problems && { problems }) }))
  }
  if (error.code === 'sign_in_first' && request.method === 'GET')
    return reply.redirect(links.signIn(request.url.replace(/^\/+/, '/')), 303)
  // Without a database nobody can be recognised.
  const shell = error.status < 500 ? await assets.findShell?.(request).catch(() => undefined) : undefined
  const refused = { path: pathOf(request.url), language: languageOf(request), requestId: request.id, shell }
  const { html, policy } = drawRefusal(refused, error, assets)
  return sendHtml(reply, error.status, html, policy)
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isOutage } from '../../db/client.ts'
import { links } from '../../web/links.ts'
import { renderMessagePage } from '../../web/respond/message-page.tsx'
import { renderStaffErrorPage } from '../../web/staff/error-page.tsx'
import type { Shell, StaffAssets } from '../../web/ui/shell.tsx'
import { PublicError, type RefusalCode } from '../errors.ts'
import { languageOf } from '../respond/language.ts'
import { inlinePolicy, type PageAssets, sendHtml, staffPolicy, wantsJson } from './html.ts'

/** Seconds after which a browser or program may try again when there is no database or no room. */
const retryAfterSeconds = '20'

type DoorAssets = {
  around: PageAssets
  staff: StaffAssets
  demo: boolean
  /** The navigation of whoever is signed in, so that a refused person can go on. */
  findShell?: (request: FastifyRequest) => Promise<Shell | undefined>
}

/** The one door every refusal and fault leaves by: JSON or a page, one sentence, a request id, never a stack. */
export function useErrorDoor(app: FastifyInstance, assets: DoorAssets): void {
  app.setNotFoundHandler((request, reply) => leave(request, reply, new PublicError('not_found'), assets))
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = toPublicError(error, request)
    if (refusal.status >= 500) request.log.error({ cause: describeCause(error) }, `${refusal.code} ${request.id}`)
    return leave(request, reply, refusal, assets)
  })
}

/** Library and database errors → the closed table; what is not expected is a fault. */
function toPublicError(error: FastifyError, request: FastifyRequest): PublicError {
  if (error instanceof PublicError) return error
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new PublicError(request.url.startsWith('/api/') ? 'not_json' : 'wrong_media')
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
  FST_ERR_BAD_URL: 'bad_request',
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

async function leave(
  request: FastifyRequest,
  reply: FastifyReply,
  error: PublicError,
  { around, staff, demo, findShell }: DoorAssets,
) {
  reply.header('x-request-id', request.id)
  if (error.status === 503) reply.header('retry-after', retryAfterSeconds)
  if (wantsJson(request)) {
    const { code, message, problems } = error
    reply.code(error.status).type('application/json; charset=utf-8').header('cache-control', 'no-store')
    return reply.send(JSON.stringify({ code, message, requestId: request.id, ...(problems && { problems }) }))
  }
  if (error.code === 'sign_in_first' && request.method === 'GET') return reply.redirect(links.signIn(request.url), 303)
  if (/^\/([spq]\/|tra-loi)/i.test(request.url)) {
    const html = renderMessagePage(
      { kind: kindOf(error.code), language: languageOf(request), requestId: request.id, demo },
      around,
    )
    return sendHtml(request, reply, error.status, html, inlinePolicy(around.style, around.script))
  }
  // Without a database nobody can be recognised.
  const shell = error.status < 500 ? await findShell?.(request).catch(() => undefined) : undefined
  const [problem] = error.problems ?? []
  const html = renderStaffErrorPage(
    {
      ...{ title: titleOf(error.status), sentence: problem?.message ?? error.message, requestId: request.id, demo },
      ...(shell && { shell }),
    },
    staff,
  )
  return sendHtml(request, reply, error.status, html, staffPolicy)
}

function titleOf(status: number): string {
  if (status === 403) return 'Chưa được phép'
  if (status === 404) return 'Không tìm thấy trang'
  if (status === 410) return 'Không còn dùng được'
  return status >= 500 ? 'Chưa làm được' : 'Chưa đúng'
}

function kindOf(code: RefusalCode) {
  if (code === 'unknown_place') return 'unknown-place'
  if (code === 'place_closed') return 'closed-place'
  if (code === 'code_revoked') return 'revoked-code'
  if (code === 'unavailable') return 'unavailable'
  if (code === 'not_found') return 'not-found'
  return code === 'fault' ? 'fault' : 'refused'
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../db/client.ts'
import { useApiKey } from '../../db/staff/members.ts'
import { findSession } from '../../db/staff/sessions.ts'
import { PublicError } from '../errors.ts'
import { isInsecureTwin, isOverTls, isOwnForm } from '../http/origin-rules.ts'
import type { KeyScope, StaffMember } from './contract.ts'
import { knownBrowserDays, pendingSeconds, sessionIdleHours, sessionLongestHours } from './rules.ts'

export type Guard = {
  /** The signed-in member of staff; otherwise 401, which pages turn into the sign-in form. */
  getStaff(request: FastifyRequest): Promise<StaffMember>
  findStaff(request: FastifyRequest): Promise<StaffMember | undefined>
  /** The member behind a session's token. */
  findMember(token: string | undefined): Promise<StaffMember | undefined>
  /** Whether the request carries the API key of the settings, or one of the administrator's whose scope reaches this far. */
  hasApiKey(request: FastifyRequest, scope: KeyScope): Promise<boolean>
  /** Refuses a changing request that another site's page sent, or that went in the clear where HTTPS is meant. */
  requireOwnForm(request: FastifyRequest): void
  setSession(reply: FastifyReply, token: string): void
  clearSession(reply: FastifyReply): void
  readToken(request: FastifyRequest): string | undefined
  /** The long-lived mark by which a browser is known again when it signs in. */
  readMark(request: FastifyRequest): string | undefined
  setMark(reply: FastifyReply, mark: string): void
  /** Between the password and the code: sealed, for a few minutes, opens nothing by itself. */
  readPending(request: FastifyRequest): string | undefined
  setPending(reply: FastifyReply, pending: string): void
  clearPending(reply: FastifyReply): void
}

const sessionCookie = 'yd_session'
const markCookie = 'yd_browser'
const pendingCookie = 'yd_pending'

export type GuardSettings = { apiKey: string | null; publicUrl: string | null; ofProvince?: boolean }

export function createGuard(database: Database, settings: GuardSettings): Guard {
  const { publicUrl } = settings
  // Secure only where the browser is on HTTPS: on the office's plain network it would drop the session at once.
  const cookieFor = ({ request: { headers, protocol } }: FastifyReply) =>
    ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isOverTls(headers, protocol, publicUrl) }) as const
  const readToken = (request: FastifyRequest) => request.cookies[sessionCookie]
  const findMember = async (token: string | undefined): Promise<StaffMember | undefined> => {
    const member = token && (await findSession(database, token, sessionIdleHours, sessionLongestHours))
    return member ? { ...member, ...(settings.ofProvince && { ofProvince: true }) } : undefined
  }
  // The access hook and the handler ask about the same request.
  const known = new WeakMap<FastifyRequest, Promise<StaffMember | undefined>>()
  const findStaff = (request: FastifyRequest) => {
    const token = readToken(request)
    const found = known.get(request) ?? findMember(token)
    known.set(request, found)
    return found
  }
  return {
    readToken,
    findStaff,
    findMember,
    getStaff: async (request) => {
      const member = await findStaff(request)
      if (!member) throw new PublicError('sign_in_first')
      return member
    },
    hasApiKey: async (request, scope) => {
      const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
      if (given === undefined) return false
      // The key of the settings reads: handing out tickets needs one of its own.
      const isSettings = scope !== 'tickets' && settings.apiKey !== null && isSame(given, settings.apiKey)
      return isSettings || useApiKey(database, given, scope)
    },
    requireOwnForm: ({ headers }) => {
      if (!isOwnForm(headers, publicUrl)) throw new PublicError('foreign_form')
      if (isInsecureTwin(headers, publicUrl)) throw refuseInClear(publicUrl as string)
    },
    setSession: (reply, token) =>
      reply.setCookie(sessionCookie, token, { ...cookieFor(reply), maxAge: sessionLongestHours * 3600 }),
    clearSession: (reply) => reply.clearCookie(sessionCookie, cookieFor(reply)),
    readMark: (request) => request.cookies[markCookie],
    setMark: (reply, mark) =>
      reply.setCookie(markCookie, mark, { ...cookieFor(reply), maxAge: knownBrowserDays * 86_400 }),
    readPending: (request) => request.cookies[pendingCookie],
    setPending: (reply, pending) =>
      reply.setCookie(pendingCookie, pending, { ...cookieFor(reply), maxAge: pendingSeconds }),
    clearPending: (reply) => reply.clearCookie(pendingCookie, cookieFor(reply)),
  }
}

function refuseInClear(publicUrl: string): PublicError {
  const message = `Địa chỉ này không được mã hóa nên không giữ được phiên đăng nhập; xin mở ${publicUrl} rồi làm tiếp ở đó.`
  return new PublicError('insecure_address', [{ path: 'address', message }])
}

/** Hashing first makes the lengths equal, so the comparison takes the same time for every key. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

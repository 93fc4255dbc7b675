import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../db/client.ts'
import { findSession } from '../../db/staff.ts'
import { PublicError } from '../errors.ts'
import type { StaffMember } from './contract.ts'
import { isOwnForm, sessionIdleHours, sessionLongestHours } from './rules.ts'

export type Guard = {
  /** The signed-in member of staff; otherwise 401, which pages turn into the sign-in form. */
  getStaff(request: FastifyRequest): Promise<StaffMember>
  findStaff(request: FastifyRequest): Promise<StaffMember | undefined>
  /** Whether the request carries the API key. */
  hasApiKey(request: FastifyRequest): boolean
  /** Refuses a changing request that another site's page sent. */
  requireOwnForm(request: FastifyRequest): void
  setSession(reply: FastifyReply, token: string): void
  clearSession(reply: FastifyReply): void
  readToken(request: FastifyRequest): string | undefined
}

const sessionCookie = 'yd_session'

export function createGuard(
  database: Database,
  settings: { apiKey: string | null; publicUrl: string | null; secureCookies: boolean },
): Guard {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.secureCookies } as const
  const readToken = (request: FastifyRequest) => request.cookies[sessionCookie]
  const findStaff = async (request: FastifyRequest) => {
    const token = readToken(request)
    return token ? findSession(database, token, sessionIdleHours, sessionLongestHours) : undefined
  }
  return {
    readToken,
    findStaff,
    getStaff: async (request) => {
      const member = await findStaff(request)
      if (!member) throw new PublicError('sign_in_first')
      return member
    },
    hasApiKey: (request) => {
      const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      return settings.apiKey !== null && given !== undefined && isSame(given, settings.apiKey)
    },
    requireOwnForm: (request) => {
      const { origin, host, 'sec-fetch-site': site } = request.headers
      const from = { origin, host, secFetchSite: Array.isArray(site) ? site[0] : site }
      if (!isOwnForm(from, settings.publicUrl)) throw new PublicError('foreign_form')
    },
    setSession: (reply, token) =>
      reply.setCookie(sessionCookie, token, { ...cookie, maxAge: sessionLongestHours * 3600 }),
    clearSession: (reply) => reply.clearCookie(sessionCookie, cookie),
  }
}

/** Hashing first makes the lengths equal, so the comparison takes the same time for every key. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

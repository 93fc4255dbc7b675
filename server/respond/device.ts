import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isOutage } from '../../db/client.ts'
import { findRecentMarks } from '../../db/respond/responses.ts'
import type { Place } from '../catalogue/catalogue.ts'
import type { House } from '../house.ts'
import { isOverTls } from '../http/origin-rules.ts'
import type { SurveyForm } from './contract.ts'
import { turnOf } from './device-rules.ts'
import { hashDevice } from './rules.ts'

const markCookie = 'yd_mark'
const twoDays = 2 * 24 * 3600
const hourMs = 3_600_000

export type DeviceParts = Pick<House, 'database' | 'secrets' | 'publicUrl' | 'now'>

export const makeMark = (): string => randomBytes(16).toString('base64url')

export const readMark = (request: FastifyRequest): string | undefined => {
  const mark = request.cookies[markCookie]
  return mark && /^[\w-]{22}$/.test(mark) ? mark : undefined
}

export const keepMark = (parts: DeviceParts, reply: FastifyReply, mark: string): void =>
  setCookie(parts, reply, { name: markCookie, value: mark, maxAge: twoDays })

/** Whose turn it is on this telephone at this place. Without a mark, or without a database just now, the first one's. */
export async function findTurn(
  { database, secrets, now }: DeviceParts,
  request: FastifyRequest,
  { id }: Place,
): Promise<SurveyForm['turn']> {
  const mark = readMark(request)
  if (!mark) return 'first'
  const hash = hashDevice(secrets.device, mark, id)
  const since = new Date(now() - hourMs).toISOString()
  const marks = await findRecentMarks(database, [hash], since).catch((error) => {
    if (isOutage(error)) return new Map()
    throw error
  })
  return turnOf(marks.get(hash))
}

export function setCookie(
  { publicUrl }: Pick<DeviceParts, 'publicUrl'>,
  reply: FastifyReply,
  { name, value, maxAge }: { name: string; value: string; maxAge: number },
): void {
  const secure = isOverTls(reply.request.headers, reply.request.protocol, publicUrl)
  reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge })
}

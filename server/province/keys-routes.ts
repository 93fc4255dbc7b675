import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addApiKey, readApiKeys, revokeApiKey } from '../../db/province/keys.ts'
import { links, patterns } from '../../web/links.ts'
import { type KeysPageProps, renderKeysPage } from '../../web/province/keys-page.tsx'
import { PublicError } from '../errors.ts'
import type { House } from '../house.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { KeyForm } from './keys-contract.ts'

export type KeysParts = Pick<House, 'database' | 'guard' | 'assets' | 'demo'>

/** Keys by which other systems read the indicators: made, listed, revoked by the administrator. */
export function serveKeys(app: FastifyInstance, parts: KeysParts): void {
  app.get(links.apiKeys, (_request, reply) => showKeys(parts, reply, 200, {}))
  app.post(links.apiKeys, async (request, reply) => {
    const form = KeyForm.safeParse(request.body ?? {})
    if (!form.success) return showProblem(parts, request, reply, form.error.issues[0]?.message ?? '')
    const key = `yd_${randomBytes(32).toString('base64url')}`
    const { username: actor } = await parts.guard.getStaff(request)
    const isMade = await addApiKey(parts.database, { ...form.data, key, actor })
    if (!isMade) return showProblem(parts, request, reply, 'Đã có khóa mang tên này; xin chọn tên khác.')
    return showKeys(parts, reply, 201, { made: { name: form.data.name, key } })
  })
  app.post<{ Params: { id: string } }>(patterns.revokeApiKey, async (request, reply) => {
    const { username } = await parts.guard.getStaff(request)
    const { id } = request.params
    const isRevoked = /^\d{1,4}$/.test(id) && (await revokeApiKey(parts.database, Number(id), username))
    if (!isRevoked) throw new PublicError('not_found')
    return reply.redirect(links.apiKeys, 303)
  })
}

const showProblem = (parts: KeysParts, request: FastifyRequest, reply: FastifyReply, problem: string) => {
  const { name } = (request.body ?? {}) as { name?: unknown }
  return showKeys(parts, reply, 422, { problem, name: typeof name === 'string' ? name : '' })
}

async function showKeys(
  { database, guard, assets, demo }: KeysParts,
  reply: FastifyReply,
  status: number,
  page: Omit<KeysPageProps, 'keys' | 'shell'>,
) {
  const shell = shellOf(await guard.getStaff(reply.request), 'system', demo)
  const keys = await readApiKeys(database)
  return sendHtml(reply, status, renderKeysPage({ ...page, keys, shell }, assets), staffPolicy)
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  addCommune,
  changeCommune,
  findIssuer,
  followCommune,
  keepIssuer,
  listCommunes,
} from '../../db/communes/communes.ts'
import { forgetTags, readContacts } from '../../db/communes/contacts.ts'
import { boardLinks, boardPatterns } from '../../web/board-links.ts'
import { type ListPageProps, renderChangePage, renderListPage } from '../../web/communes/list-page.tsx'
import { formsKey, listSections } from '../../web/communes/sections.ts'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { readSection } from '../http/section.ts'
import { shellOf } from '../staff/permission-rules.ts'
import { presenceOf } from './board-rules.ts'
import { ChangeForm, type Commune, CommuneForm, FollowForm, IssuerForm } from './contract.ts'
import type { BoardParts } from './parts.ts'
import { readPasted } from './paste-rules.ts'
import { purposeOf } from './pull/follow.ts'

type ByCode = { Params: { code: string } }
type Refused = Partial<Pick<ListPageProps, 'problems' | 'values'>>

/** Which communes are followed, for administrators. */
export function serveCommuneList(app: FastifyInstance, parts: BoardParts): void {
  app.get(boardLinks.communes, (_request, reply) => showList(parts, reply, 200, {}))
  app.post(boardLinks.addCommune, (request, reply) => add(parts, request, reply))
  app.post(boardLinks.pasteCommunes, { bodyLimit: pasteLimit }, (request, reply) => paste(parts, request, reply))
  app.post(boardLinks.issuer, async (request, reply) => {
    const form = IssuerForm.safeParse(request.body ?? {})
    if (!form.success) return showList(parts, reply, 422, refusalOf(request, form.error.issues))
    const { username } = await parts.guard.getStaff(request)
    await keepIssuer(parts.database, form.data, username)
    return reply.redirect(boardLinks.communes, 303)
  })
  app.get<ByCode>(boardPatterns.changeCommune, (_request, reply) => showChange(parts, reply, 200, {}))
  app.post<ByCode>(boardPatterns.changeCommune, (request, reply) => change(parts, request, reply))
  app.post<ByCode>(boardPatterns.followCommune, (request, reply) => follow(parts, request, reply))
  app.post<ByCode>(boardPatterns.pullCommune, async (request, reply) => {
    const commune = await getCommune(parts, request)
    await parts.follower.pullOne(commune.id)
    return reply.redirect(boardLinks.commune(commune.code), 303)
  })
}

/** Some hundred lines as a form writes Vietnamese letters. */
const pasteLimit = 512 * 1024

/** All lines of a pasted list, or none. What was pasted is not shown again: it holds keys. */
async function paste(parts: BoardParts, request: FastifyRequest, reply: FastifyReply) {
  const { lines } = (request.body ?? {}) as { lines?: unknown }
  const known = await listCommunes(parts.database)
  const { communes, problems } = readPasted(typeof lines === 'string' ? lines : '', known)
  if (problems.length > 0) return showList(parts, reply, 422, { problems })
  const { username: actor } = await parts.guard.getStaff(request)
  for (const { apiKey, ledgerKey, ...commune } of communes) {
    const sealedKey = apiKey ? parts.sealing.seal(apiKey, purposeOf(commune.code)) : null
    await addCommune(parts.database, { ...commune, ledgerKey: ledgerKey || null, sealedKey, actor })
  }
  void parts.follower.pullAll()
  return reply.redirect(boardLinks.communes, 303)
}

async function add(parts: BoardParts, request: FastifyRequest, reply: FastifyReply) {
  const form = CommuneForm.safeParse(request.body ?? {})
  if (!form.success) return showList(parts, reply, 422, refusalOf(request, form.error.issues))
  const { username: actor } = await parts.guard.getStaff(request)
  const { apiKey, ledgerKey, ...commune } = form.data
  const sealedKey = apiKey ? parts.sealing.seal(apiKey, purposeOf(commune.code)) : null
  const id = await addCommune(parts.database, { ...commune, ledgerKey: ledgerKey || null, sealedKey, actor })
  if (id === null) return showList(parts, reply, 422, refusalOf(request, [taken]))
  // Read at once, without waiting: whoever is away would hold the page.
  void parts.follower.pullOne(id)
  return reply.redirect(boardLinks.commune(commune.code), 303)
}

const taken = { path: ['address'], message: 'Đã có xã mang mã hoặc địa chỉ này; xin xem lại danh sách các xã.' }

async function change(parts: BoardParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const commune = await getCommune(parts, request)
  const form = ChangeForm.safeParse(request.body ?? {})
  if (!form.success) return showChange(parts, reply, 422, refusalOf(request, form.error.issues))
  const { username: actor } = await parts.guard.getStaff(request)
  const { apiKey, ledgerKey, ...given } = form.data
  const sealed = apiKey && { sealedKey: parts.sealing.seal(apiKey, purposeOf(commune.code)) }
  const values = { ...given, ledgerKey: ledgerKey || null, actor, ...sealed }
  const isChanged = await changeCommune(parts.database, commune.id, values)
  if (!isChanged) return showChange(parts, reply, 422, refusalOf(request, [taken]))
  await forgetTags(parts.database, commune.id)
  void parts.follower.pullOne(commune.id)
  return reply.redirect(boardLinks.commune(commune.code), 303)
}

async function follow(parts: BoardParts, request: FastifyRequest<ByCode>, reply: FastifyReply) {
  const commune = await getCommune(parts, request)
  const form = FollowForm.safeParse(request.body ?? {})
  if (!form.success) throw new PublicError('bad_request')
  const { username: actor } = await parts.guard.getStaff(request)
  await followCommune(parts.database, { of: commune.id, follow: form.data.follow === 'yes', actor })
  return reply.redirect(boardLinks.communes, 303)
}

async function getCommune({ database }: BoardParts, request: FastifyRequest<ByCode>): Promise<Commune> {
  const commune = (await listCommunes(database)).find(({ code }) => code === request.params.code)
  if (!commune) throw new PublicError('not_found')
  return commune
}

type Issue = { path: PropertyKey[]; message: string }

/** What was typed, without keys, for showing it again. */
function refusalOf({ body }: FastifyRequest, issues: Issue[]): Refused {
  const given = (body ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof given[name] === 'string' ? given[name] : '')
  const names = ['name', 'code', 'address', 'ledgerKey', 'province', 'issuer']
  return {
    problems: issues.map(({ path, message }) => ({ path: String(path[0] ?? ''), message })),
    values: Object.fromEntries(names.map((name) => [name, text(name)])),
  }
}

async function showList(
  { database, guard, assets, demo }: BoardParts,
  reply: FastifyReply,
  status: number,
  refused: Refused,
) {
  const shell = shellOf(await guard.getStaff(reply.request), 'communes', demo)
  const [communes, contacts, issuer] = await Promise.all([
    listCommunes(database),
    readContacts(database),
    findIssuer(database),
  ])
  const listed = communes.map((commune) => ({ commune, presence: presenceOf(commune, contacts) }))
  const asked = refused.problems ? formsKey : undefined
  const sections = listSections(communes.map(({ name }) => name))
  const section = asked ?? readSection(reply.request.query, sections)
  return sendHtml(reply, status, renderListPage({ ...refused, listed, issuer, shell, section }, assets), staffPolicy)
}

async function showChange(parts: BoardParts, reply: FastifyReply, status: number, refused: Refused) {
  const commune = await getCommune(parts, reply.request as FastifyRequest<ByCode>)
  const shell = shellOf(await parts.guard.getStaff(reply.request), 'communes', parts.demo)
  return sendHtml(reply, status, renderChangePage({ ...refused, commune, shell }, parts.assets), staffPolicy)
}

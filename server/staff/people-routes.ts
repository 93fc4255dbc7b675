import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import {
  type AccountChange,
  changeMember,
  inviteMember,
  listAgencies,
  listPeople,
  makeLink,
  setDisabled,
} from '../../db/staff/people.ts'
import { links, patterns } from '../../web/links.ts'
import { renderLinkPage } from '../../web/staff/link-page.tsx'
import { renderPeoplePage } from '../../web/staff/people-page.tsx'
import { type PersonPageProps, renderPersonPage } from '../../web/staff/person-page.tsx'
import { PublicError } from '../errors.ts'
import { sendHtml, staffPolicy } from '../http/html.ts'
import { InviteForm, PersonForm, StandingForm } from './account-contract.ts'
import type { StaffParts } from './parts.ts'
import { shellOf } from './permission-rules.ts'
import { invitationDays } from './rules.ts'

type ByUsername = { Params: { username: string } }

/** Everybody's accounts, for administrators. */
export function servePeople(app: FastifyInstance, parts: StaffParts): void {
  const { database, guard, assets, demo } = parts
  app.get(links.staff, async (request, reply) => {
    const member = await guard.getStaff(request)
    const people = await listPeople(database)
    const html = renderPeoplePage({ people, own: member.username, shell: shellOf(member, 'staff', demo) }, assets)
    return sendHtml(reply, 200, html, staffPolicy)
  })
  app.get(links.inviteStaff, (_request, reply) => showPerson(parts, reply, 200, {}))
  app.post(links.inviteStaff, (request, reply) => invite(parts, request, reply))
  app.get<ByUsername>(patterns.staffMember, async (request, reply) => {
    const { saved, 'tra-lai': handedBack } = request.query as Record<string, unknown>
    const page = { saved: saved === '1', handedBack: Number(/^\d{1,5}$/.exec(String(handedBack))?.[0] ?? 0) }
    return showPerson(parts, reply, 200, { username: request.params.username, ...page })
  })
  app.post<ByUsername>(patterns.staffMember, (request, reply) => change(parts, request, reply))
  serveStanding(app, parts)
}

function serveStanding(app: FastifyInstance, parts: StaffParts): void {
  const { database, guard } = parts
  app.post<ByUsername>(patterns.staffStanding, async (request, reply) => {
    const actor = await guard.getStaff(request)
    const { username } = request.params
    const form = StandingForm.safeParse(request.body)
    if (!form.success) throw new PublicError('bad_request')
    const changed = await setDisabled(
      database,
      { actor: actor.username, takeBack: parts.holdings.takeBack },
      username,
      form.data.standing === 'disabled',
    )
    return finishChange(parts, reply, username, changed)
  })
  app.post<ByUsername>(patterns.staffLink, async (request, reply) => {
    const actor = await guard.getStaff(request)
    const { username } = request.params
    const token = await makeLink(database, actor.username, username, invitationDays)
    if (token === null) throw new PublicError('not_found')
    return showLink(parts, reply, username, token)
  })
}

async function invite(parts: StaffParts, request: FastifyRequest, reply: FastifyReply) {
  const actor = await parts.guard.getStaff(request)
  const form = InviteForm.safeParse(request.body ?? {})
  if (!form.success) return showPerson(parts, reply, 422, refusedPage(request, form.error))
  const { username, ...person } = form.data
  const token = await inviteMember(parts.database, {
    actor: actor.username,
    username,
    person: withNeeded(person),
    linkDays: invitationDays,
  })
  if (token !== null) return showLink(parts, reply, username, token)
  const problems = [{ path: 'username', message: 'Tên đăng nhập này đã có người dùng; xin chọn tên khác.' }]
  return showPerson(parts, reply, 422, { problems, values: valuesOf(request) })
}

async function change(parts: StaffParts, request: FastifyRequest<ByUsername>, reply: FastifyReply) {
  const actor = await parts.guard.getStaff(request)
  const { username } = request.params
  const form = PersonForm.safeParse(request.body ?? {})
  if (!form.success) return showPerson(parts, reply, 422, { username, ...refusedPage(request, form.error) })
  const changed = await changeMember(
    parts.database,
    { actor: actor.username, takeBack: parts.holdings.takeBack },
    username,
    withNeeded(form.data),
  )
  return finishChange(parts, reply, username, changed)
}

/** Back to the page of the account, which says what was handed back. */
function finishChange(parts: StaffParts, reply: FastifyReply, username: string, changed: AccountChange) {
  if (changed.outcome === 'changed') {
    return reply.redirect(links.staffMemberSaved(username, changed.handedBack), 303)
  }
  if (changed.outcome === 'unknown') throw new PublicError('not_found')
  return refuseLast(parts, reply, username)
}

/** Only these two roles act for agencies; the others reach the whole commune. */
const withNeeded = (person: PersonForm): PersonForm =>
  person.role === 'manager' || person.role === 'clerk' ? person : { ...person, agencies: [] }

function refuseLast(parts: StaffParts, reply: FastifyReply, username: string) {
  const { status, message } = new PublicError('last_administrator')
  return showPerson(parts, reply, status, { username, problems: [{ path: 'role', message }] })
}

const refusedPage = (request: FastifyRequest, error: z.ZodError) => ({
  problems: error.issues.map((issue) => ({ path: String(issue.path[0] ?? ''), message: issue.message })),
  values: valuesOf(request),
})

/** What was typed, for showing it again. */
function valuesOf(request: FastifyRequest): PersonPageProps['values'] {
  const body = (request.body ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '')
  const agencies = [body.agencies ?? []].flat().filter((code): code is string => typeof code === 'string')
  return { username: text('username'), displayName: text('displayName'), role: text('role'), agencies }
}

type Page = { username?: string } & Pick<PersonPageProps, 'saved' | 'handedBack' | 'problems' | 'values'>

/** The form of one member, or of a new one without a name. */
async function showPerson(
  { database, guard, holdings, assets, demo }: StaffParts,
  reply: FastifyReply,
  status: number,
  { username, ...page }: Page,
) {
  const member = await guard.getStaff(reply.request)
  const person = username ? (await listPeople(database)).find((one) => one.username === username) : undefined
  if (username && !person) throw new PublicError('not_found')
  const agencies = await listAgencies(database)
  const held = username ? await holdings.list(username) : []
  const shell = shellOf(member, 'staff', demo)
  const html = renderPersonPage({ ...page, person, held, own: member.username, agencies, shell }, assets)
  return sendHtml(reply, status, html, staffPolicy)
}

async function showLink(
  { database, guard, assets, demo, origin }: StaffParts,
  reply: FastifyReply,
  username: string,
  token: string,
) {
  const member = await guard.getStaff(reply.request)
  const person = (await listPeople(database)).find((one) => one.username === username)
  if (!person) throw new PublicError('not_found')
  const link = origin() + links.invitation(token)
  const shell = shellOf(member, 'staff', demo)
  const html = renderLinkPage({ person, link, days: invitationDays, shell }, assets)
  return sendHtml(reply, 200, html, staffPolicy)
}

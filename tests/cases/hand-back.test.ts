import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { handBackStrayCases, handlesCase } from '../../db/cases/held.ts'
import { caseEvents, cases } from '../../db/cases/tables.ts'
import { agencies } from '../../db/catalogue/tables.ts'
import { resetAdministrator } from '../../db/staff/members.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog, staff } from '../../db/staff/tables.ts'
import { handBackWords, takeCasesBack } from '../../server/cases/hand-back.ts'
import { mayHandle } from '../../server/cases/rules.ts'
import { type Role, roles } from '../../server/shell-contract.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const center = 'trung-tam-pvhcc'
const monday = Date.UTC(2026, 10, 23, 3)
const dayMs = 86_400_000
let clock = monday
let server: TestServer
beforeEach(async () => {
  clock = monday
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
})
afterEach(() => server.stop())

type Member = { cookie: string; username: string }
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const see = async (path: string, { cookie }: { cookie: string }) =>
  words(await (await server.send(path, { headers: { cookie } })).text())
const post = (path: string, { cookie }: { cookie: string }, form: Record<string, string>) =>
  server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) })
const all = <T>(work: Parameters<typeof withinScope<T>>[2]) => withinScope(server.database, 'all', work)
const rowOf = async (id: number) => (await all((t) => t.select().from(cases).where(eq(cases.id, id))))[0]
const courseOf = (id: number) =>
  all((t) => t.select().from(caseEvents).where(eq(caseEvents.caseId, id)).orderBy(caseEvents.id))
const auditOf = (action: string) => all((t) => t.select().from(auditLog).where(eq(auditLog.action, action)))

/** An answer with a comment, as the number of its case. */
async function say(comment: string): Promise<number> {
  const reply = await server.answer({ ...(await fullBody(server, 'QUAYHT', 4)), comment })
  const { receipt } = (await reply.json()) as { receipt: string }
  const [row] = await all((t) => t.select({ id: cases.id }).from(cases).where(eq(cases.receipt, receipt)))
  return row?.id as number
}

const act = async (id: number, member: Member, action: string, more: Record<string, string> = {}) => {
  const seen = String((await courseOf(id)).at(-1)?.id ?? 0)
  return post(links.case(id), member, { action, seen, ...more })
}

/** As many cases as there are comments, taken by this member. */
async function holdCases(member: Member, comments: string[]): Promise<number[]> {
  const ids: number[] = []
  for (const comment of comments) ids.push(await say(comment))
  clock += dayMs
  for (const id of ids) expect((await act(id, member, 'take')).status).toBe(303)
  return ids
}

const stop = (admin: { cookie: string }, { username }: Member) =>
  post(links.staffStanding(username), admin, { standing: 'disabled' })

test('stopping an account says before and after what it hands back, and to whom', async () => {
  const admin = await server.signIn()
  const [clerk, other] = [await server.signInAs('clerk', [center]), await server.signInAs('manager', [center])]
  await server.signInAs('clerk', ['tram-y-te'])
  const ids = await holdCases(clerk, ['Chờ lâu.', 'Thiếu ghế.'])
  const before = await see(links.staffMember(clerk.username), admin)
  expect(before).toContain('Người này giữ 2 ý kiến đang xử lý; ngừng dùng thì các ý kiến ấy được trả lại')
  expect(before).toContain(`2 ý kiến của Trung tâm Phục vụ hành chính công, cho ${other.username} nhận.`)
  const reply = await stop(admin, clerk)
  const after = await see(reply.headers.get('location') as string, admin)
  expect(after).toContain('2 ý kiến đang xử lý đã được trả lại')
  expect(after).not.toContain('Người này giữ')
  for (const id of ids) {
    expect(await rowOf(id)).toMatchObject({ state: 'new', ownerId: null })
    expect((await courseOf(id)).at(-1)).toMatchObject({
      kind: 'handed_back',
      actor: 'admin',
      note: `Tài khoản của ${clerk.username} đã ngừng dùng. Có thể nhận: ${other.username}.`,
    })
  }
  expect((await auditOf('case.hand_back')).map(({ actor, subject, change }) => ({ actor, subject, change }))).toEqual(
    ids
      .toSorted((a, b) => a - b)
      .map((id) => ({
        actor: 'admin',
        subject: links.case(id),
        change: { before: { owner: clerk.username }, after: { owner: null, takers: [other.username] } },
      })),
  )
})

test('a case that was handed back is marked in the list and on its page until somebody takes it', async () => {
  const admin = await server.signIn()
  const [clerk, other] = [await server.signInAs('clerk', [center]), await server.signInAs('clerk', [center])]
  const [id] = (await holdCases(clerk, ['Chờ lâu.'])) as [number]
  await say('Việc khác.')
  clock += dayMs
  expect(await see(links.cases(), other)).not.toContain('Được trả lại')
  await stop(admin, clerk)
  expect((await see(links.cases(), other)).match(/Được trả lại/g)).toHaveLength(1)
  expect(await see(links.case(id), other)).toMatch(/Được trả lại, chờ người nhận.*Diễn biến.*Trả lại, chờ người nhận/)
  expect((await act(id, other, 'take')).status).toBe(303)
  expect(await see(links.case(id), other)).not.toContain('Được trả lại')
  expect(await see(links.cases({ tab: 'dang-xu-ly' }), other)).not.toContain('Được trả lại')
})

test('using an account again takes nothing back', async () => {
  const admin = await server.signIn()
  const clerk = await server.signInAs('clerk', [center])
  const [id] = (await holdCases(clerk, ['Chờ lâu.'])) as [number]
  await stop(admin, clerk)
  await post(links.staffStanding(clerk.username), admin, { standing: 'active' })
  expect(await rowOf(id)).toMatchObject({ state: 'new', ownerId: null })
  expect(await courseOf(id)).toHaveLength(2)
})

test.each([
  ['another role', { role: 'auditor', agencies: [] }, 'new'],
  ['another agency', { role: 'clerk', agencies: ['tram-y-te'] }, 'new'],
  ['a second agency', { role: 'clerk', agencies: [center, 'tram-y-te'] }, 'assigned'],
  ['a leader', { role: 'leader', agencies: [] }, 'assigned'],
])('%s: cases stay with whoever may still handle them', async (_, { role, agencies: own }, state) => {
  const admin = await server.signIn()
  const clerk = await server.signInAs('clerk', [center])
  const [id] = (await holdCases(clerk, ['Chờ lâu.'])) as [number]
  const form = new URLSearchParams({ displayName: 'Cán bộ', role })
  for (const code of own) form.append('agencies', code)
  const reply = await server.send(links.staffMember(clerk.username), {
    ...{ method: 'POST', headers: { cookie: admin.cookie }, body: form },
  })
  expect(reply.headers.get('location')).toBe(links.staffMemberSaved(clerk.username, state === 'new' ? 1 : 0))
  expect((await rowOf(id))?.state).toBe(state)
  const notes = (await courseOf(id)).map(({ kind, note }) => `${kind} ${note}`)
  if (state === 'new')
    expect(notes.at(-1)).toMatch(/^handed_back Cán bộ không còn xử lý ý kiến của đơn vị này\. Đơn vị chưa có ai khác/)
  else expect(notes).toHaveLength(1)
})

test('what is answered stays with its author; reopened after the author was stopped, it waits for somebody', async () => {
  const admin = await server.signIn()
  const [clerk, manager] = [await server.signInAs('clerk', [center]), await server.signInAs('manager', [center])]
  const [id] = (await holdCases(clerk, ['Chờ lâu.'])) as [number]
  const text = 'Cảm ơn Ông/Bà. Từ tuần này quầy đã thêm một người tiếp nhận.'
  expect((await act(id, clerk, 'reply', { reply: text })).status).toBe(303)
  await stop(admin, clerk)
  expect(await rowOf(id)).toMatchObject({ state: 'answered', reply: text })
  expect((await rowOf(id))?.ownerId).not.toBeNull()
  expect((await act(id, manager, 'reopen', { reason: 'Người dân báo chưa xong.' })).status).toBe(303)
  expect(await rowOf(id)).toMatchObject({ state: 'new', ownerId: null })
})

test('cases of accounts stopped before this version come right with the start, once', async () => {
  const clerk = await server.signInAs('clerk', [center])
  const [id] = (await holdCases(clerk, ['Chờ lâu.'])) as [number]
  await server.database.query.update(staff).set({ disabled: true }).where(eq(staff.username, clerk.username))
  const again = await startTestServer({ now: () => clock, connection: server.connection })
  await again.stop()
  expect(await rowOf(id)).toMatchObject({ state: 'new', ownerId: null })
  expect((await courseOf(id)).map(({ kind, actor }) => [kind, actor])).toEqual([
    ['assigned', clerk.username],
    ['handed_back', 'system'],
  ])
  expect(await handBackStrayCases(server.database, handBackWords)).toBe(0)
})

test('an account turned into an administrator by a reset hands its cases back', async () => {
  const clerk = await server.signInAs('clerk', [center])
  const [id] = (await holdCases(clerk, ['Chờ lâu.'])) as [number]
  await resetAdministrator(server.database.query, clerk.username, 'x', takeCasesBack)
  expect((await rowOf(id))?.state).toBe('new')
})

test('nobody is left with a case who is stopped in the same moment', async () => {
  const admin = await server.signIn()
  const manager = await server.signInAs('manager', [center])
  const clerk = await server.signInAs('clerk', [center])
  const [clerkRow] = await server.database.query.select().from(staff).where(eq(staff.username, clerk.username))
  const ids: number[] = []
  for (let n = 0; n < 12; n++) ids.push(await say(`Ý kiến ${n}.`))
  clock += dayMs
  const owner = String(clerkRow?.id)
  const giving = ids.map((id) => act(id, manager, 'assign', { owner }))
  const replies = await Promise.all([...giving.slice(0, 6), stop(admin, clerk), ...giving.slice(6)])
  for (const { status } of replies) expect([303, 409, 422]).toContain(status)
  for (const id of ids) expect(await rowOf(id)).toMatchObject({ state: 'new', ownerId: null })
})

test('the database and the rules agree on who may handle a case, for every role', async () => {
  const id = await say('Chờ lâu.')
  const { query } = server.database
  const [own] = await query.select().from(agencies).where(eq(agencies.code, center))
  const agencyId = own?.id as NonNullable<typeof own>['id']
  const made: { username: string; role: Role; mine: boolean }[] = []
  for (const role of roles)
    for (const mine of [true, false]) {
      const { username } = await server.signInAs(role, [mine ? center : 'tram-y-te'])
      made.push({ username, role, mine })
    }
  for (const restricted of [false, true]) {
    await all((t) => t.update(cases).set({ restricted }).where(eq(cases.id, id)))
    for (const { username, role, mine } of made) {
      const [row] = await all((t) =>
        t.execute<{ handles: boolean }>(
          sql`select ${handlesCase('staff')} as handles from staff, cases where cases.id = ${id} and username = ${username}`,
        ),
      )
      const member = { id: 0, username, displayName: '', role, agencies: mine ? [agencyId] : [], coordinates: false }
      const one = { state: 'new' as const, restricted, agencyId, ownerId: null }
      expect([role, mine, restricted, row?.handles]).toEqual([role, mine, restricted, mayHandle(member, one)])
    }
  }
})

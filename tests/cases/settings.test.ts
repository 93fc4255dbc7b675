import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { callbacks, cases, rightsRequests, themes } from '../../db/cases/tables.ts'
import { holidays } from '../../db/catalogue/tables.ts'
import { comments, responses } from '../../db/respond/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const monday = Date.UTC(2026, 10, 23, 3)
let clock = monday
let server: TestServer
beforeEach(async () => {
  clock = monday
  server = await startTestServer({ now: () => clock })
})
afterEach(() => server.stop())

const say = async (comment: string | null, level = 4) => {
  const body = { ...(await fullBody(server, 'QUAYHT', level)), ...(comment !== null && { comment }) }
  const reply = await server.answer(body)
  expect(reply.status).toBe(201)
  return ((await reply.json()) as { receipt: string }).receipt
}
const post = (path: string, { cookie }: { cookie: string }, form: Record<string, string>) =>
  server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) })
const read = async (path: string, { cookie }: { cookie: string }) =>
  (await server.send(path, { headers: { cookie } })).text()
const all = <T>(work: Parameters<typeof withinScope<T>>[2]) => withinScope(server.database, 'all', work)
const onlyNumber = async () => (await all((t) => t.select().from(cases)))[0]?.id as number
const actionsOf = async () => (await all((t) => t.select().from(auditLog))).map(({ action }) => action)

test('only the administrator configures; leaders and the administrator carry out requests about data', async () => {
  const statusOf = async (path: string, member: { cookie: string }) =>
    (await server.send(path, { headers: { cookie: member.cookie } })).status
  const manager = await server.signInAs('manager', ['trung-tam-pvhcc'])
  const leader = await server.signInAs('leader')
  const administrator = await server.signIn()
  expect(await statusOf(links.caseSettings(), manager)).toBe(403)
  expect(await statusOf(links.caseSettings(), leader)).toBe(403)
  expect(await statusOf(links.caseSettings(), administrator)).toBe(200)
  expect(await statusOf(links.rightsRequests, manager)).toBe(403)
  expect(await statusOf(links.rightsRequests, leader)).toBe(200)
  expect(await statusOf(links.rightsRequests, administrator)).toBe(200)
})

test('the rules decide what becomes a case and by when, from the next answer on', async () => {
  const administrator = await server.signIn()
  const form = { dissatisfied: 'any_at_most_1', workingDays: '2' }
  expect((await post(links.caseSettings(), administrator, { ...form, workingDays: '31' })).status).toBe(422)
  expect((await post(links.caseSettings(), administrator, form)).status).toBe(303)
  await say(null, 2)
  await say('Một góp ý.', 1)
  const opened = await all((t) => t.select().from(cases))
  expect(opened).toMatchObject([{ kind: 'comment', restricted: false, dueOn: '2026-11-25' }])
  const logged = await all((t) => t.select().from(auditLog))
  expect(logged.find(({ action }) => action === 'case_rules.change')).toMatchObject({
    change: { before: { workingDays: 5, conductRoute: true }, after: { workingDays: 2, conductRoute: false } },
  })
})

test('a holiday moves the deadline; taken back, it does not', async () => {
  const administrator = await server.signIn()
  const day = '2026-11-24'
  await post(links.caseHolidays, administrator, { action: 'add', day, name: 'Ngày nghỉ thử' })
  await say('Trước khi bỏ ngày nghỉ.')
  await post(links.caseHolidays, administrator, { action: 'remove', day })
  await say('Sau khi bỏ ngày nghỉ.')
  const due = (await all((t) => t.select().from(cases).orderBy(cases.position))).map(({ dueOn }) => dueOn)
  expect(due).toEqual(['2026-12-01', '2026-11-30'])
  expect((await actionsOf()).filter((action) => action === 'holiday.change')).toHaveLength(2)
})

test('holidays are listed by year, and a worked weekend says so', async () => {
  const administrator = await server.signIn()
  const form = { action: 'add', day: '2027-02-20', name: 'Làm bù sau Tết', works: 'on' }
  expect((await post(links.caseHolidays, administrator, form)).status).toBe(303)
  expect(await read(links.caseSettings('2027'), administrator)).toMatch(/20\/02\/2027.*Làm bù sau Tết/s)
  expect(await read(links.caseSettings('2026'), administrator)).not.toContain('Làm bù sau Tết')
  const rows = await server.database.query.select().from(holidays)
  expect(rows.find(({ day }) => day === '2027-02-20')).toMatchObject({ works: true })
})

test('a theme is added, renamed and closed; a closed one is no longer offered', async () => {
  const administrator = await server.signIn()
  const clerk = await server.signInAs('clerk', ['trung-tam-pvhcc'])
  await post(links.caseThemes, administrator, { action: 'add', name: 'Bãi giữ xe', sector: 'administrative' })
  const [added] = (await server.database.query.select().from(themes)).filter(({ name }) => name === 'Bãi giữ xe')
  const id = String(added?.id)
  await post(links.caseThemes, administrator, { action: 'rename', id, name: 'Chỗ để xe' })
  await say('Không có chỗ để xe máy ạ.')
  clock += 86_400_000
  const number = await onlyNumber()
  expect(await read(links.case(number), clerk)).toContain('>Chỗ để xe</option>')
  await post(links.caseThemes, administrator, { action: 'close', id })
  expect(await read(links.case(number), clerk)).not.toContain('>Chỗ để xe</option>')
  expect((await post(links.caseThemes, administrator, { action: 'close', id: '30000' })).status).toBe(404)
  expect((await actionsOf()).filter((action) => action === 'theme.change')).toHaveLength(3)
})

test('a request to delete takes comment and number away, keeps the response, and is settled once', async () => {
  const leader = await server.signInAs('leader')
  const receipt = await say('Xin xóa lời này giúp tôi.')
  const caseId = await onlyNumber()
  await all((t) =>
    t.execute(sql`
      insert into callbacks (case_id, agency_id, restricted, receipt, sealed, consent, consented_at)
      select id, agency_id, restricted, receipt, 'kín', 'Đồng ý.', ${new Date(clock).toISOString()}::timestamptz
      from cases where id = ${caseId}`),
  )
  await server.database.query
    .insert(rightsRequests)
    .values({ receipt, kind: 'delete', askedOn: '2026-11-23', dueOn: '2026-12-13' })
  expect(await read(links.rightsRequests, leader)).toContain('Hạn 13/12/2026')
  expect((await post(links.rightsRequest(1), leader, { action: 'erase', outcome: 'ngắn' })).status).toBe(422)
  const settle = () => post(links.rightsRequest(1), leader, { action: 'erase', outcome: 'Đã xóa lời góp ý và số.' })
  expect((await Promise.all([settle(), settle()])).map(({ status }) => status).sort()).toEqual([303, 409])
  expect(await all((t) => t.select().from(comments))).toEqual([])
  expect(await all((t) => t.select().from(callbacks))).toMatchObject([{ sealed: null, erasedAt: expect.any(String) }])
  expect(await server.database.query.select().from(responses)).toHaveLength(1)
  expect((await actionsOf()).filter((action) => action === 'rights.erase')).toHaveLength(1)
  expect(await read(links.rightsRequests, leader)).toContain('Đã xóa lời góp ý và số.')
  clock += 86_400_000
  expect(await read(links.cases(), leader)).toContain('Lời góp ý đã xóa theo yêu cầu của người dân')
})

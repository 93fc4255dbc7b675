import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cases } from '../../db/cases/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { auditLog } from '../../db/staff/tables.ts'
import { languageOfComment } from '../../server/cases/comment/language-rules.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const center = 'trung-tam-pvhcc'
const dayMs = 86_400_000
let clock: number
let server: TestServer
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 23, 3)
  server = await startTestServer({ now: () => clock })
})
afterEach(() => server.stop())

type Member = { cookie: string }
const say = async (comment: string, level: number, more: Record<string, unknown> = {}, place = 'QUAYHT') => {
  const reply = await server.answer({ ...(await fullBody(server, place, level)), comment, ...more })
  return ((await reply.json()) as { receipt: string }).receipt
}
const see = async (path: string, { cookie }: Member) => {
  const html = await (await server.send(path, { headers: { cookie } })).text()
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}
const post = (path: string, { cookie }: Member, form: Record<string, string> | [string, string][]) =>
  server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) })
const rowOf = async (receipt: string) => {
  const [row] = await withinScope(server.database, 'all', (t) =>
    t.select().from(cases).where(eq(cases.receipt, receipt)),
  )
  return row as typeof cases.$inferSelect
}
const praiseTab = links.cases({ tab: 'loi-khen' })
const thanks = 'Cảm ơn Ông/Bà đã ghi lời khen, chúng tôi sẽ giữ được như vậy.'

test('praise has no deadline, is never overdue, and is thanked many at once', async () => {
  const clerk = await server.signInAs('clerk', [center])
  const receipts = [await say('Làm nhanh, hướng dẫn tận tình.', 5), await say('Rất tốt.', 5)]
  const wish = await say('Xin thêm ghế.', 4)
  clock += 12 * dayMs
  expect(await see(links.cases({ tab: 'qua-han' }), clerk)).toMatch(/Quá hạn 1 .*Xin thêm ghế/)
  const page = await see(praiseTab, clerk)
  expect(page).toMatch(/Mới 1 .*Lời khen 2 /)
  expect(page).toContain('Làm nhanh, hướng dẫn tận tình.')
  expect(page).not.toMatch(/Xin thêm ghế|quá hạn \d/)
  const ids = await Promise.all(receipts.map(async (receipt) => String((await rowOf(receipt)).id)))
  const other = String((await rowOf(wish)).id)
  const sent = await post(links.thankPraise, clerk, [
    ...[...ids, other].map((id): [string, string] => ['case', id]),
    ['reply', thanks],
  ])
  expect(sent.status).toBe(303)
  expect(await see(sent.headers.get('location') as string, clerk)).toMatch(
    /Đã gửi lời cảm ơn đến 2 người.*Không có lời khen nào/,
  )
  for (const receipt of receipts) expect(await rowOf(receipt)).toMatchObject({ state: 'answered', reply: thanks })
  expect(await rowOf(wish)).toMatchObject({ state: 'new', reply: null })
  expect(await see(`/tra-loi/${receipts[0]}`, clerk)).toContain(thanks)
  const logged = await withinScope(server.database, 'all', (t) => t.select().from(auditLog))
  expect(logged.filter(({ action }) => action === 'case.reply')).toHaveLength(2)
})

test('nobody thanks for another agency, an auditor for none, and a refused form keeps its words', async () => {
  const nurse = await server.signInAs('clerk', ['tram-y-te'])
  const auditor = await server.signInAs('auditor')
  const clerk = await server.signInAs('clerk', [center])
  const receipt = await say('Tốt lắm.', 5)
  const id = String((await rowOf(receipt)).id)
  expect((await post(links.thankPraise, clerk, { case: id, reply: thanks })).status).toBe(303)
  expect((await rowOf(receipt)).state).toBe('new')
  clock += dayMs
  await post(links.thankPraise, nurse, { case: id, reply: thanks })
  expect((await post(links.thankPraise, auditor, { case: id, reply: thanks })).status).toBe(403)
  const refused = await post(links.thankPraise, clerk, { case: id, reply: 'Cảm ơn Ông/Bà, xin gọi 0912 345 678 nhé.' })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('xin gọi 0912 345 678 nhé.')])
  expect((await rowOf(receipt)).state).toBe('new')
})

test('praise that asks for something becomes a case: by whoever reads it, or by asking for a call', async () => {
  const clerk = await server.signInAs('clerk', [center])
  const [wish, called] = [await say('Tốt, nhưng xin mở cửa sớm hơn.', 5), await say('Xin gọi lại cho tôi.', 5)]
  await server.send(`/s/QUAYHT/cam-on/${called}/goi-lai`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ number: '0912345678', consent: 'on' }),
  })
  expect(await rowOf(called)).toMatchObject({ kind: 'comment', dueOn: '2026-11-30' })
  clock += 2 * dayMs
  const { id } = await rowOf(wish)
  expect((await post(links.case(id), clerk, { action: 'take', seen: '0' })).status).toBe(403)
  expect((await post(links.case(id), clerk, { action: 'follow', seen: '0' })).status).toBe(303)
  expect(await rowOf(wish)).toMatchObject({ kind: 'comment', state: 'new', dueOn: '2026-12-02' })
  expect(await see(links.cases(), clerk)).toContain('xin mở cửa sớm hơn')
})

test('every praise has no deadline and everything else has one, held by the database', async () => {
  const receipt = await say('Tốt.', 5)
  const wrong = withinScope(server.database, 'all', (t) =>
    t.execute(sql`update cases set kind = 'comment' where receipt = ${receipt}`),
  )
  await expect(wrong).rejects.toThrow()
})

test.each([
  ['ខ្ញុំពេញចិត្តណាស់', 'vi', 'km'],
  ['ល្អណាស់ OK', 'en', 'km'],
  ['Very friendly staff', 'en', 'en'],
  ['Phục vụ tốt', 'en', null],
  ['Phục vụ tốt', 'km', null],
  ['Tot lam', 'vi', null],
  ['👍', 'en', null],
] as const)('%s, written on a page in %s, is in %s', (comment, page, language) => {
  expect(languageOfComment(comment, page)).toBe(language)
})

test('a Khmer comment says its language in the list and on its page', async () => {
  const clerk = await server.signInAs('clerk', [center])
  const { id } = await rowOf(await say('ខ្ញុំចង់បានកៅអីបន្ថែម', 4, { language: 'km' }))
  clock += dayMs
  for (const path of [links.cases(), links.case(id)]) {
    expect(await see(path, clerk)).toContain('Tiếng Khmer')
    expect(await (await server.send(path, { headers: clerk })).text()).toMatch(/lang="km"[^>]*>ខ្ញុំ/)
  }
})

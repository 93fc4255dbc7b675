import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases, themes } from '../../db/cases/tables.ts'
import { withinScope } from '../../db/staff/scope.ts'
import { hasBlank, insertTemplate, listTemplates } from '../../server/cases/templates/rules.ts'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const center = 'trung-tam-pvhcc'
let clock = Date.UTC(2026, 10, 23, 3)
let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const say = async (comment: string) => server.answer({ ...(await fullBody(server, 'QUAYHT', 3)), comment })
const post = (path: string, { cookie }: { cookie: string }, form: Record<string, string>) =>
  server.send(path, { method: 'POST', headers: { cookie }, body: new URLSearchParams(form) })
const all = () => withinScope(server.database, 'all', (t) => t.select().from(cases).orderBy(cases.position))

test('every theme has a template, and no suggestion can be sent before its blanks are filled', async () => {
  const known = await server.database.query.select().from(themes)
  const templates = listTemplates(new Map(), known, new Set(['administrative', 'health', 'education']))
  expect(templates.map(({ key }) => key)).toEqual(['chung', 'khen', ...known.map(({ code }) => code)])
  expect(templates.filter(({ body }) => !hasBlank(body)).map(({ key }) => key)).toEqual(['khen'])
  expect(insertTemplate('', 'mẫu')).toBe('mẫu')
  expect(insertTemplate('đã gõ ', 'mẫu')).toBe('đã gõ\n\nmẫu')
})

test('the head writes a template for a theme of the own agency; a clerk and other agencies may not', async () => {
  const manager = await server.signInAs('manager', [center])
  const form = { agency: center, template: 'hc-thoi-gian-cho', body: 'Chúng tôi đã thêm một người ở quầy này.' }
  expect((await post(links.replyTemplates(), await server.signInAs('clerk', [center]), form)).status).toBe(403)
  const foreign = await server.signInAs('manager', ['tram-y-te'])
  expect((await post(links.replyTemplates(), foreign, form)).status).toBe(404)
  expect((await post(links.replyTemplates(), manager, { ...form, template: 'yt-thuoc' })).status).toBe(404)
  expect((await post(links.replyTemplates(), manager, { ...form, body: 'Xin gọi 0912 345 678.' })).status).toBe(422)
  const saved = await post(links.replyTemplates(), manager, form)
  expect(saved.status).toBe(303)
  const page = await server.send(saved.headers.get('location') as string, { headers: manager })
  expect(await page.text()).toMatch(/Đã lưu mẫu trả lời.*Chúng tôi đã thêm một người ở quầy này\./s)
})

test('a complaint is answered from the list in three clicks without script, then the next one opens', async () => {
  const manager = await server.signInAs('manager', [center])
  await post(links.replyTemplates(), manager, {
    agency: center,
    template: 'chung',
    body: 'Chúng tôi đã xem và đã sửa chiếc ghế hỏng ở quầy.',
  })
  await say('Ghế bị hỏng.')
  await say('Phòng chờ nóng quá.')
  clock += 86_400_000
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const [name = '', value = ''] = manager.cookie.split('=')
  await context.addCookies([{ name, value, url: server.url }])
  const page = await context.newPage()
  await page.goto(server.url + links.cases())
  await page.click('text=Ghế bị hỏng.')
  await page.click('text=Chèn mẫu')
  expect(await page.inputValue('textarea[name="reply"]')).toBe('Chúng tôi đã xem và đã sửa chiếc ghế hỏng ở quầy.')
  await page.click('text=Gửi trả lời')
  expect((await all())[0]).toMatchObject({ state: 'answered', ownerId: expect.any(Number) })
  await page.click('text=Ý kiến tiếp theo')
  expect(await page.locator('blockquote').first().textContent()).toBe('Phòng chờ nóng quá.')
  await page.fill('textarea[name="reply"]', 'Chúng tôi sẽ [… làm gì] trong tuần này, cảm ơn Ông/Bà.')
  await page.click('text=Gửi trả lời')
  expect(await page.textContent('main')).toContain('Xin điền chỗ còn trong ngoặc vuông')
  await page.fill('textarea[name="reply"]', 'Chúng tôi đã lắp thêm quạt ở phòng chờ, cảm ơn Ông/Bà.')
  await page.click('text=Gửi trả lời')
  expect(await page.textContent('main')).toContain('Không còn ý kiến nào chờ')
  await context.close()
})

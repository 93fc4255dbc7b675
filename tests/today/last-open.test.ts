import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const dayMs = 86_400_000
const friday = Date.UTC(2026, 10, 20, 3)
const monday = friday + 3 * dayMs
let clock = friday
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
})
afterAll(() => server.stop())

type Reader = { cookie: string }
async function open(path: string, { cookie }: Reader) {
  const reply = await server.send(path, { headers: { cookie } })
  const html = await reply.text()
  const text = html
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ')
  return { status: reply.status, html, text }
}
const clerkOf = (agency: string) => server.signInAs('clerk', [agency])

test.each([
  ['administrator', [], links.places],
  ['manager', ['trung-tam-pvhcc'], links.places],
  ['clerk', ['trung-tam-pvhcc'], links.tickets],
  ['leader', [], links.places],
  ['auditor', [], links.places],
] as const)(
  'before the first answer a %s reads the first steps, and may press the button',
  async (role, agencies, to) => {
    clock = friday
    const member = await server.signInAs(role, [...agencies])
    const { html } = await open(links.today(), member)
    expect(html).toContain('class="steps"')
    const [button = ''] = /<p class="empty-day-actions">.*?<\/p>/s.exec(html) ?? []
    expect(button).toContain(`href="${to}"`)
    expect((await open(to, member)).status).toBe(200)
  },
)

test('later an empty day shows the last one with answers, named, and its scores', async () => {
  clock = friday
  for (let sent = 0; sent < 6; sent += 1)
    for (const place of ['QUAYHT', 'QUAYKD']) {
      const field = place === 'QUAYKD' ? { field: 'nong-nghiep' } : {}
      expect((await server.answer({ ...(await fullBody(server, place, sent < 3 ? 5 : 2)), ...field })).status).toBe(201)
    }
  clock = monday
  const clerk = await clerkOf('trung-tam-pvhcc')
  const { html, text } = await open(links.today(), clerk)
  expect(text).toContain('Hôm nay, thứ Hai 23/11/2026')
  expect(text).toContain('Chưa có phiếu nào hôm nay')
  expect(text).toContain('Ngày gần nhất có phiếu: thứ Sáu 20/11/2026')
  expect(html).not.toContain('class="steps"')
  expect(html).toContain('data-place="QUAYHT"')
  expect(html).toContain(`href="${links.todayPlace('QUAYHT', '2026-11-20', '2026-11-20')}"`)
  expect(text).toMatch(/tính trên 12 phiếu/)
  expect(html).not.toContain(`href="${links.places}"`)
  for (const [, href = ''] of html.slice(html.indexOf('<main')).matchAll(/href="(\/[^"#]*)/g))
    expect([href, (await open(href.replaceAll('&amp;', '&'), clerk)).status]).toEqual([href, 200])
})

test('a day of two answers is passed over for one that has something to show', async () => {
  clock = monday - dayMs
  for (let sent = 0; sent < 2; sent += 1) await server.answer(await fullBody(server, 'QUAYTH', 5))
  clock = monday
  const { text } = await open(links.today(), await clerkOf('trung-tam-pvhcc'))
  expect(text).toContain('Ngày gần nhất có phiếu: thứ Sáu 20/11/2026')
})

test('an agency that was never answered still reads the first steps', async () => {
  const { html } = await open(links.today(), await clerkOf('tram-y-te'))
  expect(html).toContain('class="steps"')
  expect(html).not.toContain('Ngày gần nhất có phiếu')
})

test('a Saturday asked for by its date shows the day before it that had answers', async () => {
  const { text } = await open(links.today('2026-11-21'), await clerkOf('trung-tam-pvhcc'))
  expect(text).toContain('Ngày 21/11/2026 không có phiếu nào')
  expect(text).toContain('Ngày gần nhất có phiếu: thứ Sáu 20/11/2026')
  const before = await open(links.today('2026-11-19'), await clerkOf('trung-tam-pvhcc'))
  expect(before.text).not.toContain('Ngày gần nhất có phiếu')
})

test('worst first is an address that keeps the days, without script', async () => {
  const manager = await server.signInAs('manager', ['trung-tam-pvhcc'])
  clock = friday
  for (let sent = 0; sent < 6; sent += 1)
    await server.answer({ ...(await fullBody(server, 'QUAYDD', 2)), field: 'dat-dai' })
  clock = monday
  const codes = (html: string) => [...html.matchAll(/data-place="(\w+)"/g)].map(([, code]) => code)
  const { html } = await open(links.todayPeriod('2026-11-16', '2026-11-22'), manager)
  const href = links.todayBoard({ tu: '2026-11-16', den: '2026-11-22', xep: 'thap' })
  expect(html).toContain(`href="${href.replaceAll('&', '&amp;')}"`)
  expect(codes(html).slice(0, 3)).toEqual(['QUAYHT', 'QUAYDD', 'QUAYKD'])
  const sorted = await open(href, manager)
  expect(codes(sorted.html).slice(0, 3)).toEqual(['QUAYDD', 'QUAYHT', 'QUAYKD'])
  expect(codes(sorted.html)).toHaveLength(codes(html).length)
  expect(sorted.html).toMatch(/href="[^"]*xep=thap[^"]*" rel="prev"/)
  expect(sorted.html).toContain('name="xep" value="thap"')
  expect((await open('/hom-nay?xep=khac', manager)).status).toBe(200)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackground } from '../server/background.ts'
import type { IndicatorResult } from '../server/indicators/contract.ts'
import type { DailyResult, TodayView } from '../server/today/contract.ts'
import { openLiveBoards } from '../server/today/live.ts'
import { links } from '../web/links.ts'
import { wholePage } from '../web/ui/sections/sections.tsx'
import { openBrowser } from './fixtures/pages/browser.ts'
import { fullBody, startTestServer, type TestServer } from './fixtures/test-server.ts'

let server: TestServer
const clock = Date.UTC(2026, 10, 23, 3)
beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  for (const place of ['QUAYHT', 'KHAMBENH', 'TRMN'])
    for (let count = 0; count < 5; count += 1) await server.answer(await fullBody(server, place, 5))
})
afterAll(() => server.stop())

const get = (path: string, cookie: string) => server.send(path, { headers: { cookie } })

/** The codes of the places on the page of the day. */
async function placesOn(cookie: string): Promise<string[]> {
  const text = await (await get(links.todayBoard({ phan: wholePage }), cookie)).text()
  return [...text.matchAll(/data-place="(\w+)"/g)].map(([, code]) => code as string)
}

test.each([
  ['manager', ['tram-y-te'], ['KHAMBENH', 'TCHUNG'], ['II.8']],
  ['manager', ['truong-cong-lap'], ['TRMN', 'TRTH', 'TRTHCS'], []],
  ['manager', ['tram-y-te', 'truong-cong-lap'], ['KHAMBENH', 'TCHUNG', 'TRMN', 'TRTH', 'TRTHCS'], ['II.8']],
  ['manager', ['phong-van-hoa-xa-hoi'], 'all', 'all'],
  ['leader', [], 'all', 'all'],
  ['auditor', [], 'all', 'all'],
] as const)(
  'a %s of %o sees the own places and indicators, on pages and in JSON',
  async (role, agencies, own, codes) => {
    const { cookie } = await server.signInAs(role, [...agencies])
    const everything = await server.read<IndicatorResult[]>(links.api.indicators())
    const seen = (await (await get(links.api.indicators(), cookie)).json()) as IndicatorResult[]
    expect(seen.map(({ code }) => code)).toEqual(codes === 'all' ? everything.map(({ code }) => code) : codes)
    for (const { code } of everything) {
      const readable = codes === 'all' || (codes as readonly string[]).includes(code)
      expect([code, (await get(links.indicator(code), cookie)).status]).toEqual([code, readable ? 200 : 403])
    }
    const daily = (await (await get(links.api.daily(), cookie)).json()) as DailyResult[]
    const answered = ['QUAYHT', 'KHAMBENH', 'TRMN'].filter(
      (code) => own === 'all' || (own as readonly string[]).includes(code),
    )
    expect(daily.map(({ place }) => place).sort()).toEqual(answered.sort())
    const shown = await placesOn(cookie)
    if (own === 'all') expect(shown).toHaveLength(11)
    else expect(shown.sort()).toEqual([...own].sort())
    for (const code of ['QUAYHT', 'KHAMBENH', 'TRMN'])
      expect((await get(links.api.daily(code), cookie)).status).toBe(answered.includes(code) ? 200 : 404)
  },
)

test('a clerk sees the own board and no results; a key reads everything, exact', async () => {
  const { cookie } = await server.signInAs('clerk', ['tram-y-te'])
  expect((await placesOn(cookie)).sort()).toEqual(['KHAMBENH', 'TCHUNG'])
  for (const path of [links.api.daily(), links.api.indicators(), links.indicators(), links.indicator('II.8')])
    expect((await get(path, cookie)).status).toBe(403)
  expect(await server.read<DailyResult[]>(links.api.daily())).toHaveLength(3)
})

test('an answer at the health station never reaches the stream of the service center', async () => {
  const center = await follow('trung-tam-pvhcc')
  const health = await follow('tram-y-te')
  await center.until((view) => view.agencies.length > 0)
  await health.until((view) => view.agencies.length > 0)
  const before = center.text().length
  await server.answer({ ...(await fullBody(server, 'KHAMBENH', 1)), comment: 'Phòng chờ nóng quá.' })
  await health.until((view) => view.agencies.some(({ places }) => places.some(({ received }) => received === 6)))
  await server.answer(await fullBody(server, 'QUAYHT', 5))
  await center.until((view) => view.agencies.some(({ places }) => places.some(({ received }) => received === 6)))
  expect(center.text().length).toBeGreaterThan(before)
  expect(center.text()).not.toMatch(/KHAMBENH|TCHUNG|tram-y-te|Phòng chờ/)
  expect(health.text()).not.toMatch(/QUAY|trung-tam/)
  await Promise.all([center.stop(), health.stop()])
})

/** A stream of one agency's manager, read as it comes. */
async function follow(agency: string) {
  const { cookie } = await server.signInAs('manager', [agency])
  const stop = new AbortController()
  const stream = await server.send(links.live, { headers: { cookie }, signal: stop.signal })
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const views = () => [...text.matchAll(/event: today\ndata: (.*)\n\n/g)].map(([, data]) => JSON.parse(data as string))
  return {
    text: () => text,
    until: async (isThere: (view: TodayView) => boolean) => {
      while (!views().some(isThere)) text += decoder.decode((await reader.read()).value, { stream: true })
    },
    stop: async () => {
      stop.abort()
      await reader.cancel().catch(() => {})
    },
  }
}

test('many boards of two scopes are two readings, and each gets its own text', async () => {
  const everything = { closeness: 'rows' as const, comments: null, offer: null } as const
  const viewers = [{ places: 'all', ...everything } as const, { places: [], ...everything }]
  let readings = 0
  const live = await openLiveBoards(
    server.database,
    createBackground(Date.now, () => {}),
    async ({ places }) => {
      readings += 1
      return {
        from: '',
        day: JSON.stringify(places),
        isToday: true,
        agencies: [],
        criteria: [],
        fields: [],
        comments: null,
        said: { state: { kind: 'silent' }, change: { kind: 'unknown' }, action: { kind: 'collect' } },
        offer: null,
        lastOpen: null,
      }
    },
  )
  const written: string[] = []
  const reply = (index: number) => ({
    hijack: () => {},
    raw: {
      ...{ writableLength: 0, writeHead: () => {}, on: () => {}, end: () => {}, destroy: () => {} },
      write: (text: string) => {
        written[index] = `${written[index] ?? ''}${text}`
      },
    },
  })
  type Reply = Parameters<typeof live.follow>[0]
  const replies = Array.from({ length: 200 }, (_, index) => reply(index) as unknown as Reply)
  await Promise.all(replies.map((one, index) => live.follow(one, viewers[index % 2] as (typeof viewers)[number])))
  const afterOpening = readings
  await server.answer(await fullBody(server, 'QUAYHT', 5))
  await expect.poll(() => written.every((text) => text.split('event: today').length > 2)).toBe(true)
  live.close()
  expect(afterOpening).toBe(2)
  expect(readings).toBeLessThanOrEqual(8)
  for (const [index, text] of written.entries()) expect(text).toContain(index % 2 ? '"day":"[]"' : '"day":"\\"all\\""')
})

test('two browsers of two agencies each move with their own answers only', async () => {
  const browser = await openBrowser()
  const openBoard = async (agency: string) => {
    const { cookie } = await server.signInAs('manager', [agency])
    const context = await browser.newContext()
    const [name, value] = cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: server.url }])
    const page = await context.newPage()
    await page.goto(server.url + links.todayBoard({ phan: wholePage }))
    await page.locator('.live').waitFor()
    return page
  }
  const [center, health] = [await openBoard('trung-tam-pvhcc'), await openBoard('tram-y-te')]
  const count = (page: typeof center, code: string) => page.locator(`[data-place="${code}"] .col-received b`)
  await server.answer(await fullBody(server, 'TCHUNG', 5))
  await count(health, 'TCHUNG').getByText('1', { exact: true }).waitFor()
  await server.answer(await fullBody(server, 'QUAYDD', 5))
  await count(center, 'QUAYDD').getByText('1', { exact: true }).waitFor()
  expect(await center.content()).not.toContain('TCHUNG')
  expect(await health.content()).not.toContain('QUAYDD')
  await browser.close()
})

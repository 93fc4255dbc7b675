import { connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const center = 'trung-tam-pvhcc'
const morning = Date.UTC(2026, 10, 23, 3)
let clock = morning
let server: TestServer
beforeEach(async () => {
  clock = morning
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
})
afterEach(() => server.stop())

const answer = async (place: string, level: number, count = 1, more: Record<string, unknown> = {}) => {
  for (let i = 0; i < count; i++) {
    expect((await server.answer({ ...(await fullBody(server, place, level)), ...more })).status).toBe(201)
  }
}
const readPage = async (agency = center) => (await server.send(links.wall(agency))).text()
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('the screen needs no sign-in, takes any case, and shows agency, day and codes before the first answer', async () => {
  const reply = await server.send(links.wall(center.toUpperCase()))
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
  const html = await reply.text()
  expect(words(html)).toMatch(/Trung tâm Phục vụ hành chính công .*10:00 .*Thứ Hai, 23\/11\/2026/)
  expect(words(html)).toContain('Trong ngày chưa đủ phiếu để hiện điểm')
  expect(html.match(/class="qr"/g)).toHaveLength(1)
  expect(html).toContain(`src="${links.wallCode(center)}"`)
  expect(words(html)).toContain('rồi chọn quầy vừa làm việc')
  expect(html).toContain('BẢN THỬ')
  expect(html).toContain('<meta http-equiv="refresh" content="60"')
})

test('an unknown agency is a page that says so, and no stream', async () => {
  for (const path of [links.wall('khong-co'), links.wallLive('khong-co')]) {
    const reply = await server.send(path)
    expect(reply.status).toBe(404)
    expect(await reply.text()).toContain('Không có trang này')
  }
})

test('only places that take answers are offered, under the public address', async () => {
  await server.stop()
  server = await startTestServer({
    now: () => clock,
    connection: server.connection,
    config: { publicUrl: 'https://ydan.example.vn' },
  })
  await server.database.sql`update places set open = false where code = 'TCHUNG'`
  clock += 2000
  const html = await readPage('tram-y-te')
  expect(html).toContain('https://ydan.example.vn/q/tram-y-te')
  expect(words(html)).not.toMatch(/BẢN THỬ|rồi chọn quầy/)
  const counters = await server.send(links.counters('tram-y-te'))
  expect([counters.status, counters.headers.get('location')]).toEqual([303, links.survey('KHAMBENH')])
})

/** Enough answers by pages of ours at two counters for the score to move: beyond what one person could send. */
const answerMuch = async (level: number) => {
  for (const place of ['QUAYHT', 'QUAYDD']) {
    for (let i = 0; i < 46; i++) {
      const id = await server.mint(place, clock - 60_000)
      const more = place === 'QUAYDD' ? { field: 'dat-dai' } : {}
      expect((await server.answer({ ...(await fullBody(server, place, level, id)), ...more })).status).toBe(201)
    }
  }
}

test('responses move at once, the score at a full half-hour and only by many: the same for everybody', async () => {
  await answer('QUAYHT', 5, 60)
  clock = morning + 33 * 60_000
  const few = words(await readPage())
  expect(few).toMatch(/Phiếu hôm nay 60 .*30 ngày qua/)
  expect(few).toContain('Trong ngày chưa đủ phiếu để hiện điểm')
  await answerMuch(5)
  expect(words(await readPage())).toContain('Trong ngày chưa đủ phiếu để hiện điểm')
  clock = morning + 63 * 60_000
  const moved = words(await readPage())
  expect(moved).toMatch(/100,0 % .*tính trên 92 phiếu/)
  await answer('QUAYHT', 1, 9)
  clock = morning + 93 * 60_000
  expect(words(await readPage())).toMatch(/100,0 % Phiếu hôm nay 161 .*tính trên 92 phiếu/)
  const { cookie } = await server.signIn()
  const asStaff = words(await (await server.send(links.wall(center), { headers: { cookie } })).text())
  expect(asStaff).toBe(words(await readPage()))
})

test('until the running day has a score the last closed day of five answers is shown, by its date', async () => {
  const shown = async (agency?: string) => words(await readPage(agency)).replaceAll('\u00a0', ' ')
  clock = morning - 3 * 86_400_000
  await answer('QUAYHT', 5, 3)
  await answer('QUAYKD', 2, 3, { field: 'nong-nghiep' })
  clock = morning - 86_400_000
  await answer('QUAYHT', 5, 4)
  clock = morning
  expect(await shown()).toMatch(/Mức độ hài lòng ngày 20\/11 50,0 % .*tính trên 6 phiếu/)
  await answer('QUAYHT', 5)
  expect(await shown()).toMatch(/ngày 20\/11 .*Phiếu hôm nay 1 /)
  await answerMuch(5)
  clock = morning + 33 * 60_000
  expect(await shown()).toMatch(/Mức độ hài lòng hôm nay 100,0 %/)
  expect(await shown('tram-y-te')).toContain('Trong ngày chưa đủ phiếu để hiện điểm')
})

test('a closed day is drawn when five answers of it counted, and is a gap below', async () => {
  const drawn = async () => (await readPage()).match(/class="wall-dot"/g)?.length ?? 0
  clock = morning - 2 * 86_400_000
  await answer('QUAYHT', 5, 4)
  clock = morning
  expect(await drawn()).toBe(0)
  clock = morning - 2 * 86_400_000
  await answer('QUAYDD', 5, 1, { field: 'dat-dai' })
  clock = morning
  expect(await drawn()).toBe(1)
  clock = morning + 29 * 86_400_000
  expect(await drawn()).toBe(0)
})

test('the stream moves with an answer and holds the agency’s figures, nothing of a place, a time or a comment', async () => {
  const stop = new AbortController()
  const stream = await server.send(links.wallLive(center), { signal: stop.signal })
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const readUntil = async (pattern: RegExp) => {
    while (!pattern.test(text)) text += decoder.decode((await reader.read()).value, { stream: true })
  }
  await readUntil(/"received":0.*\n\n/)
  await answer('QUAYKD', 2, 6, { comment: 'Chờ lâu quá, ghế thì hỏng' })
  await readUntil(/"received":6.*\n\n/)
  stop.abort()
  await reader.cancel().catch(() => {})
  const views = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json as string))
  const members = [
    'agency',
    'day',
    'dueFrom',
    'edition',
    'last',
    'name',
    'nowMs',
    'received',
    'shown',
    'target',
    'trend',
  ]
  for (const view of views) {
    expect(Object.keys(view).sort()).toEqual(members)
    expect(view.trend.every((one: object) => Object.keys(one).join() === 'day,score')).toBe(true)
    expect(view.shown).toEqual({ score: null, lower: null, upper: null, responses: 0 })
  }
  expect(text + (await readPage())).not.toContain('ghế thì hỏng')
  expect(text).not.toContain('QUAYKD')
})

describe('in a browser', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test('the number moves; a cut line says since when, and the screen comes back by itself', async () => {
    const line = await openLine(Number(new URL(server.url).port))
    const page = await browser.newPage()
    await page.goto(line.url + links.wall(center))
    const status = page.locator('#wall-status')
    await expect.poll(() => status.textContent()).toBe('Đang cập nhật trực tiếp')
    await answerMuch(4)
    clock = morning + 33 * 60_000
    await answer('QUAYHT', 4)
    await expect.poll(() => page.locator('.wall-count').textContent()).toBe('93')
    expect(await page.locator('.wall-number').textContent()).toBe('100,0\u00a0%')
    line.cut()
    await expect.poll(() => status.textContent()).toMatch(/^Mất kết nối từ 10:\d\d$/)
    await answer('QUAYHT', 4)
    line.mend()
    await expect.poll(() => page.locator('.wall-count').textContent()).toBe('94')
    expect(await status.textContent()).toBe('Đang cập nhật trực tiếp')
    await page.close()
    await line.close()
  })

  test('after midnight the page turns to the new day, but not while the server is away', async () => {
    clock = Date.UTC(2026, 10, 23, 16, 58)
    const line = await openLine(Number(new URL(server.url).port))
    const page = await browser.newPage()
    await page.clock.install()
    await page.goto(line.url + links.wall(center))
    line.cut()
    clock += 3 * 60_000
    await page.clock.fastForward(3 * 60_000)
    await page.clock.runFor(60_000)
    await expect.poll(() => page.locator('#wall-status').textContent()).toContain('Mất kết nối từ 23:58')
    expect(await page.locator('#wall').getAttribute('data-day')).toBe('2026-11-23')
    line.mend()
    await expect
      .poll(async () => {
        await page.clock.runFor(10_000).catch(() => {})
        return page.locator('#wall').getAttribute('data-day')
      })
      .toBe('2026-11-24')
    await page.close()
    await line.close()
  })

  test('the longest improvement takes its turn in the place of the figures, and fits', async () => {
    const words = 'Từ thứ Hai, quầy có thêm một người tiếp nhận vào buổi sáng. '.repeat(6).slice(0, 300)
    await server.database.sql`
      insert into improvements (agency_id, said, did, case_ids, published_at, created_by)
      select id, ${words}, ${words}, '{1}', now(), 'admin' from agencies where code = ${center}`
    clock = Math.floor(morning / 120_000) * 120_000 + 60_000
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, javaScriptEnabled: false })
    await page.goto(server.url + links.wall(center))
    expect(await page.locator('.wall-figures').isVisible()).toBe(false)
    const [item, foot] = [await page.locator('.wall-did').boundingBox(), await page.locator('.wall-foot').boundingBox()]
    expect((item?.y ?? 0) + (item?.height ?? 0)).toBeLessThan(foot?.y ?? 0)
    await page.close()
  })

  test('wherever the picture stands to spare the screen, no bar shows; before the first answer nothing is explained that is not drawn', async () => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, javaScriptEnabled: false })
    await page.goto(server.url + links.wall(center))
    const shown = page.locator('#wall')
    for (let shift = 0; shift < 8; shift += 1) {
      await shown.evaluate((wall, to) => wall.setAttribute('class', `wall shift-${to}`), shift)
      const bars = await shown.evaluate(() => getComputedStyle(document.documentElement).overflow)
      expect([shift, bars]).toEqual([shift, 'hidden'])
    }
    expect(await page.locator('.wall-trend').innerText()).not.toContain('đường chấm')
    await page.close()
  })

  test('a leader’s telephone reads it: no letter under 12 px, no interval torn, nothing wider than 320', async () => {
    await answer('QUAYHT', 5, 30)
    clock += 86_400_000
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } })
    await page.goto(server.url + links.wall(center))
    expect(await page.locator('.wall-number').innerText()).toBe('100,0\u00a0%')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    const smallest = await page
      .locator('.wall p, .wall h2, .wall span')
      .evaluateAll((all) => Math.min(...all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))))
    expect(smallest).toBeGreaterThanOrEqual(12)
    const lines = await page
      .locator('.wall-note b')
      .evaluateAll((all) => all.map((one) => new Set([...one.getClientRects()].map(({ top }) => top)).size))
    expect(new Set(lines)).toEqual(new Set([1]))
    await page.close()
  })

  test.each([
    [1920, 1080],
    [1280, 720],
    [390, 844],
  ])('the longest names fit %i × %i, and axe finds nothing', async (width, height) => {
    const long = (length: number) => 'Bộ phận tiếp nhận hồ sơ và trả kết quả '.repeat(4).slice(0, length)
    const { sql } = server.database
    await sql`update agencies set name = name || jsonb_build_object('vi', ${long(90)}::text) where code = ${center}`
    await sql`update places set name = name || jsonb_build_object('vi', ${long(120)}::text)`
    clock += 2000
    await answer('QUAYHT', 4, 7)
    const page = await browser.newPage({ viewport: { width, height }, bypassCSP: true })
    await page.goto(server.url + links.wall(center))
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    // The picture may stand some pixels aside, but nothing in it lies over anything else or outside.
    const lowest = await page.evaluate<number[]>(
      '[...document.querySelectorAll(".wall-invitation, .wall-foot, .wall-figures")].map((e) => e.scrollHeight - e.clientHeight)',
    )
    expect(Math.max(...lowest)).toBeLessThanOrEqual(1)
    expect(await runAxe(page)).toEqual([])
    await page.close()
  })
})

/** A line to the server that can be cut and mended. */
async function openLine(port: number) {
  const sockets = new Set<Socket>()
  let whole = true
  const proxy = createServer((socket) => {
    socket.on('error', () => {})
    if (!whole) return socket.destroy()
    const behind = connect(port, '127.0.0.1')
    behind.on('error', () => {})
    socket.on('close', () => behind.destroy())
    behind.on('close', () => socket.destroy())
    sockets.add(socket)
    socket.pipe(behind)
    return behind.pipe(socket)
  })
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
  const cut = () => {
    whole = false
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`,
    cut,
    mend: () => {
      whole = true
    },
    close: async () => {
      cut()
      await new Promise((closed) => proxy.close(closed))
    },
  }
}

import { Resvg } from '@resvg/resvg-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { decodeGrey } from '../fixtures/files/decode-qr.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { enrol, openForm, postForm, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const center = 'trung-tam-pvhcc'
const minute = 60_000
let clock = Date.UTC(2026, 10, 23, 3)
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
})
afterAll(() => server.stop())

const wait = (ms: number) => {
  clock += ms
}

/** What a phone reads in an SVG. */
function scan(svg: string): string {
  const { width, height, pixels } = new Resvg(svg.replace('width="100%"', 'width="600"'), {
    background: '#fff',
  }).render()
  const grey = Uint8Array.from({ length: width * height }, (_, index) => pixels[index * 4] as number)
  return decodeGrey({ width, height, pixels: grey }) as string
}
const pathIn = (address: string) => address.slice(new URL(address).origin.length)
const scanScreen = async (place: string, cookie: string) => {
  const html = await (await server.send(links.screen(place), { headers: { cookie } })).text()
  return pathIn(scan(/<svg.*?<\/svg>/s.exec(html)?.[0] as string))
}

describe('enrolment', () => {
  test('is by a link that opens once, within the hour, and by a press, not by looking', async () => {
    const { cookie } = await server.signIn()
    const invite = async () => {
      const form = { name: 'Bàn số 2', kind: 'kiosk' }
      const page = await (await postForm(server, links.placeDevices('QUAYHT'), form, cookie)).text()
      return links.enrolDevice(/\/thiet-bi\/([\w-]{43})/.exec(page)?.[1] as string)
    }
    const link = await invite()
    for (let looks = 0; looks < 2; looks++) {
      const look = await server.send(link)
      expect([look.status, look.headers.getSetCookie()]).toEqual([200, []])
    }
    const first = await postForm(server, link, {})
    expect([first.status, first.headers.get('location')]).toEqual([303, links.survey('QUAYHT', 'kiosk')])
    expect(first.headers.getSetCookie()[0]).toMatch(
      /^yd_device=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax/,
    )
    expect((await postForm(server, link, {})).status).toBe(410)
    const late = await invite()
    wait(61 * minute)
    expect([(await server.send(late)).status, (await postForm(server, late, {})).status]).toEqual([410, 410])
    const foreign = await server.send(await invite(), { method: 'POST', headers: { origin: 'https://evil.example' } })
    expect(foreign.status).toBe(403)
    const list = await (await server.send(links.placeDevices('QUAYHT'), { headers: { cookie } })).text()
    expect(list).toMatch(/Đang dùng.*Thu hồi/s)
    expect(list).not.toContain(first.headers.getSetCookie()[0]?.slice(10, 53))
  })

  test.each([
    [{ name: '', kind: 'kiosk' }, 'Xin ghi tên'],
    [{ name: 'Bàn 1', kind: 'may-in' }, 'Xin chọn máy dùng làm gì'],
  ])('%j is refused in a sentence', async (form, sentence) => {
    const { cookie } = await server.signIn()
    const reply = await postForm(server, links.placeDevices('QUAYHT'), form, cookie)
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining(sentence)])
  })
})

describe('an enrolled tablet', () => {
  test('answers as kiosk at its own place, one person after another, until it is revoked', async () => {
    const cookie = await enrol(server, 'QUAYDD', 'kiosk')
    const answer = async (place: string) => {
      const form = await openForm(server, links.survey(place), cookie)
      wait(20_000)
      await postForm(server, links.survey(place), form, cookie)
      return form.get('channel')
    }
    expect([await answer('QUAYDD'), await answer('QUAYDD'), await answer('QUAYKD')]).toEqual(['kiosk', 'kiosk', 'qr'])
    expect(await storedAt(server, 'QUAYDD')).toEqual(Array(2).fill('kiosk kiosk counted'))
    expect(await storedAt(server, 'QUAYKD')).toEqual(['qr open counted'])
    const { cookie: admin } = await server.signIn()
    const [device] = await server.database.sql`select max(id) as id from devices`
    const revoked = links.revokeDevice('QUAYDD', Number(device?.id))
    expect((await postForm(server, revoked, {}, admin)).status).toBe(303)
    wait(6000)
    expect(await answer('QUAYDD')).toBe('qr')
    expect(await storedAt(server, 'QUAYDD')).toContain('qr open counted')
    expect((await postForm(server, revoked, {}, admin)).status).toBe(404)
  })

  test('is not whoever says so: neither the address nor an invented cookie', async () => {
    for (const cookie of ['', `yd_device=${'A'.repeat(43)}`, 'yd_device=x']) {
      const form = await openForm(server, links.survey('QUAYXH', 'kiosk'), cookie)
      wait(20_000)
      await postForm(server, links.survey('QUAYXH'), form, cookie)
    }
    expect(await storedAt(server, 'QUAYXH')).toEqual(Array(3).fill('qr open counted'))
  })
})

describe('a screen with a changing code', () => {
  test('is seen on an enrolled device of the place only', async () => {
    const cookie = await enrol(server, 'QUAYTH', 'screen')
    const statusOf = async (place: string, own: string) =>
      (await server.send(links.screen(place), { headers: { cookie: own } })).status
    expect([await statusOf('QUAYTH', cookie), await statusOf('QUAYTH', ''), await statusOf('TRTH', cookie)]).toEqual([
      ...[200, 403, 403],
    ])
    const html = await (await server.send(links.screen('QUAYTH'), { headers: { cookie } })).text()
    expect(html).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"/)
  })

  test('is scanned within five minutes, in any language; later, at another place or made up the page is open', async () => {
    const cookie = await enrol(server, 'TRTH', 'screen')
    const path = await scanScreen('TRTH', cookie)
    const send = async (form: URLSearchParams, place = 'TRTH') => {
      wait(20_000)
      await postForm(server, links.survey(place), form)
    }
    wait(5 * minute)
    const html = await (await server.send(path)).text()
    const english = /href="([^"]*lang=en)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') as string
    wait(50 * minute)
    await send(await openForm(server, english))
    expect(await storedAt(server, 'TRTH')).toEqual(['qr presence counted'])
    expect((await openForm(server, english)).get('presence')).toMatch(/^[0-9a-z]+\.[0-9a-f]{20}$/)
    wait(11 * minute)
    expect((await openForm(server, english)).get('presence')).toBeNull()
    expect((await openForm(server, path)).get('presence')).toBeNull()
    const fresh = await scanScreen('TRTH', cookie)
    expect((await openForm(server, fresh.replace('TRTH', 'TRMN'))).get('presence')).toBeNull()
    expect((await openForm(server, `${fresh}0`)).get('presence')).toBeNull()
  })

  test('gives each page its own proof: on another page’s form it proves nothing', async () => {
    const cookie = await enrol(server, 'TRMN', 'screen')
    const [own, open] = [
      await openForm(server, await scanScreen('TRMN', cookie)),
      await openForm(server, links.survey('TRMN')),
    ]
    open.set('presence', own.get('presence') as string)
    wait(20_000)
    await postForm(server, links.survey('TRMN'), open)
    expect(await storedAt(server, 'TRMN')).toEqual(['qr open counted'])
  })

  test('is answered by a server whose clock is half a minute behind', async () => {
    const cookie = await enrol(server, 'QUAYHT', 'screen')
    const path = await scanScreen('QUAYHT', cookie)
    const behind = await startTestServer({ now: () => clock - 30_000, connection: server.connection })
    expect((await openForm(behind, path)).get('presence')).not.toBeNull()
    await behind.stop()
  })

  test('keeps its proof in a form that was refused and sent again', async () => {
    const cookie = await enrol(server, 'KHAMBENH', 'screen')
    const form = await openForm(server, await scanScreen('KHAMBENH', cookie))
    const empty = new URLSearchParams([...form].filter(([name]) => !name.startsWith('a-')))
    wait(20_000)
    const refused = await postForm(server, links.survey('KHAMBENH'), empty)
    const html = await refused.text()
    expect([refused.status, html.includes(form.get('presence') as string)]).toEqual([422, true])
    expect(html).toContain(`/s/KHAMBENH?m=`)
    await postForm(server, links.survey('KHAMBENH'), form)
    expect(await storedAt(server, 'KHAMBENH')).toEqual(['qr presence counted'])
  })
})

test.each([
  [768, 1024],
  [1024, 768],
  [1280, 800],
  [1920, 1080],
])('a screen of %i × %i shows code and words at once, as large as it allows', async (width, height) => {
  const cookie = await enrol(server, 'TRTH', 'screen')
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width, height } })
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: server.url }])
  const page = await context.newPage()
  await page.goto(server.url + links.screen('TRTH'))
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height)
  const code = await page.locator('.screen-code').boundingBox()
  expect(code?.width).toBeGreaterThanOrEqual(0.5 * height)
  const letters = await page
    .locator('.screen p:visible')
    .evaluateAll((all) => Math.min(...all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))))
  expect(letters).toBeGreaterThanOrEqual(0.025 * Math.min(width, height))
  await browser.close()
})

describe('the screen on the wall', () => {
  const wallCode = async (cookie = '') =>
    pathIn(scan(await (await server.send(links.wallCode(center), { headers: { cookie } })).text()))

  test('shows one code for the agency; behind it every open counter is one press away', async () => {
    expect(await wallCode()).toBe(links.counters(center))
    const html = await (await server.send(links.counters(center))).text()
    expect(html.match(/class="button quiet"/g)).toHaveLength(6)
    expect(html).toContain(`href="${links.survey('QUAYHT')}"`)
    expect((await server.send(links.counters('khong-co'))).status).toBe(404)
  })

  test('enrolled, its code changes and proves presence at whatever counter is chosen', async () => {
    const cookie = await enrol(server, 'QUAYHT', 'wall')
    const path = await wallCode(cookie)
    wait(31_000)
    expect(await wallCode(cookie)).not.toBe(path)
    const html = await (await server.send(path)).text()
    const own = /href="(\/s\/QUAYKD\?m=[^"]+)"/.exec(html)?.[1] as string
    const form = await openForm(server, own)
    wait(20_000)
    await postForm(server, links.survey('QUAYKD'), form)
    expect(await storedAt(server, 'QUAYKD')).toContain('qr presence counted')
    const khmer = /href="(\/q\/[^"]*lang=km)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') as string
    wait(10 * minute)
    expect(await (await server.send(khmer)).text()).toMatch(/\/s\/QUAYKD\?m=[^"]+lang=km/)
    expect(await (await server.send(path)).text()).not.toContain('/s/QUAYKD?m=')
  })

  test('another agency’s wall proves nothing here', async () => {
    const cookie = await enrol(server, 'KHAMBENH', 'wall')
    expect(await wallCode(cookie)).toBe(links.counters(center))
  })
})

test('the log names who enrolled and revoked what', async () => {
  const { cookie } = await server.signIn()
  const log = await (await server.send(links.auditFile({ nhom: 'device' }), { headers: { cookie } })).text()
  for (const words of ['Lập liên kết đăng ký máy', 'Đăng ký máy đặt tại chỗ', 'Thu hồi máy đặt tại chỗ'])
    expect(log).toContain(words)
})

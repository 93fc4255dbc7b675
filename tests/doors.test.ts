import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../web/links.ts'
import { wholePage } from '../web/ui/sections/sections.tsx'
import { testPassword } from './fixtures/global-setup.ts'
import { type Door, doors, foreignName, openDoor } from './fixtures/http/doors.ts'
import { answerEverything } from './fixtures/pages/answer-survey.ts'
import { countWaiting } from './fixtures/pages/survey-browser.ts'

const phone = { viewport: { width: 390, height: 844 } }
const center = 'trung-tam-pvhcc'

async function enter(page: Page, { origin }: Door): Promise<void> {
  await page.goto(origin + links.today())
  await page.fill('[name=username]', 'admin')
  await page.fill('[name=password]', testPassword)
  await page.click('form [type=submit]')
  await page.waitForURL(origin + links.today())
}

describe.each(doors)('by %s', (name) => {
  let door: Door
  beforeAll(async () => {
    door = await openDoor(name)
  })
  afterAll(() => door.close())

  test('a member signs in, changes a place, copies an address and signs out', async () => {
    const context = await door.newContext()
    const page = await context.newPage()
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await enter(page, door)
    expect(await page.evaluate('isSecureContext')).toBe(door.isSecure)
    const held = (await context.cookies()).find((one) => one.name === 'yd_session')
    expect(held?.secure).toBe(door.origin.startsWith('https:'))
    await page.goto(door.origin + links.place('QUAYTH'))
    await page.fill('[name=nameVi]', `Quầy mới, qua ${name}`)
    await page.locator('form:has([name=nameVi]) [type=submit]').click()
    await page.waitForURL((url) => url.pathname === links.place('QUAYTH'))
    expect(await page.inputValue('[name=nameVi]')).toBe(`Quầy mới, qua ${name}`)
    await page.goto(door.origin + links.places)
    await page.locator('[data-copyable] button').first().click()
    await page.locator('[data-copyable] button', { hasText: 'Đã chép' }).waitFor()
    await page.click(`form[action="${links.signOut}"] [type=submit]`)
    await page.waitForURL(`**${links.signIn()}`)
    await page.goto(door.origin + links.today())
    expect(new URL(page.url()).pathname).toBe(links.signIn())
    expect(errors).toEqual([])
    await context.close()
  })
})

describe.each(['an address of the office', 'HTTPS by a proxy'] as const)('by %s', (name) => {
  let door: Door
  let clock = Date.UTC(2026, 10, 23, 3)
  beforeAll(async () => {
    door = await openDoor(name, { now: () => clock })
  })
  afterAll(() => door.close())

  test.each([
    ['without script', false, 'QUAYHT'],
    ['with script', true, 'KHAMBENH'],
  ])('a citizen answers %s, and the board and the screen on the wall move', async (_, javaScriptEnabled, place) => {
    const staff = await door.newContext()
    const [board, wall] = [await staff.newPage(), await staff.newPage()]
    await enter(board, door)
    await board.goto(door.origin + links.todayBoard({ phan: wholePage }))
    await wall.goto(door.origin + links.wall(place === 'QUAYHT' ? center : 'tram-y-te'))
    const count = wall.locator('.wall-count')
    await expect.poll(() => wall.locator('#wall-status').textContent()).toBe('Đang cập nhật trực tiếp')
    const before = Number(await count.textContent())
    const citizen = await door.newContext({ ...phone, javaScriptEnabled })
    const page = await citizen.newPage()
    await page.goto(`${door.origin + links.survey(place)}/`)
    clock += 20_000
    await answerEverything(page, javaScriptEnabled)
    await page.waitForURL(/cam-on/)
    await expect.poll(() => board.locator(`[data-place="${place}"]`).textContent()).toContain('1')
    await expect.poll(() => count.textContent()).toBe(String(before + 1))
    expect(await door.server.read(links.api.daily(place))).toMatchObject([{ responses: 1, setAside: 0 }])
    await Promise.all([staff.close(), citizen.close()])
  })

  test('an answer given without network is kept, and goes out once', async () => {
    const citizen = await door.newContext(phone)
    const page = await citizen.newPage()
    await page.goto(door.origin + links.survey('TRTH'))
    clock += 20_000
    await citizen.setOffline(true)
    await answerEverything(page, true)
    await page.locator('#state').waitFor({ state: 'visible' })
    expect(await countWaiting(page)).toBe(1)
    await citizen.setOffline(false)
    await page.close()
    const later = await citizen.newPage()
    await later.goto(door.origin + links.survey('QUAYDD'))
    await expect.poll(() => door.server.read(links.api.daily('TRTH'))).toMatchObject([{ responses: 1 }])
    await expect.poll(() => countWaiting(later)).toBe(0)
    await citizen.close()
  })
})

describe('a page that is not ours', () => {
  let door: Door
  beforeAll(async () => {
    door = await openDoor('a name of the office')
  })
  afterAll(() => door.close())

  /** The form of a stranger, sent as soon as it is read. */
  const trap = (action: string, fields = '') =>
    `<form id="f" method="post" target="_top" action="${action}">${fields}</form><script>document.getElementById('f').submit()</script>`
  const hidden = '<meta name="referrer" content="no-referrer">'
  const framed = (html: string) =>
    `<iframe sandbox="allow-scripts allow-forms allow-top-navigation" srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`

  const pages: [string, (host: string) => string, (form: string) => string][] = [
    ['on another machine', () => foreignName, (form) => form],
    ['on another machine, hiding where from', () => foreignName, (form) => hidden + form],
    ['on another port of ours', (host) => host, (form) => form],
    ['on another port of ours, hiding where from', (host) => host, (form) => hidden + form],
    ['in a sandboxed frame', () => foreignName, framed],
  ]
  test.each(pages)('%s signs nobody in or out', async (_, hostFor, wrap) => {
    const { hostname } = new URL(door.origin)
    await expectHarmless((html) => serveOnce(html, hostFor(hostname)), wrap)
  })

  test('in a data: address signs nobody in or out', async () => {
    const inAddress = async (html: string) => ({ url: `data:text/html,${encodeURIComponent(html)}`, close: () => {} })
    await expectHarmless(inAddress, (form) => form)
  })

  type Trap = { url: string; close(): void }

  async function expectHarmless(set: (html: string) => Promise<Trap>, wrap: (form: string) => string) {
    const context = await door.newContext()
    const member = await context.newPage()
    await enter(member, door)
    const login = `<input name="username" value="admin"><input name="password" value="${testPassword}">`
    for (const [path, fields] of [
      [links.signOut, ''],
      [links.signIn(), login],
    ] as const) {
      const { url, close } = await set(wrap(trap(door.origin + path, fields)))
      const page = await context.newPage()
      const answered = page.waitForResponse((reply) => reply.request().method() === 'POST')
      await page.goto(url).catch(() => undefined)
      expect((await answered).status()).toBe(403)
      close()
    }
    await member.goto(door.origin + links.today())
    expect(new URL(member.url()).pathname).toBe(links.today())
    await context.close()
  }

  async function serveOnce(html: string, host: string): Promise<Trap> {
    const server = createServer((_, reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end(html))
    await new Promise<void>((ready) => server.listen(0, '0.0.0.0', ready))
    return {
      url: `http://${host}:${(server.address() as AddressInfo).port}/`,
      close: () => {
        server.closeAllConnections()
        server.close()
      },
    }
  }
})

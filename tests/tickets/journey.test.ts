import { Resvg } from '@resvg/resvg-js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { decodeGrey, type Grey } from '../fixtures/files/decode-qr.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { countWaiting, goToLastStep, runAxe, tapFace } from '../fixtures/pages/survey-browser.ts'
import { enrol, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { dpi, rasterise } from '../fixtures/reports/read-pdf.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const day = 86_400_000
let clock = Date.UTC(2026, 10, 23, 3)
let browser: Browser
let server: TestServer
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 23, 3)
  server = await startTestServer({ now: () => clock })
})
afterEach(() => server.stop())

/** A telephone, or with a cookie a device or a member of staff. */
async function openContext(cookie = '', options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })
  const [name = '', value = ''] = cookie.split('=')
  if (cookie) await context.addCookies([{ name, value, url: server.url }])
  return context
}

async function answerPlainly(page: Page) {
  for (const one of await page.locator('fieldset:has(.faces)').all())
    await one.locator('[value="5"]').first().check({ force: true })
  clock += 20_000
  await page.locator('form#survey [type=submit]').click()
}

/** The part of a sheet that holds its first slip's symbol, as a camera held over it sees it. */
function cropFirst({ width, pixels }: Grey): Grey {
  const side = Math.round((58 / 25.4) * dpi)
  const lines = Array.from({ length: side }, (_, y) => pixels.subarray(y * width, y * width + side))
  return { width: side, height: side, pixels: Buffer.concat(lines) }
}

async function scanPicture(page: Page): Promise<string> {
  const symbol = page.locator('svg.qr')
  const png = (await symbol.screenshot()).toString('base64')
  const [width, height] = [480, 480]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${png}"/></svg>`
  // Asked once: each asking copies the whole picture.
  const { pixels } = new Resvg(svg).render()
  const grey = Uint8Array.from({ length: width * height }, (_, index) => pixels[index * 4] as number)
  return decodeGrey({ width, height, pixels: grey }) as string
}

/** Codes carry the address in the office's network; the test stays on this machine's own. */
const here = (address: string) => server.url + address.slice(new URL(address).origin.length)

test('a slip of a printed sheet is scanned, answered without script, tried again, and moves the response rate', async () => {
  const { cookie } = await server.signIn()
  const office = await openContext(cookie, { viewport: { width: 1440, height: 900 } })
  const desk = await office.newPage()
  await desk.goto(server.url + links.tickets)
  await desk
    .getByRole('link', { name: /^In nhiều phiếu/ })
    .first()
    .click()
  const place = new URL(desk.url()).pathname.split('/').at(-1) as string
  const form = { count: '20', format: 'a4' }
  const reply = await office.request.post(server.url + links.makeTickets(place), { form })
  const sheet = await reply.body()
  expect(sheet.subarray(0, 5).toString()).toBe('%PDF-')
  const address = decodeGrey(cropFirst(rasterise(sheet, 1))) as string
  expect(new URL(address).pathname).toMatch(/^\/p\/[0-9A-Z]{18}$/)

  const phone = await openContext('', { javaScriptEnabled: false })
  const page = await phone.newPage()
  await page.goto(here(address))
  expect((await page.textContent('h1'))?.trim()).not.toBe('')
  await answerPlainly(page)
  await page.waitForURL('**/cam-on/**')
  expect(await storedAt(server, place)).toEqual(['ticket ticket counted'])
  const again = await page.goto(here(address))
  expect([again?.status(), await page.textContent('h2')]).toEqual([410, 'Phiếu này đã được dùng'])
  await page.getByRole('link', { name: 'Mở phiếu chung' }).click()
  expect(new URL(page.url()).pathname).toBe(links.survey(place))

  clock += day
  await desk.goto(server.url + links.placeTickets(place))
  expect(await desk.textContent('.ticket-rate')).toMatch(/phát 20 phiếu, 1 phiếu được trả lời: tỷ lệ trả lời 5,0\s%/)
  await phone.close()
  await office.close()
})

test('with script a ticket answered offline arrives when the network is back, and counts as a ticket', async () => {
  const { cookie } = await server.signInAs('clerk', ['trung-tam-pvhcc'])
  const office = await openContext(cookie, { bypassCSP: true })
  const desk = await office.newPage()
  await desk.goto(server.url + links.tickets)
  await desk
    .getByRole('button', { name: /^Phát một phiếu của/ })
    .first()
    .click()
  expect(await runAxe(desk)).toEqual([])
  const address = await scanPicture(desk)
  const phone = await openContext()
  const page = await phone.newPage()
  await page.goto(here(address))
  await phone.setOffline(true)
  await answerInSteps(page)
  await expect.poll(() => countWaiting(page)).toBe(1)
  clock += 3_600_000
  await phone.setOffline(false)
  await expect.poll(() => countWaiting(page)).toBe(0)
  expect(await storedAt(server, 'QUAYHT')).toEqual(['ticket ticket counted'])
  await phone.close()
  await office.close()
})

test('a screen’s code is scanned by a telephone; the answer, sent an hour later, keeps its proof; the code grows old', async () => {
  const screen = await openContext(await enrol(server, 'QUAYHT', 'screen'), { viewport: { width: 1024, height: 768 } })
  const wall = await screen.newPage()
  await wall.clock.install()
  await wall.goto(server.url + links.screen('QUAYHT'))
  const first = await scanPicture(wall)
  const phone = await openContext()
  const page = await phone.newPage()
  await page.goto(here(first))
  await phone.setOffline(true)
  await answerInSteps(page)
  await expect.poll(() => countWaiting(page)).toBe(1)
  clock += 3_600_000
  await phone.setOffline(false)
  await expect.poll(() => countWaiting(page)).toBe(0)
  expect(await storedAt(server, 'QUAYHT')).toEqual(['qr presence counted'])

  await wall.clock.runFor(31_000)
  await expect.poll(() => scanPicture(wall)).not.toBe(first)
  const plain = await openContext('', { javaScriptEnabled: false })
  const old = await plain.newPage()
  await old.goto(here(first))
  expect(await old.locator('[name=presence]').count()).toBe(0)
  await old.goto(here(await scanPicture(wall)))
  expect(await old.locator('[name=presence]').count()).toBe(1)
  await answerPlainly(old)
  await old.waitForURL('**/cam-on/**')
  expect(await storedAt(server, 'QUAYHT')).toEqual(['qr presence counted', 'qr presence counted'])
  await Promise.all([screen.close(), phone.close(), plain.close()])
})

test('a screen cut off from the server keeps its code for five minutes, then says so, and comes back by itself', async () => {
  const screen = await openContext(await enrol(server, 'QUAYHT', 'screen'), { viewport: { width: 1024, height: 768 } })
  const wall = await screen.newPage()
  await wall.clock.install()
  await wall.goto(server.url + links.screen('QUAYHT'))
  await screen.setOffline(true)
  const lost = () => wall.locator('#screen-lost').isVisible()
  await wall.clock.runFor(2 * 60_000)
  expect([await lost(), await wall.locator('.screen-code').isVisible()]).toEqual([false, true])
  await expect
    .poll(async () => {
      await wall.clock.runFor(20_000)
      return lost()
    })
    .toBe(true)
  await screen.setOffline(false)
  await expect
    .poll(async () => {
      await wall.clock.runFor(6000)
      return lost()
    })
    .toBe(false)
  expect(here(await scanPicture(wall))).toContain(links.survey('QUAYHT'))
  await screen.close()
})

async function answerInSteps(page: Page) {
  await tapFace(page, 5)
  await goToLastStep(page)
  clock += 20_000
  await page.locator('form#survey [type=submit]').click()
}

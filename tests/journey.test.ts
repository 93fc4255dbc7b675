import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../web/links.ts'
import { wholePage } from '../web/ui/sections/sections.tsx'
import { decodeGrey } from './fixtures/files/decode-qr.ts'
import { testPassword } from './fixtures/global-setup.ts'
import { answerEverything } from './fixtures/pages/answer-survey.ts'
import { openBrowser } from './fixtures/pages/browser.ts'
import { rasterise, readText } from './fixtures/reports/read-pdf.ts'
import { startTestServer, type TestServer } from './fixtures/test-server.ts'

let server: TestServer
let browser: Browser
let clock = Date.UTC(2026, 10, 23, 3)
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startTestServer({ now: () => clock }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const phone = { viewport: { width: 390, height: 844 } }

async function signIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.url + links.today())
  await page.fill('[name=username]', 'admin')
  await page.fill('[name=password]', testPassword)
  await page.click('main [type=submit], form [type=submit]')
  await page.waitForURL(`**${links.today()}`)
  return page
}

/** The path behind a printed code: posters of a test carry this machine's own address. */
async function scanPoster(context: BrowserContext, place: string): Promise<string> {
  const reply = await context.request.get(server.url + links.posters([place], 'a4'))
  const pdf = await reply.body()
  expect(readText(pdf)).toContain(place)
  const address = new URL(decodeGrey(rasterise(pdf, 1)) as string)
  return address.pathname + address.search
}

const receivedAt = (board: Page, place: string) =>
  board.evaluate(async (path) => (await (await fetch(path)).json()) as { responses: number }[], links.api.daily(place))

describe.each([
  ['without script', false, 'QUAYHT'],
  ['with script', true, 'KHAMBENH'],
])('a citizen %s', (_, javaScriptEnabled, place) => {
  test('scans the poster, answers, keeps a receipt, and the board moves by itself', async () => {
    const staff = await browser.newContext()
    const board = await signIn(staff)
    await board.goto(server.url + links.todayBoard({ phan: wholePage }))
    const path = await scanPoster(staff, place)
    expect(path.toUpperCase()).toBe(`/S/${place}`)
    const citizen = await browser.newContext({ ...phone, javaScriptEnabled })
    const page = await citizen.newPage()
    await page.goto(server.url + path)
    clock += 20_000
    await answerEverything(page, javaScriptEnabled)
    await page.waitForURL(/cam-on/)
    expect(await page.locator('.receipt').textContent()).toMatch(/[0-9A-Z]{5}-[0-9A-Z]{5}/)
    await board.waitForFunction(
      (code) => document.querySelector(`[data-place="${code}"]`)?.textContent?.includes('1'),
      place,
    )
    expect(await server.read(links.api.daily(place))).toMatchObject([{ responses: 1, setAside: 0, score: 100 }])
    expect(await receivedAt(board, place)).toMatchObject([{ responses: 0 }])
    await board.click(`form[action="${links.signOut}"] [type=submit]`)
    await board.waitForURL(`**${links.signIn()}**`)
    await Promise.all([staff.close(), citizen.close()])
  })
})

test('an answer given without network goes out once when any survey page of the site is opened with network', async () => {
  const citizen = await browser.newContext(phone)
  const page = await citizen.newPage()
  await page.goto(server.url + links.survey('TRTH'))
  clock += 20_000
  await citizen.setOffline(true)
  await answerEverything(page, true)
  await page.locator('#state').waitFor({ state: 'visible' })
  expect(await page.locator('#state').textContent()).toContain('mạng')
  await page.close()
  await citizen.setOffline(false)
  const later = await citizen.newPage()
  await later.goto(server.url + links.survey('QUAYHT'))
  await later.waitForFunction(() => document.getElementById('outbox')?.textContent)
  await expect.poll(() => server.read(links.api.daily('TRTH'))).toMatchObject([{ responses: 1 }])
  await later.reload()
  expect(await server.read(links.api.daily('TRTH'))).toMatchObject([{ responses: 1, setAside: 0 }])
  await citizen.close()
})

test('a waiting answer that is finally refused stays until its sentence is read, then leaves the outbox', async () => {
  const citizen = await browser.newContext(phone)
  const page = await citizen.newPage()
  await page.goto(server.url + links.survey('TRMN'))
  await citizen.setOffline(true)
  await answerEverything(page, true)
  await page.locator('#state').waitFor({ state: 'visible' })
  await page.close()
  const { cookie } = await server.signIn()
  const close = new URLSearchParams({
    nameVi: 'Trường',
    nameEn: 'School',
    nameKm: 'សាលា',
    status: 'closed',
    budgetPerHour: '',
  })
  await server.send(links.place('TRMN'), { method: 'POST', headers: { cookie }, body: close })
  await citizen.setOffline(false)
  const later = await citizen.newPage()
  await later.goto(server.url + links.survey('QUAYHT'))
  await later.waitForFunction(() => document.getElementById('outbox')?.textContent)
  expect(await later.locator('#outbox').textContent()).toContain('ngừng nhận đánh giá')
  await later.reload()
  await later.getByRole('button', { name: 'Tôi đã xem, bỏ phiếu này' }).click()
  await expect.poll(() => later.locator('#outbox').textContent()).toBe('')
  await later.reload({ waitUntil: 'networkidle' })
  expect(await later.locator('#outbox').textContent()).toBe('')
  await citizen.close()
})

test('sending the same form again from a page kept open is told that the first answer stands', async () => {
  const citizen = await browser.newContext({ ...phone, javaScriptEnabled: false })
  const page = await citizen.newPage()
  await page.goto(server.url + links.survey('TCHUNG'))
  clock += 20_000
  await page.locator('.faces .f5 input').first().check()
  await page.locator('[type=submit]').click()
  await page.waitForURL(/cam-on/)
  const address = page.url()
  await page.goBack()
  await page.locator('.faces .f1 input').first().check()
  await page.locator('[type=submit]').click()
  await page.waitForURL(/cam-on/)
  expect(await server.read(links.api.daily('TCHUNG'))).toMatchObject([{ responses: 1, score: 100 }])
  if (page.url() === address)
    expect(await page.locator('main').textContent()).toMatch(/phiếu (đầu|trước)|đã (được )?gửi/i)
  await citizen.close()
})

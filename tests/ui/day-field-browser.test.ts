import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startTestServer({ now: () => Date.UTC(2026, 10, 28, 3) }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function openPage(options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const context = await browser.newContext(options)
  const [name = '', value = ''] = (await server.signIn()).cookie.split('=')
  await context.addCookies([{ name, value, url: server.url }])
  return context.newPage()
}

const pages = [
  links.today(),
  links.indicators(),
  links.indicator('II.1'),
  links.review(),
  links.audit(),
  links.exports(),
  links.visits(),
  links.visits('2026-11-28', '2026-11-28'),
  links.caseSettings(),
  links.newWave,
]
const fieldsOf = (page: Page) =>
  page.$$eval('.day-input input[type=text]', (inputs) => inputs.map((input) => (input as HTMLInputElement).value))

test('a browser in English and one in Vietnamese show the same form of day, on every page that asks for one', async () => {
  const [english, vietnamese] = [await openPage({ locale: 'en-US' }), await openPage({ locale: 'vi-VN' })]
  for (const path of pages) {
    await english.goto(server.url + path)
    await vietnamese.goto(server.url + path)
    const shown = await fieldsOf(english)
    expect([path, shown.length]).not.toEqual([path, 0])
    expect(shown).toEqual(await fieldsOf(vietnamese))
    for (const day of shown.filter(Boolean)) expect(day).toMatch(/^(\d{2}\/)?\d{2}\/\d{4}$/)
    expect(await english.innerText('main')).not.toMatch(/\b\d{1,2}\/(1[3-9]|2\d|3[01])\/\d{4}/)
  }
})

test('the calendar writes into the field, which is what is sent', async () => {
  const page = await openPage({ locale: 'en-US' })
  await page.goto(server.url + links.audit())
  const button = page.getByRole('button', { name: 'Mở lịch: Từ ngày' })
  await page.getByLabel('Từ ngày', { exact: true }).fill('3/11/2026')
  await button.click()
  expect(await page.$eval('.day-native', (one) => (one as HTMLInputElement).value)).toBe('2026-11-03')
  await page.keyboard.press('Escape')
  await page.$eval('.day-native', (one) => {
    ;(one as HTMLInputElement).value = '2026-11-05'
    one.dispatchEvent(new Event('change'))
  })
  expect(await page.getByLabel('Từ ngày', { exact: true }).inputValue()).toBe('05/11/2026')
  await page.getByRole('button', { name: 'Lọc' }).click()
  expect(new URL(page.url()).searchParams.get('tu')).toBe('05/11/2026')
  expect([...new URL(page.url()).searchParams.keys()].sort()).toEqual(['den', 'nguoi', 'nhom', 'tim', 'tu'])
})

test('without script the field is whole, and typed days are read', async () => {
  const page = await openPage({ locale: 'en-US', javaScriptEnabled: false })
  await page.goto(server.url + links.indicators())
  expect(await page.locator('.day-button').count()).toBe(0)
  await page.getByText('Ngày khác').click()
  await page.getByLabel('Từ ngày').fill('1.9.26')
  await page.getByLabel('Đến ngày').fill('28112026')
  await page.getByRole('button', { name: 'Xem' }).click()
  expect(await page.innerText('main')).toContain('Phiếu từ 01/09/2026 đến 28/11/2026')
  expect(await fieldsOf(page)).toEqual(['01/09/2026', '28/11/2026'])
})

test('axe finds nothing in the field, filled, refused, wide and narrow', async () => {
  for (const width of [390, 1440]) {
    const page = await openPage({ viewport: { width, height: 900 } })
    for (const path of [links.audit(), links.newWave, links.caseSettings(), `${links.review()}?tu=31/02/2026`]) {
      await page.goto(server.url + path)
      await page.evaluate(axe)
      const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string }[] }
      expect([path, violations.map(({ id }) => id)]).toEqual([path, []])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
  }
})

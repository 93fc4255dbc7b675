import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { vi } from '../../web/messages/vi.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

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

test('with script, the household’s second person counts by a tick, and the third reads why the form is set aside', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'vi-VN' })
  const page = await context.newPage()
  const answer = async (tick: boolean) => {
    await page.goto(server.url + links.survey('QUAYHT'))
    if (tick) await page.getByLabel(vi.survey.household).check()
    const first = page.locator('[name^="a-"][value="5"]').first()
    await first.evaluate((input: HTMLInputElement) => input.click())
    clock += 60_000
    await page.evaluate(() => (document.getElementById('survey') as HTMLFormElement).requestSubmit())
    await page.waitForURL(/cam-on/)
    return page.locator('main').innerText()
  }
  expect(await answer(false)).not.toContain(vi.thanks.aside)
  expect(await answer(true)).not.toContain(vi.thanks.aside)
  expect(await answer(false)).toContain(vi.thanks.aside)
  const rows = await server.database.sql`select reason from responses order by received_at`
  expect(rows.map(({ reason }) => reason)).toEqual([null, null, 'same_device'])
  await context.close()
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { vi as words } from '../../web/messages/vi.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe, showsQuestion, tapFace } from '../fixtures/pages/survey-browser.ts'
import { openForm, postForm } from '../fixtures/pages/ticket-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startTestServer()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const sizeOf = (html: string) => /<html class="chu-to"/.test(html)

test.each([true, false])(
  'large letters last, over pages and visits, and go again (with script: %s)',
  async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    const textPx = () =>
      page
        .locator('legend:visible')
        .first()
        .evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize))
    await page.goto(server.url + links.survey('QUAYHT'))
    const usual = javaScriptEnabled ? await textPx() : 0
    if (javaScriptEnabled) {
      await tapFace(page, 4)
      await showsQuestion(page, 2)
    } else await page.locator('.faces .f4').first().click()
    const id = await page.locator('[name=id]').getAttribute('value')
    await page.getByRole('button', { name: words.page.largeText }).click()
    await page.locator('html.chu-to').waitFor()
    expect(await page.locator('[name=id]').getAttribute('value')).toBe(id)
    expect(await page.locator('.faces .f4 input').first().isChecked()).toBe(true)
    if (javaScriptEnabled) {
      await showsQuestion(page, 2)
      expect(await textPx()).toBeGreaterThan(usual * 1.3)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
      expect(await runAxe(page)).toEqual([])
    }
    for (const path of [links.survey('TRTH'), links.findReply(), '/s/KHONGCO', links.method, links.publicResults]) {
      await page.goto(server.url + path)
      expect(await page.locator('html.chu-to').count(), path).toBe(1)
    }
    await page.goto(server.url + links.survey('QUAYHT'))
    await page.getByRole('button', { name: words.page.usualText }).click()
    await page.locator('html:not(.chu-to)').waitFor()
    await page.goto(server.url + links.survey('TRTH'))
    expect(await page.locator('html.chu-to').count()).toBe(0)
    await context.close()
  },
)

test('the choice is the browser’s alone: the page without its cookie is as it was', async () => {
  const form = await openForm(server, links.survey('QUAYHT'))
  form.set('chu', 'to')
  const reply = await postForm(server, links.survey('QUAYHT'), form)
  expect(reply.headers.getSetCookie()[0]).toMatch(/^yd_chu=to; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax/)
  expect(sizeOf(await reply.text())).toBe(true)
  expect(sizeOf(await (await server.send(links.survey('QUAYHT'))).text())).toBe(false)
  const invented = { headers: { cookie: 'yd_chu="><script>' } }
  expect(sizeOf(await (await server.send(links.survey('QUAYHT'), invented)).text())).toBe(false)
})

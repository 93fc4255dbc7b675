import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { demoNow, enterAs, startDemoServer } from '../fixtures/demo-server.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import type { TestServer } from '../fixtures/test-server.ts'

const [from, to] = ['2026-09-01', '2026-09-20']
let server: TestServer
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemoServer(() => demoNow), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function openFor(username: string, work: (page: Page) => Promise<void>, script = true): Promise<void> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: script, bypassCSP: true })
  await enterAs(context, server, username)
  await work(await context.newPage())
  await context.close()
}

describe.each([
  ['with script', true],
  ['without script', false],
])('%s', (_, script) => {
  test('one click leads from a score to why, and one back to the same days', async () => {
    await openFor(
      'canbo-pvhcc',
      async (page) => {
        await page.goto(server.url + links.todayPeriod(from, to))
        const row = page.locator('tr[data-place="QUAYDD"]')
        const score = await row.locator('.col-score b').innerText()
        await row.getByRole('link').first().click()
        expect(page.url()).toBe(server.url + links.todayPlace('QUAYDD', from, to))
        expect(await page.locator('.hero-value').first().innerText()).toContain(score)
        const why = page.getByRole('region', { name: 'Tiêu chí kéo điểm xuống' })
        expect(await why.locator('tbody tr').first().locator('.part-score').innerText()).toMatch(/\d,\d/)
        await page.getByRole('link', { name: '‹ Hôm nay' }).click()
        expect(page.url()).toBe(server.url + links.todayPeriod(from, to))
      },
      script,
    )
  })

  test('one click puts the lowest score first', async () => {
    await openFor(
      'phutrach-pvhcc',
      async (page) => {
        const scoresOf = async () => {
          const texts = await page.locator('.places-today .col-score b').allInnerTexts()
          return texts.map((text) => Number(text.replace(',', '.')))
        }
        await page.goto(server.url + links.todayPeriod(from, to))
        const arranged = await scoresOf()
        await page.getByRole('link', { name: 'Điểm thấp trước' }).click()
        const lowest = arranged.toSorted((a, b) => a - b)
        expect(lowest).not.toEqual(arranged)
        expect(await scoresOf()).toEqual(lowest)
      },
      script,
    )
  })
})

test('axe finds nothing on any section of a place, narrow in light and wide in dark', async () => {
  await openFor('phutrach-pvhcc', async (page) => {
    for (const section of [undefined, 'linh-vuc', 'y-kien', 'dien-bien', 'de-rieng', 'tat-ca']) {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto(server.url + links.todayPlace('QUAYDD', from, to, section))
      expect([section, await runAxe(page)]).toEqual([section, []])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 1440, height: 900 })
      expect([section, await runAxe(page)]).toEqual([section, []])
    }
  })
})

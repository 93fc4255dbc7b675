import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startTestServer(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function openPart(path: string, options: { width: number; script: boolean }) {
  const viewport = { width: options.width, height: 900 }
  const context = await browser.newContext({ viewport, javaScriptEnabled: options.script })
  const [name = '', value = ''] = (await server.signIn()).cookie.split('=')
  await context.addCookies([{ name, value, url: server.url }])
  const page = await context.newPage()
  await page.goto(server.url + path)
  return { page, close: () => context.close() }
}

const save = (page: Page) => page.click('button[value="save"]')
const unreviewed = { loc: 'chua-duyet' } as const

describe('a translator on a telephone without script', () => {
  test('goes on from the texts that are left, ten at a time', async () => {
    const { page, close } = await openPart(links.translationPart('posters', unreviewed), { width: 390, script: false })
    expect(await page.locator('.translation').count()).toBe(2)
    await page.check('[name="r0"]')
    await save(page)
    await page.waitForURL(/luu=roi/)
    expect(await page.locator('.translation').count()).toBe(1)
    expect(await page.textContent('main')).toContain('Đã duyệt 1 trên 2 câu.')
    await page.click('button[value="review-all"]')
    expect(await page.textContent('main')).toContain('Mọi câu của phần này đã được duyệt.')
    await close()
  })

  test('keeps the places where a word may break, unchanged by the browser', async () => {
    const path = links.translationPart('survey', { phan: 'tat-ca' })
    const { page, close } = await openPart(path, { width: 390, script: false })
    await save(page)
    await page.waitForURL(/luu=roi/)
    expect(await server.database.sql`select key from wordings`).toEqual([])
    await close()
  })

  test('has what was typed after a refusal, each problem leading to its text', async () => {
    const { page, close } = await openPart(links.translationPart('survey'), { width: 390, script: false })
    await page.fill('[name="t0"]', 'Ngôn ngữ')
    await page.fill('[name="t1"]', 'អក្សរធំៗ')
    await save(page)
    expect([await page.inputValue('[name="t0"]'), await page.inputValue('[name="t1"]')]).toEqual(['Ngôn ngữ', 'អក្សរធំៗ'])
    expect(await page.locator('.notice.problem a').getAttribute('href')).toBe('#t0')
    expect(await server.database.sql`select key from wordings`).toEqual([])
    await close()
  })
})

test.each([390, 1440])('axe finds nothing after a refusal, at %i px', async (width) => {
  const { page, close } = await openPart(links.translationPart('survey'), { width, script: true })
  await page.fill('[name="t0"]', '')
  await save(page)
  await page.waitForSelector('.notice.problem')
  expect(await runAxe(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  await close()
})

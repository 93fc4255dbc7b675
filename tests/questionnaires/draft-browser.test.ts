import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { findSmall, runAxe } from '../fixtures/pages/survey-browser.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

describe('the questionnaire editor in a browser', () => {
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

  /** The editor of a questionnaire, and what the browser complained about. */
  async function openEditor(code: string, options: BrowserContextOptions) {
    const context = await browser.newContext(options)
    const [name = '', value = ''] = (await server.signIn()).cookie.split('=')
    await context.addCookies([{ name, value, url: server.url }])
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(server.url + links.draftQuestionnaire(code))
    return { page, complaints, close: () => context.close() }
  }
  const field = (path: string) => `[id="${path}"]`
  /** A part of the draft is folded until somebody works on it. */
  const unfold = (page: Page, path: string) => page.click(`${field(path)} > details > summary`)
  const frameOf = (page: Page) => page.frame({ name: 'xem-thu' }) as Frame

  test('without JavaScript a button comes back to the part it moved, with everything that was typed', async () => {
    const { page, close } = await openEditor('administrative', { javaScriptEnabled: false, viewport: phone })
    await page.fill(field('title.vi'), 'Chưa lưu')
    await unfold(page, 'factors.2')
    await unfold(page, 'factors.2.criteria.1')
    await page.click('[value="down:factors.2.criteria.1"]')
    await page.waitForURL(/#factors\.2\.criteria\.2$/)
    expect(await page.inputValue(field('title.vi'))).toBe('Chưa lưu')
    expect(await page.inputValue(field('factors.2.criteria.2.code'))).toBe('sipas-24')
    const moved = await page.locator(field('factors.2.criteria.2.official')).boundingBox()
    const bar = await page.locator('.draft-bar').boundingBox()
    expect(moved?.y).toBeGreaterThan((bar?.y ?? 0) + (bar?.height ?? 0))
    expect(moved?.y).toBeLessThan(phone.height)
    await page.click('.draft-bar .button')
    await page.waitForURL(/luu=roi/)
    expect(await page.inputValue(field('title.vi'))).toBe('Chưa lưu')
    await close()
  })

  test('Enter in a field saves, and never moves or removes a part', async () => {
    const { page, close } = await openEditor('vaccination', { viewport: desk })
    await unfold(page, 'factors.0')
    await unfold(page, 'factors.0.criteria.0')
    await page.fill(field('factors.0.criteria.0.official'), 'A1-x')
    await page.press(field('factors.0.criteria.0.official'), 'Enter')
    await page.waitForURL(/luu=roi/)
    expect(await page.inputValue(field('factors.0.criteria.0.official'))).toBe('A1-x')
    await close()
  })

  test('the preview is as wide as a phone, shows what is typed and leaves it where it is', async () => {
    const { page, complaints, close } = await openEditor('education-primary', { viewport: desk })
    expect(await frameOf(page).evaluate(() => window.innerWidth)).toBe(360)
    await unfold(page, 'extra.0')
    await page.fill(field('extra.0.text.en'), 'How was it, all in all?')
    await page.getByRole('button', { name: 'Tiếng Anh' }).click()
    await expect.poll(() => frameOf(page).locator('body').innerText()).toContain('How was it, all in all?')
    expect(await page.inputValue(field('extra.0.text.en'))).toBe('How was it, all in all?')
    await frameOf(page).locator('form button[type=submit]').click()
    await expect.poll(() => frameOf(page).locator('body').innerText()).toContain('Phiếu không được gửi')
    expect(page.url()).toBe(server.url + links.draftQuestionnaire('education-primary'))
    expect(complaints).toEqual([])
    await close()
  })

  test('a counter appears when a text gets long, and says by how much it is too long', async () => {
    const { page, close } = await openEditor('outpatient', { viewport: desk })
    await unfold(page, 'factors.0')
    await unfold(page, 'factors.0.criteria.0')
    const box = page.locator(field('factors.0.criteria.0.text.vi'))
    const counter = page.locator(`${field('factors.0.criteria.0.text.vi')} + .draft-counter`)
    expect(await counter.isVisible()).toBe(false)
    await box.fill('ệ'.normalize('NFD').repeat(150))
    expect(await counter.innerText()).toBe('Còn 10 ký tự')
    await box.fill('a'.repeat(163))
    expect(await counter.innerText()).toBe('Quá 3 ký tự')
    await close()
  })

  test.each([
    [390, 'light'],
    [768, 'dark'],
    [1440, 'light'],
  ] as const)(
    'axe finds nothing at %i px in %s, nothing overflows, every button is large enough',
    async (width, colorScheme) => {
      const { page, close } = await openEditor('household', { colorScheme, viewport: { width, height: 900 } })
      for (const isWrong of [false, true]) {
        if (isWrong) {
          await unfold(page, 'factors.0')
          await page.fill(field('factors.0.title.km'), '')
          await Promise.all([page.waitForNavigation(), page.click('.draft-bar .button')])
          await page.getByText('Bản thảo chưa được lưu').first().waitFor()
        }
        expect(await runAxe(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
        expect(await findSmall(page, '.draft-columns .button', 40)).toEqual([])
      }
      await close()
    },
  )
})

const phone = { width: 390, height: 844 }
const desk = { width: 1440, height: 900 }

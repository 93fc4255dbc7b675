import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { demoNow, startDemoServer } from '../fixtures/demo-server.ts'
import { testPassword } from '../fixtures/global-setup.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import type { TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemoServer(() => demoNow), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

type Hand = {
  page: Page
  press: (role: 'link' | 'button', name: string | RegExp, inside?: string) => Promise<void>
  choose: (field: string, value: string) => Promise<void>
}

/**
 * From the page that signing in opens, by the mouse alone; gives how often it was pressed. What is typed is not counted,
 * what is chosen is.
 */
async function countClicks(username: string, script: boolean, work: (hand: Hand) => Promise<void>): Promise<number> {
  const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(server.url + links.signIn())
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', testPassword)
  await page.click('main [type=submit]')
  await page.waitForURL((url) => url.pathname === links.today())
  let clicks = 0
  await work({
    page,
    press: async (role, name, inside = 'body') => {
      clicks += 1
      await page
        .locator(inside)
        .getByRole(role, { name, exact: typeof name === 'string' })
        .first()
        .click()
      await page.waitForLoadState()
    },
    choose: async (field, value) => {
      clicks += 1
      await page.locator(`select[name=${field}]`).selectOption(value)
    },
  })
  await context.close()
  return clicks
}

describe.each([
  ['with script', true],
  ['without script', false],
])('%s', (_, script) => {
  test('a score and why it stands there: one click, for a clerk and for a leader', async () => {
    const clerk = await countClicks('canbo-pvhcc', script, async ({ page, press }) => {
      await press('link', /^Quầy 1/, '.places-today')
      expect(await page.locator('.hero-value').first().innerText()).toMatch(/\d,\d/)
      expect(
        await page.getByRole('region', { name: 'Tiêu chí kéo điểm xuống' }).locator('tbody tr').count(),
      ).toBeGreaterThan(2)
    })
    const leader = await countClicks('lanhdao', script, async ({ page, press }) => {
      await press('link', /^Trung tâm Phục vụ/, '[data-agency]')
      expect(await page.locator('.agency .places-today tbody tr').count()).toBeGreaterThan(4)
    })
    expect([clerk, leader]).toEqual([1, 1])
  })

  test('a quarter of the health services as one page to print: two clicks', async () => {
    const clicks = await countClicks('phutrach-yte', script, async ({ page, press }) => {
      await press('link', 'Y tế', 'nav[aria-label="Các phần"]')
      await press('link', /^In quý /)
      expect(await page.locator('h1 + .lead').innerText()).toContain('Quý II/2026')
      expect(await page.getByText('Trang này có đủ mọi phần').count()).toBe(1)
      expect(await page.locator('main h2').count()).toBeGreaterThan(3)
    })
    expect(clicks).toBeLessThanOrEqual(2)
  })

  test('the six targets and where each may end: one click', async () => {
    const clicks = await countClicks('lanhdao', script, async ({ page, press }) => {
      await press('link', 'Toàn xã')
      expect(await page.locator('.standing').first().locator('tbody tr').count()).toBe(6)
      expect(
        await page
          .getByRole('region', { name: /^Cuối kỳ sẽ ra sao/ })
          .locator('dt')
          .count(),
      ).toBeGreaterThan(3)
    })
    expect(clicks).toBe(1)
  })
})

test('a complaint is answered in three clicks', async () => {
  const clicks = await countClicks('canbo-pvhcc', true, async ({ page, press }) => {
    await press('link', 'Ý kiến', 'nav[aria-label="Các phần"]')
    await press('link', /./, '.case-list h2')
    await page.fill('textarea[name=reply]', 'Chúng tôi đã thêm một người ở quầy này, cảm ơn Ông/Bà.')
    await press('button', 'Gửi trả lời')
    expect(await page.locator('main').innerText()).toContain('Chúng tôi đã thêm một người ở quầy này')
    expect(await page.locator('main').innerText()).toContain('Đã trả lời')
  })
  expect(clicks).toBeLessThanOrEqual(3)
})

test('a school is added and its poster printed in six clicks', async () => {
  const clicks = await countClicks('admin', true, async ({ page, press, choose }) => {
    await press('link', /^Nơi phục vụ, mã QR/)
    await press('link', 'Thêm nơi phục vụ', 'main')
    await press('link', /^(Trường học|Giáo dục)/, 'main')
    await page.fill('[name=nameVi]', 'Trường Mầm non ấp Tân')
    await choose('questionnaire', 'education-preschool')
    await press('button', 'Thêm nơi phục vụ', 'main')
    expect(await page.locator('main').innerText()).toContain('Trường Mầm non ấp Tân')
    const href = await page.getByRole('link', { name: /in tờ dán mã QR/i }).getAttribute('href')
    const poster = await page.context().request.get(server.url + (href as string))
    expect([poster.status(), poster.headers()['content-type']]).toEqual([200, expect.stringMatching(/pdf|html/)])
    await press('link', /in tờ dán mã QR/i, 'main')
  })
  expect(clicks).toBeLessThanOrEqual(6)
})

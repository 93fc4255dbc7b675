import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { testPassword } from '../fixtures/global-setup.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let browser: Browser
let clock = Date.UTC(2026, 10, 23, 3)
const dayMs = 86_400_000
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startTestServer({ now: () => clock }), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function signIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.url + links.waves)
  await page.fill('[name=username]', 'admin')
  await page.fill('[name=password]', testPassword)
  await page.click('main [type=submit]')
  await page.waitForURL(`**${links.waves}`)
  return page
}

async function planOutpatients(page: Page, name: string, opensOn: string, closesOn: string): Promise<void> {
  await page.goto(server.url + links.newWave)
  await page.fill('[name=name]', name)
  await page.selectOption('[name=owner]', 'tram-y-te')
  await page.selectOption('[name=questionnaire]', 'outpatient')
  await page.check('[name=channels][value=qr]')
  await page.fill('[name=opensOn]', opensOn)
  await page.fill('[name=closesOn]', closesOn)
  await page.fill('[name=strata]', 'Khám bệnh; 900\nKhám sức khỏe; 300')
  await page.check('[name=formula][value=stratified]')
  await page.click('main form [type=submit]')
  await page.waitForURL(/dot-khao-sat\/\d+$/)
}

/** Types keys as one hand on the number pad would, once the page says which keys it takes. */
async function press(page: Page, keys: string): Promise<void> {
  await page.locator('[data-keys]').waitFor({ state: 'visible' })
  const names: Record<string, string> = { '⏎': 'Enter', '⌫': 'Backspace', '-': '-' }
  for (const key of keys) await page.keyboard.press(names[key] ?? key)
}

/** Enter after Enter over the questions that stay empty, and the last one stores the form. */
async function leaveOutTheRest(page: Page): Promise<void> {
  const isAtEnd = () => page.evaluate(() => document.activeElement?.textContent === 'Ghi phiếu')
  for (let left = 20; left > 0 && !(await isAtEnd()); left -= 1) await press(page, '⏎')
  expect(await isAtEnd()).toBe(true)
  await press(page, '⏎')
}

/** A citizen's phone: the code's page without script, answered with one face everywhere. */
async function answerOnPhone(level: number): Promise<void> {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
  const page = await phone.newPage()
  await page.goto(server.url + links.survey('KHAMBENH'))
  clock += 20_000
  for (const face of await page.locator(`.faces .f${level} input`).all()) await face.check()
  await page.locator('[type=submit]').click()
  await page.waitForURL(/cam-on/)
  await phone.close()
}

test('a yearly wave: plan, paper forms by number keys, answers by code, close, and nothing moves afterwards', async () => {
  const staff = await browser.newContext()
  const page = await signIn(staff)
  expect(await page.locator('main').textContent()).toContain('Chưa có đợt khảo sát nào')
  await planOutpatients(page, 'Hài lòng người bệnh 2026', '2026-11-23', '2026-11-27')
  const address = page.url()

  await page.click('main >> text=Nhập phiếu')
  await page.selectOption('[name=stratum]', { label: 'Khám sức khỏe' })
  await page.focus('[name=formNumber]')
  // Number accepted; a wrong 3 taken back; one criterion left out by Enter, one by "-", one without an opinion.
  await press(page, `⏎3⌫⌫5⏎-0${'4'.repeat(27)}`)
  await press(page, '5120⏎1')
  await leaveOutTheRest(page)
  await page.waitForURL(/da=1/)
  expect(await page.locator('.notice').textContent()).toBe('Đã ghi phiếu 1')
  expect(await page.inputValue('[name=formNumber]')).toBe('2')
  expect(await page.locator('[name=stratum] :checked').textContent()).toBe('Khám sức khỏe')
  await press(page, `⏎${'5'.repeat(31)}5`)
  await leaveOutTheRest(page)
  await page.waitForURL(/da=2/)
  const typed = server.database.sql`
    select answers, extras from entries join responses on responses.id = response_id order by form_number`
  expect(await typed).toMatchObject([
    { answers: `5--0${'4'.repeat(27)}`, extras: { overall: 5, expectation: 120, return: 'certainly' } },
    { answers: '5'.repeat(31), extras: { overall: 5 } },
  ])

  for (const level of [5, 2]) await answerOnPhone(level)
  await page.goto(address)
  expect(await page.locator('.wave-figures').textContent()).toMatch(/^4 trên .* phiếu dự kiến4 phiếu nhận được0 phiếu/)
  expect(await page.locator('.wave-progress').textContent()).toContain('Không rõ địa bàn')

  clock += 6 * dayMs
  await page.reload()
  expect(await page.locator('main').textContent()).toContain('Đã hết hạn nhận phiếu')
  await page.check('[name=confirmed]')
  await page.click('main >> text=Kết thúc đợt >> nth=-1')
  await page.waitForSelector('.wave-sources')
  const result = await page.locator('main').textContent()
  expect(result).toContain('Khám bệnh. Điểm không nói gì về người ở những nơi này.')
  expect(result).toContain('2 phiếu không rõ địa bàn, không vào điểm tính theo địa bàn')

  await answerOnPhone(1)
  await server.database.sql`update responses set standing = 'set_aside', reason = 'same_device'`
  await server.countDiffering()
  await page.reload()
  expect(await page.locator('main').textContent()).toBe(result)
  await page.goto(server.url + links.waves)
  expect(await page.locator('main').textContent()).toMatch(/Đã kết thúc.*Hài lòng người bệnh 2026.*100,0/)
  await staff.close()
})

test('without script a form is typed with the keyboard all the same', async () => {
  const staff = await browser.newContext({ javaScriptEnabled: false })
  const page = await signIn(staff)
  const today = new Date(clock).toISOString().slice(0, 10)
  await planOutpatients(page, 'Không kịch bản', today, today)
  const address = page.url()
  await page.goto(`${address}/nhap-phieu`)
  await page.fill('[name=formNumber]', '9')
  await page.fill('[name=a-kb-a1]', '4')
  await page.fill('[name=a-kb-b1]', '-')
  await page.click('.entry-end [type=submit]')
  await page.waitForURL(/da=9/)
  expect(await page.locator('.notice').textContent()).toBe('Đã ghi phiếu 9')
  expect(await page.inputValue('[name=formNumber]')).toBe('10')
  await staff.close()
})

test('the household form fits two sheets of A4, in Vietnamese and in Khmer', async () => {
  const staff = await browser.newContext()
  const page = await signIn(staff)
  await page.goto(server.url + links.newWave)
  await page.fill('[name=name]', 'Hộ gia đình 2026')
  await page.selectOption('[name=owner]', 'phong-van-hoa-xa-hoi')
  await page.selectOption('[name=questionnaire]', 'household')
  const today = new Date(clock).toISOString().slice(0, 10)
  await page.fill('[name=opensOn]', today)
  await page.fill('[name=closesOn]', today)
  await page.click('main form [type=submit]')
  await page.waitForURL(/dot-khao-sat\/\d+$/)
  for (const lang of ['vi', 'km']) {
    await page.goto(`${page.url().replace(/\/phieu-giay.*/, '')}/phieu-giay?lang=${lang}`)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g), lang).toHaveLength(2)
  }
  await staff.close()
})

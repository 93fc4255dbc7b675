import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FirstRunFacts, type FirstStepState, firstSteps } from '../../server/first-run/contract.ts'
import { isShownOnLanding, viewFirstRun } from '../../server/first-run/rules.ts'
import { links } from '../../web/links.ts'
import { testPassword } from '../fixtures/global-setup.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

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

const nothing: FirstRunFacts = {
  openAgencies: 0,
  coordinator: null,
  agenciesChanged: false,
  openPlaces: 0,
  placesChanged: false,
  qrOpenings: 0,
  colleagues: 0,
  publicUrl: null,
  responses: 0,
  trialPlace: null,
  skipped: [],
  checked: [],
  dismissed: false,
}
const stateOf = (name: string, facts: Partial<FirstRunFacts>) =>
  viewFirstRun({ ...nothing, ...facts }).steps.find((step) => step.name === name)?.state

describe('a step', () => {
  test.each<[string, Partial<FirstRunFacts>, FirstStepState]>([
    ['agencies', {}, 'todo'],
    ['agencies', { openAgencies: 8 }, 'todo'],
    ['agencies', { openAgencies: 8, coordinator: 'Phòng' }, 'look'],
    ['agencies', { openAgencies: 8, coordinator: 'Phòng', agenciesChanged: true }, 'done'],
    ['places', {}, 'todo'],
    ['places', { openPlaces: 11 }, 'look'],
    ['places', { openPlaces: 11, placesChanged: true }, 'done'],
    ['posters', { qrOpenings: 1 }, 'done'],
    ['colleagues', { colleagues: 1 }, 'done'],
    ['address', { publicUrl: 'https://ydan.example.vn' }, 'done'],
    ['trial', { responses: 1 }, 'done'],
    ['method', {}, 'look'],
    ['method', { checked: ['method'] }, 'done'],
    ['places', { openPlaces: 11, checked: ['places'] }, 'done'],
    ['places', { checked: ['places'] }, 'todo'],
    ['posters', { skipped: ['posters'] }, 'skipped'],
    ['posters', { skipped: ['posters'], qrOpenings: 1 }, 'done'],
  ])('%s with %j is %s', (name, facts, state) => expect(stateOf(name, facts)).toBe(state))

  test('is shown on the landing page until every step is settled or the list is put away', () => {
    const isShown = (facts: Partial<FirstRunFacts>) => isShownOnLanding(viewFirstRun({ ...nothing, ...facts }))
    expect(isShown({})).toBe(true)
    expect(isShown({ responses: 1 })).toBe(true)
    expect(isShown({ dismissed: true })).toBe(false)
    const others = firstSteps.filter((name) => name !== 'trial')
    expect(isShown({ skipped: others })).toBe(true)
    expect(isShown({ skipped: others, responses: 1 })).toBe(false)
  })

  test('comes before what depends on it: the address before the posters', () => {
    expect(firstSteps.indexOf('address')).toBeLessThan(firstSteps.indexOf('posters'))
  })
})

/** Each step's state as the page says it. */
const statesOn = (page: Page) => page.locator('.first-step .tag').allTextContents()

test('an administrator is led from signing in to the first answer', async () => {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await page.goto(server.url + links.home)
  await page.click(`a[href="${links.signIn()}"]`)
  await page.fill('input[name="username"]', 'admin')
  await page.fill('input[name="password"]', testPassword)
  await page.click('main button[type="submit"]')
  await page.waitForURL(`**${links.today()}`)
  const states = ['Xin xem lại', 'Xin xem lại', 'Chưa có', 'Chưa có', 'Chưa có', 'Chưa có', 'Xin xem lại']
  expect(await statesOn(page)).toEqual(states)

  await page.click('text=Xem đơn vị')
  await page.click('text=Trạm Y tế')
  await page.fill('#shortName', 'Trạm YT')
  await page.click('main form.card button[type="submit"]')
  await page.goto(server.url + links.firstRun)
  await page.click('text=Xem nơi phục vụ')
  await page.click('a[href="/diem-phuc-vu/TRMN"]')
  await page.fill('#nameVi', 'Trường Mầm non Hoa Hồng')
  await page.click('main form.card button[type="submit"]')
  await server.send(links.survey('TRMN'))
  await server.signInAs('leader')
  await page.goto(server.url + links.firstRun)
  await page.locator('.first-step', { hasText: 'PUBLIC_URL' }).getByRole('button').click()
  await page.click('text=Mở phiếu')
  expect(page.url()).toContain('/s/QUAYHT')
  await server.answer(await fullBody(server, 'QUAYHT', 5))

  const settled = ['Đã có', 'Đã có', 'Bỏ qua', 'Đã có', 'Đã có', 'Đã có', 'Xin xem lại']
  await page.goto(server.url + links.firstRun)
  // Openings are stored a moment after the page.
  const readAgain = async () => {
    await page.reload()
    return statesOn(page)
  }
  await expect.poll(readAgain).toEqual(settled)
  await page.click('text=Làm lại bước này')
  expect((await statesOn(page))[2]).toBe('Chưa có')
  await page.goto(server.url + links.today())
  expect(await page.locator('.first-run-card').count()).toBe(0)
  expect(await page.textContent('.first-run-rest')).toContain('còn 2 trên 7 bước')
  await page.goto(server.url + links.system)
  await page.click('text=Các bước bắt đầu')
  await page.click('text=Đã đọc')
  expect((await statesOn(page))[6]).toBe('Đã có')
  await page.context().close()
})

test('the list is put away for good, and comes back when asked', async () => {
  const other = await startTestServer()
  const { cookie } = await other.signIn()
  const headers = { cookie }
  const shows = async () =>
    (await (await other.send(links.today(), { headers })).text()).includes('class="first-run-card"')
  const put = (form: Record<string, string>) =>
    other.send(links.firstRun, { method: 'POST', headers, body: new URLSearchParams(form) })
  expect(await shows()).toBe(true)
  expect((await put({ show: 'no' })).headers.get('location')).toBe(links.today())
  expect(await shows()).toBe(false)
  await put({ show: 'yes' })
  expect(await shows()).toBe(true)
  for (const skip of firstSteps) await put({ skip })
  expect(await (await other.send(links.firstRun, { headers })).text()).toContain('bỏ qua 7 trên 7 bước')
  expect((await put({ skip: 'nothing' })).status).toBe(400)
  await other.stop()
})

test('nobody else is shown the list', async () => {
  const other = await startTestServer()
  const { cookie } = await other.signInAs('leader')
  const today = await other.send(links.today(), { headers: { cookie } })
  expect([today.status, await today.text()]).toEqual([200, expect.not.stringContaining('first-run-card')])
  expect((await other.send(links.firstRun, { headers: { cookie } })).status).toBe(403)
  await other.stop()
})

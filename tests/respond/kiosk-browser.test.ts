import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { links } from '../../web/links.ts'
import { en } from '../../web/messages/en.ts'
import { vi as words } from '../../web/messages/vi.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { type Cable, layCable } from '../fixtures/pages/cable.ts'
import { countWaiting, launchRemembering, runAxe, tapFace } from '../fixtures/pages/survey-browser.ts'
import { postForm, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const place = 'QUAYHT'
const start = links.survey(place, 'kiosk')
let clock = 0
let browser: Browser
let server: TestServer
let cable: Cable
let context: BrowserContext
let page: Page
let pageErrors: Error[]

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 27, 2)
  server = await startTestServer({ now: () => clock })
  cable = await layCable(server.url)
  pageErrors = []
  await openTablet(browser)
})
afterEach(async () => {
  await context.close()
  await cable.close()
  await server.stop()
  expect(pageErrors).toEqual([])
})

test('thirty answers in an hour are counted, each from the enrolled tablet, and none sees the last', async () => {
  await context.close()
  const remembering = await launchRemembering()
  onTestFinished(() => remembering.close())
  await openTablet(remembering)
  const ids = new Set<string>()
  const receipts = new Set<string>()
  for (let person = 1; person <= 30; person++) {
    await pass(110_000)
    expect(await page.locator(':checked:not(option)').count()).toBe(0)
    ids.add(await page.locator('[name=id]').inputValue())
    await answerAs(person)
    receipts.add((await page.locator('.receipt b').textContent()) as string)
    expect(await whatIsKept()).not.toMatch(/Việc của người|yd_phieu|yd_mark|yd_aside|yd_replay/)
    await pass(8000)
    await showsQuestion(page, 1)
    expect(page.url()).toBe(cable.url + start)
    const kept = `${await page.content()} ${await whatIsKept()}`
    expect(kept).not.toContain('Việc của người')
    for (const code of receipts) expect(kept).not.toContain(code)
  }
  expect([ids.size, receipts.size]).toEqual([30, 30])
  expect(await storedAt(server, place)).toEqual(Array(30).fill('kiosk kiosk counted'))
  await page.goBack({ waitUntil: 'commit', timeout: 15_000 }).catch(() => null)
  expect(await page.content()).not.toContain('Việc của người')
}, 300_000)

test('an hour without a network: the tablet goes on, also when it is loaded again, and nothing is set aside', async () => {
  await isPrepared()
  cable.cut()
  for (let person = 1; person <= 6; person++) {
    await pass(540_000)
    await answerAs(person)
    await page.getByText(words.kiosk.script.held).waitFor()
    expect(await countWaiting(page)).toBe(person)
    await pass(8000)
    await showsQuestion(page, 1)
    if (person === 3) await page.reload()
    await showsQuestion(page, 1)
    expect(await page.content()).not.toContain('Việc của người')
  }
  await expect.poll(() => page.locator('#outbox').textContent()).toContain('6')
  cable.mend()
  await pass(310_000)
  await expect.poll(() => storedAt(server, place)).toEqual(Array(6).fill('kiosk kiosk counted'))
  await expect.poll(() => countWaiting(page)).toBe(0)
  const comments = await server.database
    .sql`select count(distinct seconds)::int as n, max(seconds) as most from responses`
  expect(comments[0]?.most).toBeLessThan(120)
})

test('a tablet left alone returns to a fresh Vietnamese page after 45 seconds without a touch, not sooner', async () => {
  await readInEnglish(page)
  await showsQuestion(page, 1)
  await tapFace(page, 1)
  await showsQuestion(page, 2)
  await pass(40_000)
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.mouse.click(5, 5)
  await pass(40_000)
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await pass(6000)
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('vi')
  expect(await page.locator(':checked:not(option)').count()).toBe(0)
})

test('the language changes at question 3 with the answers and the same questions, also without a network', async () => {
  await isPrepared()
  const id = await page.locator('[name=id]').inputValue()
  await tapFace(page, 4)
  await showsQuestion(page, 2)
  await tapFace(page, 2)
  await showsQuestion(page, 3)
  await readInEnglish(page)
  await showsQuestion(page, 3)
  expect(await page.locator('[name=id]').inputValue()).toBe(id)
  expect(await chosen()).toEqual(['4', '2'])
  cable.cut()
  await pass(46_000)
  await page.locator('html[lang=vi] .walking').waitFor()
  await tapFace(page, 5)
  await showsQuestion(page, 2)
  const kept = await page.locator('[name=id]').inputValue()
  await readInEnglish(page)
  await showsQuestion(page, 2)
  expect([await page.locator('[name=id]').inputValue(), await chosen()]).toEqual([kept, ['5']])
  cable.mend()
})

test('the thanks show a code to scan and lead nowhere; a touch keeps them for 45 seconds', async () => {
  await pass(60_000)
  await answerAs(1)
  expect(await page.locator('.kiosk-code svg').count()).toBe(1)
  const hrefs = await page.locator('main a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
  expect(hrefs).toEqual([start])
  expect(await page.content()).not.toContain('chụp màn hình')
  await page.locator('.receipt').click()
  await pass(40_000)
  expect(await page.locator('.receipt b').isVisible()).toBe(true)
  await pass(6000)
  await showsQuestion(page, 1)
})

test('any other page that a kiosk opens goes back by itself; on other browsers it stays', async () => {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const path of [links.method, links.publicResults, links.findReply(), '/khong-co', links.signIn()]) {
    const reply = await server.send(path, { headers: { cookie } })
    expect(reply.headers.get('refresh'), path).toBe(`45;url=${start}`)
    expect((await server.send(path)).headers.get('refresh'), path).toBeNull()
  }
  expect((await server.send(start, { headers: { cookie } })).headers.get('refresh')).toBeNull()
})

test('pages to keep are made for an enrolled tablet of the place only', async () => {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const statuses = [
    (await server.send(links.spareSurvey(place), { headers: { cookie } })).status,
    (await server.send(links.spareSurvey('QUAYDD'), { headers: { cookie } })).status,
    (await server.send(links.spareSurvey(place))).status,
  ]
  expect(statuses).toEqual([200, 404, 404])
})

test.each([
  [768, 1024],
  [1024, 768],
  [1280, 800],
])('at %i × %i a question stands on one screen, large, and axe finds nothing', async (width, height) => {
  await page.setViewportSize({ width, height })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  const face = await page.locator('.step:visible .faces .f5').boundingBox()
  expect(face?.height).toBeGreaterThanOrEqual(180)
  const button = await page.locator('.turn button:visible').last().boundingBox()
  expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(height)
  expect(await page.getByText(words.kiosk.privacy).isVisible()).toBe(true)
  expect(await runAxe(page)).toEqual([])
  await page.locator('nav [lang=km]').click()
  await page.locator('html[lang=km] .walking').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height)
  await page.locator('nav [lang=vi]').click()
  await page.locator('html[lang=vi] .walking').waitFor()
  await pass(60_000)
  await answerAs(1)
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(height)
  expect(await runAxe(page)).toEqual([])
})

test('without script a form comes to the thanks of a kiosk, which go on by themselves', async () => {
  const form = new URLSearchParams(
    await page.locator('#survey').evaluate((one) => [...new FormData(one as HTMLFormElement)] as string[][]),
  )
  const first = await page.locator('.faces input').first().getAttribute('name')
  form.set(first as string, '5')
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  clock += 20_000
  const reply = await postForm(server, links.survey(place), form, cookie)
  const html = await (await server.send(reply.headers.get('location') as string, { headers: { cookie } })).text()
  expect(reply.headers.getSetCookie()).toEqual([])
  expect(html).toContain(`<meta http-equiv="refresh" content="8;url=${start}"/></head>`)
})

test('a tablet that is not enrolled says so', async () => {
  await context.clearCookies()
  await page.goto(cable.url + start)
  expect(await page.getByText(words.kiosk.unenrolled).isVisible()).toBe(true)
  await page.goto(`${cable.url + start}&lang=en`)
  expect(await page.getByText(en.kiosk.unenrolled).isVisible()).toBe(true)
})

async function openTablet(from: Browser) {
  context = await from.newContext({ viewport: { width: 1024, height: 768 }, reducedMotion: 'reduce' })
  context.on('weberror', (error) => pageErrors.push(error.error()))
  page = await context.newPage()
  await page.clock.install({ time: clock })
  await enrolHere()
}

/** As an administrator and whoever carries the tablet do it. */
async function enrolHere() {
  const { cookie } = await server.signIn()
  const form = { name: 'Bàn số 2', kind: 'kiosk' }
  const html = await (await postForm(server, links.placeDevices(place), form, cookie)).text()
  await page.goto(cable.url + links.enrolDevice(/\/thiet-bi\/([\w-]{43})/.exec(html)?.[1] as string))
  await page.getByRole('button').click()
  await page.waitForURL(cable.url + start)
  await showsQuestion(page, 1)
}

/** Written and at work: parts of a page show before its script runs. */
const showsQuestion = (one: Page, number: number) =>
  one.locator('.walking .step:visible', { hasText: new RegExp(`(Câu|Question) ${number} `) }).waitFor()

/** The Vietnamese question stands there until the English one has come: a tap in between would be lost with it. */
async function readInEnglish(one: Page) {
  await one.getByRole('button', { name: 'English' }).click()
  await one.locator('html[lang=en] .walking').waitFor()
}

async function pass(ms: number) {
  clock += ms
  await page.clock.fastForward(ms)
}

/** One face by a key, the rest passed over, a comment, sent. */
async function answerAs(person: number) {
  await page.keyboard.press('5')
  await showsQuestion(page, 2)
  await page.evaluate(() => {
    const isLast = () => (document.querySelector('.last') as HTMLElement).offsetParent
    while (!isLast()) document.querySelector<HTMLElement>('.turn button:last-child')?.click()
  })
  await page.locator('textarea').fill(`Việc của người ${person}.`)
  await page.locator('[type=submit]:visible', { hasText: words.survey.send }).click()
  await page.locator('#survey').waitFor({ state: 'hidden' })
}

const chosen = () =>
  page.locator('.faces input:checked').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))

/** Everything a browser keeps that a person could be read from, but for what waits to be sent. */
async function whatIsKept(): Promise<string> {
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`)
  const stores = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  return [...cookies, stores.replace(/<script[\s\S]*/, '')].join(' ')
}

/** Until the tablet has pages enough for an hour, and a worker that opens them. */
const isPrepared = () =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const worker = await navigator.serviceWorker.getRegistration('/s/')
        const count = await new Promise<number>((resolve) => {
          const opening = indexedDB.open('y-dan-kiosk', 1)
          opening.onupgradeneeded = () => opening.result.createObjectStore('spares', { keyPath: 'id' })
          opening.onsuccess = () => {
            const counting = opening.result.transaction('spares').objectStore('spares').count()
            counting.onsuccess = () => {
              opening.result.close()
              resolve(counting.result)
            }
          }
        })
        return Boolean(worker?.active) && count
      }),
    )
    .toBe(40)

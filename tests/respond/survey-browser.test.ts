import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadAssets } from '../../server/http/assets.ts'
import { vi as words } from '../../web/messages/vi.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import {
  countWaiting,
  findSmall,
  findSmallText,
  focusedId,
  focusedText,
  goToLastStep,
  launchRemembering,
  runAxe,
  showsQuestion,
  tabTo,
  tapFace,
} from '../fixtures/pages/survey-browser.ts'
import { makeLongestForm } from '../fixtures/pages/survey-form.ts'
import { type PageAssets, type SurveyServer, startSurveyServer } from '../fixtures/pages/survey-server.ts'

const built = loadAssets()
const style = built.text('survey.css')
const assets: PageAssets = {
  survey: { style, script: built.text('survey.js') },
  kiosk: { style: built.text('kiosk.css'), script: built.text('kiosk.js') },
  other: { style, script: built.text('outbox.js') },
}

let browser: Browser
let server: SurveyServer
let context: BrowserContext
let page: Page
let pageErrors: Error[]

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  server = await startSurveyServer(assets)
  await openContext({})
})
afterEach(async () => {
  await context.close()
  await server.close()
  expect(pageErrors).toEqual([])
})

test('without script the form goes to the thank-you page', async () => {
  await reopenContext({ javaScriptEnabled: false })
  await page.goto(`${server.url}/s/Q2`)
  await page.locator('[name="a-c1"][value="4"]').check()
  await page.locator('[name="x-overall"][value="5"]').check()
  await page.locator('select').selectOption('linh-vuc-2')
  await page.locator('[name="serviceMode"][value="direct"]').check()
  await page.locator('textarea').fill('Làm nhanh, cảm ơn.')
  await sendForm()
  expect(await page.locator('.receipt b').textContent()).toBe(onlyStored().receipt)
  expect(Object.fromEntries(new URLSearchParams(onlyStored().body))).toMatchObject({
    'a-c1': '4',
    'x-overall': '5',
    field: 'linh-vuc-2',
    serviceMode: 'direct',
    comment: 'Làm nhanh, cảm ơn.',
    website: '',
  })
})

test('with script one question stands on the screen; a tap goes on, back keeps the answer', async () => {
  await openSurvey()
  expect(await page.locator('.step:visible').count()).toBe(1)
  await tapFace(page, 4)
  await showsQuestion(page, 2)
  expect(await focusedText(page)).toContain('Câu 2 trên 6')
  await page.getByRole('button', { name: words.script.back }).click()
  await showsQuestion(page, 1)
  expect(await page.locator('[name="a-c1"][value="4"]').isChecked()).toBe(true)
  await page.getByRole('button', { name: words.script.next }).click()
  await showsQuestion(page, 2)
  await page.getByRole('button', { name: words.script.skip }).click()
  await showsQuestion(page, 3)
})

test('two quick taps on one face lead one question on', async () => {
  await openSurvey()
  await page.locator('.step:visible .faces .f5').dblclick()
  await showsQuestion(page, 2)
})

test('by keyboard alone: arrows choose without going on, digits and Enter go on, the form is sent', async () => {
  await openSurvey()
  await page.locator('[name="a-c1"][value="1"]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await page.locator('[name="a-c1"]:checked').getAttribute('value')).toBe('3')
  await page.keyboard.press('Enter')
  await showsQuestion(page, 2)
  for (const question of [3, 4, 5, 6]) {
    await page.keyboard.press('5')
    await showsQuestion(page, question)
  }
  await page.keyboard.press('2')
  await page.locator('.step:visible', { hasText: words.survey.field }).waitFor()
  expect(await focusedText(page)).toContain(words.survey.optional)
  while (!(await page.locator('.last').isVisible())) {
    await tabTo(page, '.turn button:last-child')
    await page.keyboard.press('Enter')
  }
  expect(await focusedText(page)).toContain(words.survey.commentAfterLow)
  await tabTo(page, '#comment')
  await page.keyboard.type('12345')
  await tabTo(page, '[type=submit]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/cam-on/)
  const sent = new URLSearchParams(onlyStored().body)
  expect(['a-c1', 'a-c2', 'x-overall', 'comment'].map((name) => sent.get(name))).toEqual(['3', '5', '2', '12345'])
})

test('an answer below 4 is asked about more warmly; the answer changed back, it is not', async () => {
  await openSurvey()
  await tapFace(page, 2)
  await showsQuestion(page, 2)
  expect(await page.locator('#prompt').textContent()).toBe(words.survey.commentAfterLow)
  await page.getByRole('button', { name: words.script.back }).click()
  await tapFace(page, 4)
  await showsQuestion(page, 2)
  expect(await page.locator('#prompt').textContent()).toBe(words.survey.comment)
})

test('a form without a single face is not sent; the summary leads to the first question', async () => {
  await openSurvey()
  await goToLastStep(page)
  await page.locator('[type=submit]').click()
  await page.getByRole('alert').getByText(words.script.needAnswer).click()
  expect(await focusedId(page)).toBe('a-c1')
  expect(server.posts).toBe(0)
})

test('two taps on send are one post', async () => {
  await fillSurvey()
  await page.locator('[type=submit]').dblclick()
  await page.waitForURL(/cam-on/)
  expect(server.posts).toBe(1)
  expect(await countWaiting(page)).toBe(0)
})

test('offline, sent, tab closed: the next page of this site sends it, once, and says so', async () => {
  await holdOffline()
  expect(server.posts).toBe(0)
  await page.close()
  await context.setOffline(false)
  await openPage('/s/KHONGCO')
  await page.getByText('Đã gửi phiếu còn chờ: Quầy 2: Đất đai, xây dựng.').waitFor()
  expect(onlyStored().body).toContain('a-c1=4')
  expect(await countWaiting(page)).toBe(0)
})

test('offline, then the network is back while the page is open: sent, with the receipt', async () => {
  await holdOffline()
  await context.setOffline(false)
  await page.getByText(words.script.sent, { exact: true }).waitFor()
  expect(await page.locator('#state .receipt').textContent()).toBe(onlyStored().receipt)
  expect(await countWaiting(page)).toBe(0)
})

test('a busy server keeps the form on the device; "send again" sends it', async () => {
  server.mode = 'busy'
  await fillSurvey()
  await page.locator('[type=submit]').click()
  await page.getByText(words.script.heldBusy).waitFor()
  expect(await countWaiting(page)).toBe(1)
  server.mode = 'open'
  await page.getByRole('button', { name: words.script.retry }).click()
  await page.getByText(words.script.sent, { exact: true }).waitFor()
  expect(onlyStored().body).toContain('a-c1=4')
})

test('a server that never answers counts as no network after twenty seconds', async () => {
  server.mode = 'silent'
  await page.clock.install()
  await fillSurvey()
  const posted = page.waitForRequest((request) => request.method() === 'POST')
  await page.locator('[type=submit]').click()
  await posted
  await page.clock.fastForward(21_000)
  await page.getByText(words.script.heldOffline).waitFor()
})

test('a public Wi-Fi’s sign-in page is not taken for a receipt', async () => {
  server.mode = 'sign-in-page'
  await fillSurvey()
  await page.locator('[type=submit]').click()
  await page.getByText(words.script.heldBusy).waitFor()
  expect(await countWaiting(page)).toBe(1)
})

test('a final refusal leaves the outbox with its sentence', async () => {
  server.mode = 'closed'
  await fillSurvey()
  await page.locator('[type=submit]').click()
  await page.getByText('Nơi phục vụ này đã ngừng nhận đánh giá.').waitFor()
  expect(await countWaiting(page)).toBe(0)
})

test('a form that waited and can never be stored is shown with its words until the person has seen it', async () => {
  server.mode = 'closed'
  await holdOffline(undefined, 'Chờ lâu, xin xem lại.')
  await page.close()
  await context.setOffline(false)
  await openPage('/s/Q2/cam-on/K7M4')
  await page.getByText(/không được nhận: Quầy 2.*đã ngừng nhận đánh giá/).waitFor()
  expect(await page.locator('#outbox q').textContent()).toBe('Chờ lâu, xin xem lại.')
  expect(await countWaiting(page)).toBe(1)
  expect(await findSmall(page, '#outbox button', 48)).toEqual([])
  await page.getByRole('button', { name: words.outbox.seen }).click()
  await expect.poll(() => countWaiting(page)).toBe(0)
  await expect.poll(() => page.locator('#outbox').textContent()).toBe('')
  expect(server.stored.size).toBe(0)
})

test('a form that waited is sent without the one field that is refused, and the person reads what was left out', async () => {
  server.mode = 'problems'
  await holdOffline(undefined, 'Chờ lâu, xin xem lại.')
  await page.close()
  await context.setOffline(false)
  await openPage('/s/Q2/cam-on/K7M4')
  await page.getByText(/Đã gửi phiếu còn chờ: Quầy 2.*Ý kiến dài quá; xin rút ngắn. “Chờ lâu, xin xem lại.”/).waitFor()
  const sent = new URLSearchParams(onlyStored().body)
  expect([sent.get('a-c1'), sent.get('comment')]).toEqual(['4', null])
  expect(await countWaiting(page)).toBe(0)
})

test('so is one whose page is still open', async () => {
  server.mode = 'problems'
  await holdOffline(undefined, 'Chờ lâu, xin xem lại.')
  await context.setOffline(false)
  await page.getByText(words.script.sent, { exact: true }).waitFor()
  expect(await page.locator('#state').textContent()).toContain('“Chờ lâu, xin xem lại.”')
  expect(onlyStored().body).toContain('a-c1=4')
})

test('on a shared tablet nobody reads what the last person wrote', async () => {
  server.mode = 'closed'
  await holdOffline(words.kiosk.script.held, 'Việc riêng.', '/s/Q2?c=kiosk')
  await page.close()
  await context.setOffline(false)
  await openPage('/s/Q2/cam-on/K7M4')
  await page.getByText(/không được nhận: Quầy 2/).waitFor()
  expect(await page.content()).not.toContain('Việc riêng.')
  expect(await countWaiting(page)).toBe(0)
})

test('a control character in a comment never leaves the device', async () => {
  await holdOffline(undefined, 'Chờ lâu\u0003 quá\ufffe.')
  await context.setOffline(false)
  await page.getByText(words.script.sent, { exact: true }).waitFor()
  const sent = new URLSearchParams(onlyStored().body)
  expect([sent.get('a-c1'), sent.get('comment')]).toEqual(['4', 'Chờ lâu quá.'])
})

test('two tabs opened at once store a waiting form once', async () => {
  await holdOffline()
  await page.close()
  await context.setOffline(false)
  const tabs = [await context.newPage(), await context.newPage()]
  await Promise.all(tabs.map((tab) => tab.goto(`${server.url}/s/Q2`)))
  await expect.poll(() => server.stored.size).toBe(1)
  page = tabs[0] as Page
  await expect.poll(() => countWaiting(page)).toBe(0)
})

test('a refused field is shown with its message, mended and sent under the same id', async () => {
  server.mode = 'problems'
  await fillSurvey()
  const id = await page.locator('[name=id]').inputValue()
  await page.locator('textarea').fill('Chờ lâu.')
  await page.locator('[type=submit]').click()
  await page.getByRole('alert').getByText('Ý kiến dài quá').click()
  expect(await focusedId(page)).toBe('comment')
  expect(await page.locator('textarea').inputValue()).toBe('Chờ lâu.')
  expect(await page.locator('#error-comment').isVisible()).toBe(true)
  server.mode = 'open'
  await sendForm()
  expect([...server.stored.keys()]).toEqual([id])
})

test('a form refused by the server’s own page stands whole, with the summary in view', async () => {
  server.form = { problems: [{ path: 'a-c3', message: 'Mức không đúng.' }], values: { 'a-c1': '2' } }
  await openSurvey()
  expect(await page.locator('.step:visible').count()).toBe(11)
  await page.getByRole('alert').getByText('Mức không đúng.').click()
  expect(await focusedId(page)).toBe('a-c3')
})

describe('back after sending', () => {
  let remembering: Browser
  beforeAll(async () => {
    remembering = await launchRemembering()
  })
  afterAll(() => remembering.close())
  beforeEach(() => reopenContext({}, remembering))

  test('from the browser’s memory gives a new form', async () => {
    await fillSurvey()
    const id = await page.locator('[name=id]').inputValue()
    await sendForm()
    await page.goBack({ waitUntil: 'commit' })
    await page.waitForFunction((old) => document.querySelector<HTMLInputElement>('[name=id]')?.value !== old, id)
    await showsQuestion(page, 1)
    expect(await page.locator(':checked:not(option)').count()).toBe(0)
  })

  test('without a network says that the form was sent and offers no second sending', async () => {
    await fillSurvey()
    await sendForm()
    await context.setOffline(true)
    await page.goBack({ waitUntil: 'commit' })
    await page.getByRole('heading', { name: words.script.used }).waitFor()
    expect(await page.locator('[type=submit]').isVisible()).toBe(false)
  })
})

test('a browser that keeps nothing says so, and sends while the page is open', async () => {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await holdOffline(words.script.unsaved)
  await context.setOffline(false)
  await page.getByText(words.script.sent, { exact: true }).waitFor()
  expect(onlyStored().body).toContain('a-c1=4')
})

test('when the script fails at its start, the plain form works', async () => {
  await page.addInitScript(() => {
    if (location.pathname === '/s/Q2') {
      String.prototype.split = () => {
        throw new Error('an old browser')
      }
    }
  })
  await openSurvey()
  expect(await page.locator('.step:visible').count()).toBe(11)
  await page.locator('[name="a-c1"][value="4"]').check()
  await sendForm()
  expect(server.stored.size).toBe(1)
  expect(pageErrors.splice(0).map(({ message }) => message)).toContain('an old browser')
})

test.each(['vi', 'en', 'km'])('every target is large and nothing is cut off at 320 px (%s)', async (language) => {
  await reopenContext({ viewport: { width: 320, height: 568 } })
  const { id, language: _, channel, ...form } = makeLongestForm({})
  server.form = { ...form, problems: [{ path: 'comment', message: 'Ý kiến dài quá.' }] }
  await openSurvey(language)
  for (const scale of ['100%', '200%']) {
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size === '100%' ? '' : size
    }, scale)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    expect(await findSmall(page, 'a, button, select, textarea, label:not(.trap label)', 48)).toEqual([])
    expect(await findSmall(page, '.faces label span', 104)).toEqual([])
  }
  await page.evaluate(() => document.documentElement.removeAttribute('style'))
  expect(await findSmallText(page, 18)).toEqual([])
})

test.each(['vi', 'en', 'km'])('axe finds nothing on any page or state (%s)', async (language) => {
  const { id, language: _, channel, ...form } = makeLongestForm({})
  server.form = form
  await openSurvey(language)
  expect(await runAxe(page)).toEqual([])
  await goToLastStep(page)
  expect(await runAxe(page)).toEqual([])
  await page.locator('[type=submit]').click()
  await page.getByRole('alert').waitFor()
  expect(await runAxe(page)).toEqual([])
  await page.locator('.faces .f4 input').first().check()
  server.mode = 'busy'
  await page.locator('[type=submit]').click()
  await page.locator('#state').waitFor()
  expect(await runAxe(page)).toEqual([])
  for (const path of [`/s/Q2/cam-on/K7M4?lang=${language}`, `/s/KHONGCO?lang=${language}`]) {
    await page.goto(server.url + path)
    expect(await runAxe(page)).toEqual([])
  }
})

async function openContext(options: Parameters<Browser['newContext']>[0], from = browser) {
  context = await from.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...options })
  pageErrors = []
  context.on('weberror', (error) => pageErrors.push(error.error()))
  page = await context.newPage()
}

async function reopenContext(options: Parameters<Browser['newContext']>[0], from = browser) {
  await context.close()
  await openContext(options, from)
}

async function openPage(path: string) {
  page = await context.newPage()
  await page.goto(server.url + path)
}

const openSurvey = (language = 'vi') => page.goto(`${server.url}/s/Q2?lang=${language}`)
const onlyStored = () => {
  expect(server.stored.size).toBe(1)
  return [...server.stored.values()][0] as { receipt: string; body: string }
}

async function sendForm() {
  await page.locator('[type=submit]').click()
  await page.waitForURL(/cam-on/)
}

/** One face chosen, standing at the button that sends. */
async function fillSurvey(path?: string) {
  await (path ? openPage(path) : openSurvey())
  await page.keyboard.press('4')
  await goToLastStep(page)
}

async function holdOffline(sentence: string = words.script.held, comment = '', path?: string) {
  await fillSurvey(path)
  await page.locator('textarea').evaluate((field, text) => {
    ;(field as HTMLTextAreaElement).value = text
  }, comment)
  await context.setOffline(true)
  await page.locator('[type=submit]').click()
  await page.getByText(sentence).waitFor()
}

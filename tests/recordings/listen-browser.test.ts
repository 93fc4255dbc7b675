import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { km } from '../../web/messages/km.ts'
import { vi } from '../../web/messages/vi.ts'
import { makeMp3 } from '../fixtures/files/sounds.ts'
import { countBytes } from '../fixtures/http/count-bytes.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { sendRecordings } from '../fixtures/pages/recording-desk.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const code = 'vaccination'
const place = 'TCHUNG'
/** Frames of 26 ms: a question long enough to be stopped, answers that are over soon. */
const [long, short] = [460, 4]

let server: TestServer
let browser: Browser
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  browser = await openBrowser()
  cookie = (await server.signIn()).cookie
  await record('km', await keysOf('km'), long)
  await record('vi', await keysOf('vi'), short)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function keysOf(lang: string): Promise<string[]> {
  const path = links.recordings(code, { lang, phan: 'tat-ca' })
  const page = await (await server.send(path, { headers: { cookie } })).text()
  return [...page.matchAll(/<input type="file" id="[^"]+" name="([^"]+)"/g)].map(([, key]) => key as string)
}

/** Questions as long as told; answers short ones, but one face that nobody has read. */
async function record(lang: string, keys: string[], frames: number): Promise<void> {
  const chosen = keys.filter((key) => key !== 'common|f3')
  const files = chosen.map((field) => {
    return {
      field,
      name: 'a.mp3',
      bytes: makeMp3(field.includes('|a-') ? frames : short, `${lang} ${field}`.slice(0, 36)),
    }
  })
  for (let at = 0; at < files.length; at += 50) {
    const reply = await sendRecordings(server, { code, shown: { lang }, cookie }, files.slice(at, at + 50))
    expect(reply.status).toBe(303)
  }
}

type Heard = { page: Page; asked: string[]; said: () => Promise<string[]> }

/** A page that tells what it fetched and what a voice was given to say; without a voice this machine has none. */
async function open(
  lang: string,
  { voice = false, channel = 'qr', context = browser as Browser | BrowserContext } = {},
): Promise<Heard> {
  const page = await context.newPage()
  await page.setViewportSize({ width: 390, height: 844 })
  const asked: string[] = []
  page.on('request', (request) => {
    const found = /am-thanh\/[^/]+\/(.+)$/.exec(request.url())
    if (found && asked.at(-1) !== found[1]) asked.push(found[1] as string)
  })
  await page.addInitScript(listen, voice ? lang : '')
  await page.goto(server.url + links.survey(place, channel, lang))
  await page.locator('.walking').waitFor()
  return { page, asked, said: () => page.evaluate(() => (window as unknown as { said: string[] }).said) }
}

/** Runs in the page: keeps the sound where the test can look at it, and a voice that speaks at once. */
function listen(voiceOf: string) {
  const own = window as unknown as { said: string[]; sound: HTMLAudioElement }
  const Real = window.Audio
  window.Audio = class extends Real {
    constructor() {
      super()
      own.sound = this
    }
  }
  own.said = []
  const voices = voiceOf ? [{ lang: voiceOf, localService: true }] : []
  const speak = (one: SpeechSynthesisUtterance) => {
    own.said.push(one.text)
    setTimeout(() => one.onend?.({} as SpeechSynthesisEvent), 10)
  }
  Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => voices, cancel: () => {}, speak } })
  Object.defineProperty(window, 'SpeechSynthesisUtterance', {
    value: class {
      constructor(public text: string) {}
    },
  })
}

const isPlaying = (page: Page) =>
  page.evaluate(() => {
    const { sound } = window as unknown as { sound: HTMLAudioElement }
    return !sound.paused && sound.currentTime > 0
  })

const press = (page: Page, name = vi.script.read) => page.getByRole('button', { name }).click()
const questionOf = async (page: Page) => page.locator('.step:visible input[name^=a-]').first().getAttribute('name')

describe('with script', () => {
  test('nothing is fetched until the button is pressed; then the question and its answers are heard in order', async () => {
    const { page, asked, said } = await open('vi', { voice: true })
    await page.waitForLoadState('networkidle')
    expect(asked).toEqual([])
    expect(await page.locator('audio:visible').count()).toBe(0)
    expect(await runAxe(page)).toEqual([])
    const question = await questionOf(page)
    await press(page)
    const noOpinion = (await page.locator('.step:visible [value="0"]').count()) > 0 ? ['no-opinion'] : []
    await expect.poll(() => asked).toEqual(['intro', question, 'f1', 'f2', 'f4', 'f5', ...noOpinion])
    // Who has not been recorded is said by the telephone, in the right place.
    expect(await said()).toEqual([vi.survey.faces[2]])
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { sound: HTMLAudioElement }).sound.ended))
      .toBe(true)
    await page.close()
  })

  test('is really played; a second press stops it, and nothing more is fetched', async () => {
    const { page, asked } = await open('km')
    await press(page, km.script.read)
    await expect.poll(() => asked.length).toBe(2)
    await expect.poll(() => isPlaying(page)).toBe(true)
    await press(page, km.script.read)
    expect(await isPlaying(page)).toBe(false)
    await page.waitForTimeout(300)
    expect(asked.length).toBe(2)
    // From the beginning again.
    await press(page, km.script.read)
    await expect.poll(() => asked.length).toBe(4)
    await page.close()
  })

  test('going on, sending and a fresh question end it', async () => {
    const { page } = await open('km')
    await press(page, km.script.read)
    await expect.poll(() => isPlaying(page)).toBe(true)
    await page.locator('.turn button:visible').last().click()
    expect(await isPlaying(page)).toBe(false)
    await press(page, km.script.read)
    await expect.poll(() => isPlaying(page)).toBe(true)
    await page.locator('.turn button:visible').first().click()
    expect(await isPlaying(page)).toBe(false)
    await page.close()
  })

  test('a recording that cannot be fetched is said by the telephone instead', async () => {
    const { page, said } = await open('vi', { voice: true })
    await page.route('**/am-thanh/**', (route) => route.abort())
    const text = await page.locator('.step:visible legend').textContent()
    await press(page)
    await expect.poll(said).toEqual([text, ...vi.survey.faces, ...(await choicesOf(page))])
    await page.close()
  })

  test('in a language without a voice and without a recording there is no button', async () => {
    const { page } = await open('en')
    expect(await page.locator('.read').count()).toBe(0)
    await page.close()
  })
})

const choicesOf = (page: Page) => page.locator('.step:visible .choices span').allTextContents()

test('on a shared tablet the next person hears nothing of the last one', async () => {
  const context = await browser.newContext()
  await context.clock.install()
  const { page } = await open('km', { channel: 'kiosk', context })
  await press(page, km.script.read)
  await expect.poll(() => isPlaying(page)).toBe(true)
  const first = await page.evaluateHandle(() => (window as unknown as { sound: HTMLAudioElement }).sound)
  await context.setOffline(true)
  await context.clock.fastForward(46_000)
  // Without a network the page is emptied in place; what was played must not go on over it.
  await expect.poll(() => first.evaluate((sound) => sound.paused)).toBe(true)
  await context.setOffline(false)
  await context.close()
})

test('without script every recorded question has a player of its own, which fetches nothing by itself', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(server.url + links.survey(place, 'qr', 'km'))
  const questions = await page.locator('fieldset.step').count()
  expect(await page.locator('fieldset.step audio[controls][preload=none]').count()).toBe(questions)
  expect(await page.locator('fieldset.step audio').first().isVisible()).toBe(true)
  expect(asked).toEqual([links.survey(place)])
  await page.goto(server.url + links.survey(place, 'qr', 'en'))
  expect(await page.locator('audio').count()).toBe(0)
  await context.close()
})

test('whoever keeps them hears them on the page, which fetches nothing by itself either', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies([{ name: 'yd_session', value: cookie.split('=')[1] as string, url: server.url }])
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => /ban-ghi\/[\w-]{12}$/.test(request.url()) && asked.push(request.url()))
  await page.goto(server.url + links.recordings(code, { lang: 'km' }))
  expect(asked).toEqual([])
  expect(await runAxe(page)).toEqual([])
  const player = page.locator('audio').first()
  await player.evaluate((sound: HTMLAudioElement) => sound.play())
  await expect.poll(() => player.evaluate((sound: HTMLAudioElement) => sound.currentTime)).toBeGreaterThan(0)
  expect(asked.length).toBeGreaterThan(0)
  await context.close()
})

/** What a browser's own recorder makes of a tone; runs in a page. */
async function recordTone(): Promise<number[]> {
  const context = new AudioContext()
  const [tone, out] = [context.createOscillator(), context.createMediaStreamDestination()]
  tone.connect(out)
  tone.start()
  const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm;codecs=opus' })
  const parts: Blob[] = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve
  })
  recorder.start()
  setTimeout(() => recorder.stop(), 400)
  await stopped
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
}

test('what a browser records is chosen on the page, kept, heard and removed', async () => {
  const context = await browser.newContext()
  await context.addCookies([{ name: 'yd_session', value: cookie.split('=')[1] as string, url: server.url }])
  const page = await context.newPage()
  await page.goto(server.url + links.survey(place))
  await page.mouse.click(5, 5)
  const buffer = Buffer.from(await page.evaluate(recordTone))
  await page.goto(server.url + links.recordings(code, { lang: 'en' }))
  const row = page.locator('.recording').first()
  await row.locator('input[type=file]').setInputFiles({ name: 'ghi.mp3', mimeType: 'audio/mpeg', buffer })
  await page.getByRole('button', { name: 'Lưu các tệp đã chọn' }).click()
  await page.getByText('Đã lưu bản ghi').waitFor()
  const player = row.locator('audio')
  await player.evaluate((sound: HTMLAudioElement) => sound.play())
  await expect.poll(() => player.evaluate((sound: HTMLAudioElement) => sound.currentTime)).toBeGreaterThan(0)
  const src = (await player.getAttribute('src')) as string
  const reply = await context.request.get(server.url + src)
  expect(reply.headers()['content-type']).toBe('audio/webm')
  await row.locator('summary').click()
  await row.getByRole('button', { name: 'Bỏ hẳn bản ghi này' }).click()
  await page.getByText('Đã bỏ bản ghi').waitFor()
  expect((await context.request.get(server.url + src)).status()).toBe(404)
  await context.close()
})

test('with every sentence recorded in Khmer the page still comes in the first round trip', async () => {
  for (let page = 0; page < 6; page += 1)
    expect(await countBytes(server.url, links.survey(place, undefined, 'km'))).toBeLessThanOrEqual(14_600)
})

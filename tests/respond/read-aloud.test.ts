import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { en } from '../../web/messages/en.ts'
import { vi } from '../../web/messages/vi.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe, showsQuestion, tapFace } from '../fixtures/pages/survey-browser.ts'
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

type Voice = { lang: string; localService: boolean }

/** This machine has no voice: one that writes down what it is given, arriving a moment late as real ones do. */
async function openWith(voices: Voice[], language = 'vi'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await page.addInitScript((given) => {
    const said: { text: string; lang: string }[] = []
    const synthesis = {
      speaking: false,
      said,
      voices: [] as unknown[],
      arrived: false,
      getVoices: () => synthesis.voices,
      onvoiceschanged: () => {},
      cancel: () => {
        synthesis.speaking = false
      },
      speak: (one: { text: string; lang: string }) => {
        synthesis.speaking = true
        said.push({ text: one.text, lang: one.lang })
      },
    }
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    Object.defineProperty(window, 'SpeechSynthesisUtterance', {
      value: class {
        text: string
        constructor(text: string) {
          this.text = text
        }
      },
    })
    setTimeout(() => {
      synthesis.voices = given
      synthesis.onvoiceschanged()
      synthesis.arrived = true
    }, 50)
  }, voices)
  await page.goto(server.url + links.survey('QUAYHT', undefined, language))
  return page
}

const said = (page: Page) =>
  page.evaluate(() => (window.speechSynthesis as unknown as { said: { text: string; lang: string }[] }).said)

test('one press reads the question and its answers in the page’s language, a second one stops', async () => {
  const page = await openWith([
    { lang: 'en-US', localService: true },
    { lang: 'vi-VN', localService: true },
  ])
  const button = page.getByRole('button', { name: vi.script.read })
  await button.click()
  const question = await page.locator('.step:visible legend').textContent()
  expect(await said(page)).toEqual([{ text: [question, ...vi.survey.faces].join('. '), lang: 'vi-VN' }])
  const box = await button.boundingBox()
  expect([box?.width, box?.height]).toEqual([48, 48])
  expect(await runAxe(page)).toEqual([])
  await button.click()
  expect(await page.evaluate(() => speechSynthesis.speaking)).toBe(false)
  await tapFace(page, 4)
  await showsQuestion(page, 2)
  await button.click()
  expect((await said(page))[1]?.text).toContain(await page.locator('.step:visible legend').textContent())
  await page.close()
})

test('going on ends the reading', async () => {
  const page = await openWith([{ lang: 'en-GB', localService: true }], 'en')
  await page.getByRole('button', { name: en.script.read }).click()
  await page.locator('.turn button:visible').last().click()
  await showsQuestion(page, 2)
  expect(await page.evaluate(() => speechSynthesis.speaking)).toBe(false)
  await page.close()
})

test.each([
  ['no voice', []],
  ['a voice of another language', [{ lang: 'en-US', localService: true }]],
  ['a voice that lives in the network, to which the question would be told', [{ lang: 'vi-VN', localService: false }]],
])('with %s nothing is offered', async (_, voices) => {
  const page = await openWith(voices)
  await page.locator('.walking').waitFor()
  await page.waitForFunction(() => (window.speechSynthesis as unknown as { arrived: boolean }).arrived)
  expect(await page.locator('.read').count()).toBe(0)
  await page.close()
})

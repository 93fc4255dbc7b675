import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages } from '../../server/catalogue/contract.ts'
import { links } from '../../web/links.ts'
import { messagesIn } from '../../web/messages/messages.ts'
import { vi } from '../../web/messages/vi.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { findSmall, goToLastStep, runAxe, showsQuestion, tapFace } from '../fixtures/pages/survey-browser.ts'
import { makeCodes, openForm, postForm } from '../fixtures/pages/ticket-desk.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const month = 31 * 86_400_000
let clock = Date.UTC(2026, 10, 23, 3)
let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

type View = Parameters<Browser['newContext']>[0] & object

async function withPage(view: View, work: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', ...view })
  await work(await context.newPage())
  await context.close()
}

const small = { viewport: { width: 320, height: 568 } }

describe('a question on a small screen', () => {
  test.each(languages)('its words stand beside the picture and come in below it, never under its corner (%s)', (lang) =>
    withPage(small, async (page) => {
      await page.goto(server.url + links.survey('QUAYHT', undefined, lang))
      const picture = await page.locator('.step:visible .pic').boundingBox()
      const stem = page.locator('.step:visible legend small').last()
      const lines = await stem.evaluate((one) => {
        const range = document.createRange()
        range.selectNodeContents(one)
        return [...range.getClientRects()].map(({ left }) => left)
      })
      const right = (picture?.x ?? 0) + (picture?.width ?? 0)
      for (const left of lines) expect(left).toBeGreaterThan(right)
    }),
  )

  test.each(languages)('all five faces of the first question are seen without scrolling (%s)', (lang) =>
    withPage({ viewport: { width: 360, height: 640 } }, async (page) => {
      await page.goto(server.url + links.survey('TRTH', undefined, lang))
      const faces = await page.locator('.step:visible .faces svg').last().boundingBox()
      expect((faces?.y ?? 0) + (faces?.height ?? 0)).toBeLessThan(640)
      expect(await page.locator('main').innerText()).toContain(messagesIn(lang).survey.privacy.slice(0, 20))
    }),
  )
})

describe('a form without an answer', () => {
  test('asks one question again, not all at once; whoever answers comes back to the end and sends', () =>
    withPage({}, async (page) => {
      await page.goto(server.url + links.survey('QUAYHT'))
      await showsQuestion(page, 1)
      await goToLastStep(page)
      await page.locator('[type=submit]').click()
      await page.getByRole('alert').getByText(vi.script.needAnswer).waitFor()
      expect(await page.locator('.step:visible').count()).toBe(1)
      await showsQuestion(page, 1)
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2 * 844)
      await tapFace(page, 4)
      await page.locator('.last').waitFor()
      expect(await page.getByRole('alert').count()).toBe(0)
      clock += 20_000
      await page.locator('[type=submit]').click()
      await page.waitForURL(/cam-on/)
    }))

  test.each(['en', 'km'] as const)('is told so in the language of its page, also without script (%s)', async (lang) => {
    const path = links.survey('QUAYHT', undefined, lang)
    const form = await openForm(server, path)
    for (const name of [...form.keys()].filter((one) => one.startsWith('a-'))) form.delete(name)
    const { unanswered } = messagesIn(lang).survey.found
    const html = await (await postForm(server, links.survey('QUAYHT'), form)).text()
    expect(html).toContain(`<a href="#${/name="(a-[^"]+)"/.exec(html)?.[1]}">${unanswered}</a>`)
    expect(html).not.toContain(vi.survey.found.unanswered)
    const headers = { accept: 'application/json' }
    const reply = await server.send(links.survey('QUAYHT'), { method: 'POST', headers, body: form })
    expect(await reply.json()).toMatchObject({ problems: [{ path: 'answers', message: unanswered }] })
  })
})

test('in a person’s own colours the chosen face has a ring and every button an edge', () =>
  withPage({ forcedColors: 'active' }, async (page) => {
    await page.goto(server.url + links.survey('QUAYHT'))
    await showsQuestion(page, 1)
    const face = page.locator('.step:visible .faces .f4')
    const ring = () => face.locator('span').evaluate((one) => getComputedStyle(one).outlineStyle)
    expect(await ring()).toBe('none')
    await page.locator('.step:visible .faces .f4 input').evaluate((one: HTMLInputElement) => {
      one.checked = true
    })
    expect(await ring()).toBe('solid')
    const edge = await page
      .locator('.turn button:visible')
      .last()
      .evaluate((one) => getComputedStyle(one).borderTopWidth)
    expect(edge).toBe('1px')
  }))

describe('every page around the survey', () => {
  /** Unknown, closed, used up, expired, thanks, which counter, reply, where a code is typed. */
  async function listPages(): Promise<string[]> {
    const [used, old] = (await makeCodes(server, 'QUAYHT', 2)) as [string, string]
    const form = await openForm(server, links.ticket(used))
    await postForm(server, links.survey('QUAYHT'), form)
    await server.database.sql`update places set open = false where code = 'TRTHCS'`
    const body = { ...(await fullBody(server, 'QUAYHT', 2)), comment: 'Chờ lâu.' }
    const { receipt } = (await (await server.answer(body)).json()) as { receipt: string }
    clock += 2 * month
    return [
      ...['/s/KHONGCO', links.survey('TRTHCS'), '/p/ABCDEFGHJKMNPQRSTV', links.ticket(used), links.ticket(old)],
      ...[links.thanks('QUAYHT', receipt), links.reply(receipt), links.findReply()],
      links.counters('trung-tam-pvhcc'),
    ]
  }

  test('has one heading, its languages in one order, nothing for axe, nothing too small for a finger', async () => {
    const paths = await listPages()
    const found: unknown[] = []
    await withPage({ bypassCSP: true, ...small }, async (page) => {
      for (const path of paths) {
        for (const lang of languages) {
          await page.goto(`${server.url}${path}?lang=${lang}`)
          const offered = await page.locator('nav a').evaluateAll((all) => all.map((one) => (one as HTMLElement).lang))
          const state = {
            h1: await page.locator('h1').count(),
            lang: await page.locator('html').getAttribute('lang'),
            offered: offered.join(),
            axe: await runAxe(page),
            small: await findSmall(page, 'a, button, summary', 44),
            wide: await page.evaluate(() => document.documentElement.scrollWidth),
          }
          const right = { h1: 1, lang, offered: 'vi,km,en', axe: [], small: [], wide: 320 }
          if (JSON.stringify(state) !== JSON.stringify(right)) found.push([path, state])
        }
      }
    })
    expect(found).toEqual([])
    expect(paths).toHaveLength(9)
  })
})

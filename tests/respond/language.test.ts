import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { showsQuestion, tapFace } from '../fixtures/pages/survey-browser.ts'
import { makeCodes, openForm, postForm, storedAt } from '../fixtures/pages/ticket-desk.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

let server: TestServer
let browser: Browser
/** How far the server's clock is ahead, ms: nobody waits here until a form has been read long enough. */
let ahead = 0
beforeAll(async () => {
  server = await startTestServer({ now: () => Date.now() + ahead })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const place = 'QUAYXH'

describe('another language in the middle of a form', () => {
  test.each([true, false])('keeps id, questions and answers (with script: %s)', async (javaScriptEnabled) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 844 } })
    const page = await context.newPage()
    await page.goto(server.url + links.survey(place))
    const before = await readPage(page)
    await choose(page, javaScriptEnabled)
    await page.locator('textarea').evaluate((field) => {
      ;(field as HTMLTextAreaElement).value = 'Chờ lâu.'
    })
    await page.getByRole('button', { name: 'English' }).click()
    await page.locator('html[lang=en]').waitFor()
    const after = await readPage(page)
    expect([after.id, after.names]).toEqual([before.id, before.names])
    expect(after.chosen).toEqual([`${before.names[0]}=4`, `${before.names[1]}=2`])
    expect(await page.locator('textarea').inputValue()).toBe('Chờ lâu.')
    expect(await page.locator('#problems').isVisible()).toBe(false)
    if (javaScriptEnabled) {
      await page.getByText('Question 3 of').waitFor()
      expect(page.url()).toBe(server.url + links.survey(place, 'qr', 'en'))
    }
    expect((await storedAt(server, place)).length).toBe(0)
    await context.close()
  })

  test('without an answer a script opens a fresh page, which needs no form to be sent again', async () => {
    const page = await browser.newPage()
    await page.goto(server.url + links.survey(place))
    const before = await readPage(page)
    await page.getByRole('button', { name: 'ខ្មែរ' }).click()
    await page.locator('html[lang=km]').waitFor()
    expect(page.url()).toBe(server.url + links.survey(place, 'qr', 'km'))
    expect((await readPage(page)).id).not.toBe(before.id)
    await page.close()
  })

  test('without a network nothing is lost: the page stays as it is', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(server.url + links.survey(place))
    await choose(page, true)
    await context.setOffline(true)
    await page.getByRole('button', { name: 'English' }).click()
    await showsQuestion(page, 3)
    expect((await readPage(page)).chosen.length).toBe(2)
    await context.close()
  })

  test('Enter sends the form, and does not change its language', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(server.url + links.survey('QUAYTH', undefined, 'en'))
    ahead += 20_000
    await page.locator('.faces .f5 input').first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.waitForURL(/cam-on/)
    expect(await storedAt(server, 'QUAYTH')).toEqual(['qr open counted'])
    await context.close()
  })

  test('a ticket goes on being one, for its own field', async () => {
    const [code] = await makeCodes(server, 'QUAYDD', 1, 'dat-dai')
    const form = await openForm(server, links.ticket(code as string))
    const field = form.get('field')
    form.set('lang', 'km')
    const html = await (await postForm(server, links.survey('QUAYDD'), form)).text()
    expect(html).toContain(`<input type="hidden" name="ticket" value="${form.get('ticket')}"`)
    expect(html.match(/name="field"/g)).toHaveLength(field ? 1 : 3)
    expect(html).toContain('<html lang="km">')
  })

  test.each([
    ['an id that is none', { id: 'x', version: '1' }],
    ['nothing but the language', {}],
  ])('%s opens a fresh form in it', async (_, form) => {
    const reply = await postForm(server, links.survey(place), { ...form, lang: 'en' } as Record<string, string>)
    const html = await reply.text()
    expect([reply.status, /name="id" value="[0-9a-f-]{36}"/.test(html), html.includes('lang="en"')]).toEqual([
      ...[200, true, true],
    ])
  })

  test('a language we do not speak sends the form', async () => {
    const form = await openForm(server, links.survey('TRTH'))
    form.set('lang', 'fr')
    expect((await postForm(server, links.survey('TRTH'), form)).status).toBe(303)
  })
})

async function choose(page: Page, withScript: boolean) {
  if (withScript) {
    await tapFace(page, 4)
    await showsQuestion(page, 2)
    await tapFace(page, 2)
    return showsQuestion(page, 3)
  }
  const faces = page.locator('.faces')
  await faces.nth(0).locator('.f4').click()
  await faces.nth(1).locator('.f2').click()
}

const readPage = (page: Page) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('[name^="a-"]')]
    return {
      id: document.querySelector<HTMLInputElement>('[name=id]')?.value,
      names: [...new Set(fields.map(({ name }) => name))],
      chosen: fields.filter(({ checked }) => checked).map(({ name, value }) => `${name}=${value}`),
    }
  })

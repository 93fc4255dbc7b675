import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { links } from '../web/links.ts'
import { enterAs, startDemoServer } from './fixtures/demo-server.ts'
import { openBrowser } from './fixtures/pages/browser.ts'
import { listPages } from './fixtures/pages/every-page.ts'
import type { TestServer } from './fixtures/test-server.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let server: TestServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemoServer(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function openAs(username: string, options: Parameters<Browser['newContext']>[0]): Promise<Page> {
  const context = await browser.newContext(options)
  await enterAs(context, server, username)
  return context.newPage()
}

type Violation = { id: string; nodes: { target: string[] }[] }

async function findViolations(page: Page, only?: string[]): Promise<string[]> {
  const options = { resultTypes: ['violations'], runOnly: only }
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as { violations: Violation[] }
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** What colours and widths decide; the rest of axe reads the same document twice. */
const appearance = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable']
const narrow = { width: 390, height: 900 }
const wide = { width: 1440, height: 900 }

test('axe finds nothing on any page, in light at 390 px and in dark at 1440 px', { timeout: 400_000 }, async () => {
  const pages = await listPages(server)
  expect(pages.length).toBeGreaterThan(30)
  // Some pages are for those who answer, which an administrator does not.
  const readers = [await openAs('admin', {}), await openAs('lanhdao', {})] as const
  const found: [string, string, string[]][] = []
  for (const { path } of pages) {
    const [first, second] = readers
    const page = (await first.goto(server.url + path))?.status() === 403 ? second : first
    if (page === second) await page.goto(server.url + path)
    await page.evaluate(axe)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(narrow)
    found.push([path, 'light', await findViolations(page)])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize(wide)
    found.push([path, 'dark', await findViolations(page, appearance)])
  }
  expect(found.filter(([, , violations]) => violations.length > 0)).toEqual([])
})

describe('with the keyboard alone', () => {
  test('the first stop of a page leads past the navigation', async () => {
    const page = await openAs('admin', { viewport: { width: 1440, height: 900 } })
    for (const path of [links.today(), links.cases(), links.visits(), links.audit()]) {
      await page.goto(server.url + path)
      await page.keyboard.press('Tab')
      const target = await page.evaluate('document.activeElement.getAttribute("href")')
      expect([path, target]).toEqual([path, expect.stringMatching(/^#./)])
      await page.keyboard.press('Enter')
      expect(await page.locator(target as string).count()).toBe(1)
    }
  })

  test('whatever is reached shows that it is', async () => {
    const page = await openAs('lanhdao', { viewport: { width: 1440, height: 900 } })
    await page.goto(server.url + links.cases())
    for (let step = 0; step < 25; step += 1) {
      await page.keyboard.press('Tab')
      const shown = await page.evaluate(`(() => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      })()`)
      const where = await page.evaluate('document.activeElement.outerHTML.slice(0, 80)')
      expect([where, shown]).toEqual([where, true])
    }
  })

  test('the menu of a narrow screen opens, and what is in it can be reached', async () => {
    const page = await openAs('admin', { viewport: { width: 390, height: 844 } })
    await page.goto(server.url + links.today())
    const entry = page.locator(`nav a[href="${links.places}"]`)
    expect(await entry.isVisible()).toBe(false)
    await page.locator('#nav-open').focus()
    await page.keyboard.press('Space')
    expect(await entry.isVisible()).toBe(true)
    await entry.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${links.places}`)
  })
})

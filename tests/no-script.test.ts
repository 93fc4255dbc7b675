import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAccounts } from '../scripts/demo/staff.ts'
import type { StaffMember } from '../server/staff/contract.ts'
import { enterAs, startDemoServer } from './fixtures/demo-server.ts'
import { openBrowser } from './fixtures/pages/browser.ts'
import { isOpenTo, type ListedPage, listPages } from './fixtures/pages/every-page.ts'
import type { TestServer } from './fixtures/test-server.ts'

let server: TestServer
let browser: Browser
let pages: ListedPage[]
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemoServer(), openBrowser()])
  pages = await listPages(server)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const everybody: Pick<StaffMember, 'username' | 'role'>[] = [
  { username: 'admin', role: 'administrator' },
  ...demoAccounts,
]

type Look = { heads: number; words: number; overflow: number }
const looks = new Map<string, Look>()

/** What this role's page shows in a browser; one that says the same as an earlier one, a refusal mostly, looks the same. */
async function lookAt(page: Page, address: string, said: string): Promise<Look> {
  const known = looks.get(said)
  if (known) return known
  await page.goto(address)
  const look = (await page.evaluate(`({
    heads: document.querySelectorAll('h1').length,
    words: (document.querySelector('main')?.textContent ?? '').trim().length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  })`)) as Look
  looks.set(said, look)
  return look
}

const mainOf = (html: string) => html.slice(html.indexOf('<main'), html.indexOf('</main>'))

test.each(everybody)(
  '$username reads every page without script on a phone, or is told why not',
  async ({ username, role }) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    await enterAs(context, server, username)
    const page = await context.newPage()
    const coordinates = username === 'phutrach-vhxh'
    const member = { id: 1, username, displayName: '', role, agencies: [], coordinates }
    const wrong: unknown[] = []
    for (const { path, decided } of pages) {
      const reply = await context.request.get(server.url + path)
      const status = reply.status()
      const look = await lookAt(page, server.url + path, role + mainOf(await reply.text()))
      // A thing of another agency is an unknown one, one to read only, or not among the choices.
      const expected = isOpenTo(decided, member) ? [200, 403, 404, 422] : [403]
      const isWell = expected.includes(status) && look.heads === 1 && look.words > 20 && look.overflow === 0
      if (!isWell) wrong.push({ path, status, expected, look })
    }
    expect(wrong).toEqual([])
    await context.close()
  },
)

test.each([
  ['admin', 'administrator'],
  ['lanhdao', 'leader'],
  ['kiemtra', 'auditor'],
] as const)('%s, whose role reaches the whole commune, finds every page', async (username, role) => {
  const context = await browser.newContext()
  await enterAs(context, server, username)
  const member = { id: 1, username, displayName: '', role, agencies: [], coordinates: false }
  const open = pages.filter(({ decided }) => isOpenTo(decided, member))
  expect(open.length).toBeGreaterThan(20)
  for (const { path } of open) {
    const reply = await context.request.get(server.url + path)
    expect([path, reply.status()]).toEqual([path, 200])
  }
  await context.close()
})

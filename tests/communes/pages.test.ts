import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '../../server/days.ts'
import { boardLinks } from '../../web/board-links.ts'
import { links } from '../../web/links.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { signInAdmin, startTestBoard, type TestBoard } from '../fixtures/province/board.ts'
import { openProvince, type SimulatedProvince } from '../fixtures/province/communes.ts'
import { openLog } from '../fixtures/province/log.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let now = Date.parse('2026-10-20T09:00:00+07:00')
let province: SimulatedProvince
let board: TestBoard
let browser: Browser
beforeAll(async () => {
  province = await openProvince(14, 3, () => dayOf(now))
  const [bad, away, changed, back] = province.communes
  if (!bad || !away || !changed || !back) throw new Error('too few communes')
  Object.assign(bad, { truth: 0.7, respondents: 400 })
  board = await startTestBoard(() => now)
  for (const commune of province.communes) await board.follow(commune)
  await board.follower.pullAll()
  now += 86_400_000
  Object.assign(away, { isAway: true })
  Object.assign(changed, { seeds: { '2026-Q3': 1 } })
  Object.assign(back, { log: openLog('xa-004.example/so-cai') })
  back.log.grow(10)
  await board.follower.pullAll()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await board.stop()
  await province.stop()
})

const pages = [
  boardLinks.board('2026-Q3'),
  boardLinks.indicator('II.1', '2026-Q3'),
  ...['xa-001', 'xa-002', 'xa-003', 'xa-004'].map(boardLinks.commune),
  ...[boardLinks.method, boardLinks.communes, boardLinks.changeCommune('xa-001')],
  ...[links.staff, links.inviteStaff, links.audit(), links.account],
]

type Violation = { id: string; nodes: { target: string[] }[] }

test.each([
  ['light', 390],
  ['dark', 1440],
] as const)('every page of the board fits and is accessible in %s at %i px', async (colorScheme, width) => {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
  const { cookie } = await signInAdmin(board)
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: board.url }])
  const page = await context.newPage()
  const found: [string, unknown][] = []
  for (const path of pages) {
    const status = (await page.goto(board.url + path))?.status()
    const wide = Number(await page.evaluate('document.documentElement.scrollWidth'))
    await page.evaluate(axe)
    const { violations } = (await page.evaluate('axe.run()')) as { violations: Violation[] }
    const named = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    if (status !== 200 || wide > width || named.length > 0) found.push([path, { status, wide, named }])
  }
  expect(found).toEqual([])
  await context.close()
})

test('every link of the board leads to a page of the board', async () => {
  const { cookie } = await signInAdmin(board)
  const seen = new Set<string>()
  for (const path of pages) {
    const html = await (await board.send(path, { headers: { cookie } })).text()
    for (const [, href = ''] of html.matchAll(/ href="(\/[^"#]*)"/g)) seen.add(href.replaceAll('&amp;', '&'))
  }
  expect(seen.size).toBeGreaterThan(30)
  for (const href of seen) {
    const { status } = await board.send(href, { headers: { cookie } })
    expect([href, status]).toEqual([href, href === links.home ? 303 : 200])
  }
})

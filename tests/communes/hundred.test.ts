import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '../../server/days.ts'
import { boardLinks } from '../../web/board-links.ts'
import { boardSections, indicatorSections, listSections } from '../../web/communes/sections.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { signInAdmin, startTestBoard, type TestBoard } from '../fixtures/province/board.ts'
import { openProvince, type SimulatedProvince } from '../fixtures/province/communes.ts'

const period = '2026-Q3'
const now = Date.parse('2026-10-20T09:00:00+07:00')
let province: SimulatedProvince
let board: TestBoard
let browser: Browser
beforeAll(async () => {
  province = await openProvince(102, 3, () => dayOf(now))
  Object.assign(province.communes[0] ?? {}, { truth: 0.7, respondents: 400 })
  board = await startTestBoard(() => now)
  for (const commune of province.communes) await board.follow(commune)
  await board.follower.pullAll()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await board.stop()
  await province.stop()
})

/** The same as for every page of a commune: px at 1440, and six screens of a telephone. */
const most = { 1440: 2400, 390: 6 * 844 } as const

async function openSignedIn(work: (page: Page) => Promise<void>) {
  const context = await browser.newContext()
  const [name = '', value = ''] = (await signInAdmin(board)).cookie.split('=')
  await context.addCookies([{ name, value, url: board.url }])
  await work(await context.newPage())
  await context.close()
}

const names = () => province.communes.map(({ name }) => name)
const rows = () => names().map((name) => ({ commune: { name } })) as Parameters<typeof boardSections>[0]

test('with a hundred communes no page of the board asks for more than six screens of a telephone', async () => {
  const paths = [
    ...boardSections(rows()).map(({ key }) => boardLinks.board(period, key)),
    ...indicatorSections(rows()).map(({ key }) => boardLinks.indicator('II.1', period, key)),
    ...listSections(names()).map(({ key }) => boardLinks.communesPart(key)),
  ]
  expect(paths.length).toBeGreaterThan(18)
  const found: unknown[] = []
  await openSignedIn(async (page) => {
    for (const path of paths) {
      const status = (await page.goto(board.url + path))?.status()
      for (const width of [1440, 390] as const) {
        await page.setViewportSize({ width, height: 844 })
        const height = (await page.locator('html').boundingBox())?.height ?? 0
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        if (status !== 200 || height > most[width] || wide > width) found.push([path, { status, width, height, wide }])
      }
    }
  })
  expect(found).toEqual([])
})

test('first stand those that somebody must look at; the pages by name hold every commune once, the whole one all', async () => {
  const first = await board.text(boardLinks.board(period))
  expect(first).toMatch(/Cần xem: \d+ xã/)
  expect(first).toContain(province.communes[0]?.name)
  const listed = (text: string) => names().filter((name) => text.includes(`${name} `))
  const pages = boardSections(rows()).slice(1)
  const tables = await Promise.all(
    pages.map(async ({ key }) => {
      const text = await board.text(boardLinks.board(period, key))
      return listed(text.slice(text.indexOf('Trạng thái từng xã')))
    }),
  )
  expect(tables.flat()).toEqual(names())
  expect(listed(await board.text(boardLinks.board(period, wholePage)))).toEqual(names())
})

test('a page that the list does not have is refused', async () => {
  const { cookie } = await signInAdmin(board)
  for (const path of [boardLinks.board(period, '7'), boardLinks.communesPart('khac')])
    expect((await board.send(path, { headers: { cookie } })).status).toBe(400)
})

test('the letters of the funnel are read on a telephone', async () => {
  await openSignedIn(async (page) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(board.url + boardLinks.indicator('II.1', period))
    const heights = await page.locator('.funnel text').evaluateAll((all) =>
      all.map((one) => {
        const drawing = (one as SVGTextElement).ownerSVGElement as SVGSVGElement
        const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width
        return Number.parseFloat(getComputedStyle(one).fontSize) * scale
      }),
    )
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(12)
  })
})

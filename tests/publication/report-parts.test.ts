import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencies } from '../../db/catalogue/tables.ts'
import { reports } from '../../db/reports/tables.ts'
import type { Block, ReportDocument, Table } from '../../server/reports/contract.ts'
import { layOutPage } from '../../server/reports/page-blocks.ts'
import { links } from '../../web/links.ts'
import { contentsOf, partsOfReport } from '../../web/publication/report-parts.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { longTable, shortDocument } from '../fixtures/reports/document.ts'
import { startTestServer, type TestServer } from '../fixtures/test-server.ts'

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const words = (text: string): Block => ({ kind: 'paragraph', runs: [{ text: `${text} `.repeat(12) }] })
const table = (id: string, rows: number): Block => {
  // As short as the ministries' own criteria are.
  const short = longTable.rows
    .slice(0, rows)
    .map((row, at) => [
      ...row.slice(0, 1),
      { kind: 'text' as const, text: `Tiêu chí ${at + 1}: sự rõ ràng của hướng dẫn` },
      ...row.slice(2),
    ])
  const given: Table = { ...longTable, id, caption: `Kết quả của ${id}`, rows: short }
  return { kind: 'table', table: given }
}

/** As a quarter's report is: a chapter of sections, chapters of one piece, an appendix with two long tables. */
const long: ReportDocument = {
  ...shortDocument,
  body: [
    words('Căn cứ kế hoạch của xã.'),
    ...[heading(1, 'I. KẾT QUẢ'), heading(2, '1. Số phiếu'), words('Phiếu thu về.'), heading(2, '2. Kết quả chung')],
    ...[words('Điểm chung.'), table('các đơn vị', 16), heading(1, 'II. ĐỀ XUẤT'), words('Giao các đơn vị.')],
  ],
  appendices: [
    { title: 'Phụ lục I: Từng tiêu chí', body: [table('khám bệnh', 31), table('tiêm chủng', 33)] },
    { title: 'Phụ lục II: Cách tính', body: [words('Cách tính.')] },
  ],
}

describe('a report is cut by its own headings', () => {
  const { opening, parts } = partsOfReport(layOutPage(long))

  test('at chapters, sections and appendices, a long appendix before its next table', () => {
    expect(parts.map(({ key, under, label }) => [key, under, label.replace(/^Bảng \d+\. /, '')])).toEqual([
      ['1', 'I. KẾT QUẢ', '1. Số phiếu'],
      ['2', 'I. KẾT QUẢ', '2. Kết quả chung'],
      ['3', null, 'II. ĐỀ XUẤT'],
      ['4', null, 'Phụ lục I: Từng tiêu chí'],
      ['5', 'Phụ lục I: Từng tiêu chí', 'Kết quả của tiêm chủng'],
      ['6', null, 'Phụ lục II: Cách tính'],
    ])
    expect(contentsOf(parts).map(({ title, sections }) => [title, sections.length])).toEqual([
      ['I. KẾT QUẢ', 2],
      ['II. ĐỀ XUẤT', 0],
      ['Phụ lục I: Từng tiêu chí', 1],
      ['Phụ lục II: Cách tính', 0],
    ])
  })

  test('and nothing is lost or told twice', () => {
    const page = layOutPage(long)
    const whole = [...page.body, ...page.appendices.flatMap(({ body }) => body)]
    const isTold = ({ kind, ...rest }: (typeof whole)[number]) =>
      kind !== 'heading' || ('level' in rest && rest.level > 2)
    expect([...opening, ...parts.flatMap(({ blocks }) => blocks)]).toEqual(whole.filter(isTold))
  })
})

describe('read in a browser', () => {
  let server: TestServer
  let browser: Browser
  let id = 0
  beforeAll(async () => {
    ;[server, browser] = await Promise.all([startTestServer(), openBrowser()])
    const [agency] = await server.database.query.select().from(agencies)
    const [row] = await server.database.query
      .insert(reports)
      .values({
        ...{ kind: 'quarterly' as const, sector: 'health' as const, from: '2026-07-01', to: '2026-09-30' },
        agencyId: agency?.id as (typeof agencies.$inferSelect)['id'],
        ...{ input: { format: 1, values: {} }, document: long, hash: 'b'.repeat(64), codeVersion: 'v' },
        ...{ madeBy: 'can-bo-mot', madeAt: '2026-10-01T00:00:00Z', state: 'published' as const, version: 1 },
      })
      .returning({ id: reports.id })
    id = row?.id ?? 0
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  test('every part is one press from the last, within six screens of a telephone, and clean for axe', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, bypassCSP: true })
    const page = await context.newPage()
    await page.goto(server.url + links.publicReport(id, 'km'))
    const inContents = await page.locator('.public-contents a').count()
    const next = page.locator('.public-turn a')
    const seen: string[] = []
    for (let href: string | null = links.publicReport(id, 'km', '1'); href; ) {
      seen.push(href)
      await page.goto(server.url + href)
      for (const [width, most] of [
        [390, 6 * 844],
        [1440, 2400],
      ] as const) {
        await page.setViewportSize({ width, height: 844 })
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        expect([href, width, height <= most]).toEqual([href, width, true])
      }
      expect([href, await runAxe(page)]).toEqual([href, []])
      href = (await next.count()) ? await next.getAttribute('href') : null
    }
    expect(seen).toHaveLength(inContents)
    await context.close()
  })

  test('the whole stands on one page for paper, and other addresses are refused', async () => {
    const whole = await (await server.send(links.publicReport(id, undefined, wholePage))).text()
    for (const text of ['I. KẾT QUẢ', 'Phụ lục II: Cách tính', 'CHỦ TỊCH']) expect(whole).toContain(text)
    expect((await server.send(links.publicReport(id, undefined, '7'))).status).toBe(400)
  })
})

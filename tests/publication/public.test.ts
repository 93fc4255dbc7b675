import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { improvements } from '../../db/cases/tables.ts'
import { agencies } from '../../db/catalogue/tables.ts'
import { addIndicatorVersion, readIndicatorVersions } from '../../db/indicators/indicators.ts'
import { reports } from '../../db/reports/tables.ts'
import { links } from '../../web/links.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { fillTown, openTown, type Town } from '../fixtures/public-town.ts'
import { shortDocument } from '../fixtures/reports/document.ts'

let town: Town
beforeAll(async () => {
  town = await openTown('2026-10-06')
  await fillTown(town)
})
afterAll(() => town.stop())

const read = async (path: string) => {
  const reply = await town.send(path)
  const html = await reply.text()
  const text = html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ')
  return { reply, html, text }
}

describe('the public results', () => {
  test('are light: one page, one style sheet, no script, no cookie', async () => {
    const { reply, html } = await read(links.publicResults)
    expect(reply.status).toBe(200)
    expect(reply.headers.getSetCookie()).toEqual([])
    expect(html).not.toMatch(/<script|<iframe|<img/)
    expect(html.match(/rel="stylesheet"/g)).toHaveLength(1)
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
    const style = /href="([^"]*public\.[0-9a-f]{12}\.css)"/.exec(html)?.[1] as string
    expect(gzipSync(await (await town.send(style)).text()).length).toBeLessThan(6_000)
  })

  test('say of which days they are, and show closed days only', async () => {
    const { text } = await read(links.publicResults)
    expect(text).toContain('đến hết 03/11/2026')
    // 6 + 8 in October, 6 of the day before yesterday, and the seven of TCHUNG that only the month holds.
    expect(text).toMatch(/II\.8 Mức độ hài lòng.{0,180}· 27 phiếu/)
  })

  test('never show what fewer than five stand behind', async () => {
    const { text } = await read(links.agencyResults('trung-tam-pvhcc'))
    expect(text).toMatch(/Quầy 4[^%]*chưa đủ 5 phiếu để công bố/)
    expect(text).toContain('Quầy 1 · Hộ tịch, chứng thực 75,0 %')
  })

  test('have a page for each agency, and none for others', async () => {
    const rows = await town.database.query.select().from(agencies)
    for (const { code, name } of rows) {
      const { reply, html, text } = await read(links.agencyResults(code))
      expect([code, reply.status]).toEqual([code, 200])
      expect(text).toContain(name.vi)
      expect(Buffer.byteLength(html)).toBeLessThan(30_000)
    }
    expect((await read(links.agencyResults('khong-co'))).reply.status).toBe(404)
  })

  test('carry what was done, once it is published, and no comment', async () => {
    await town.answers('KHAMBENH', [1], { comment: 'Phòng chờ nóng quá mùa này.' })
    const [agency] = await town.database.query.select().from(agencies)
    const entry = { agencyId: agency?.id as (typeof agencies.$inferSelect)['id'], caseIds: [], createdBy: 'can-bo-mot' }
    await town.database.query.insert(improvements).values([
      { ...entry, said: 'Thiếu ghế ngồi chờ.', did: 'Đã thêm hai mươi ghế.', publishedAt: '2026-11-01T00:00:00Z' },
      { ...entry, said: 'Bản nháp chưa ai duyệt.', did: 'Chưa làm gì cả đâu.' },
    ])
    const { text } = await read(links.results(undefined, wholePage))
    expect(text).toContain('Đã thêm hai mươi ghế.')
    expect(text).not.toMatch(/Bản nháp|Phòng chờ nóng/)
  })

  test('offer published reports as PDF and Word, and no others', async () => {
    const [agency] = await town.database.query.select().from(agencies)
    const report = {
      kind: 'monthly' as const,
      sector: 'administrative' as const,
      from: '2026-10-01',
      to: '2026-10-31',
      agencyId: agency?.id as (typeof agencies.$inferSelect)['id'],
      ...{ input: { format: 1, values: {} }, document: shortDocument, hash: 'a'.repeat(64), codeVersion: 'v' },
      madeBy: 'can-bo-mot',
      madeAt: '2026-11-01T00:00:00Z',
    }
    const states = [{ state: 'published' as const }, { state: 'approved' as const }, { state: 'draft' as const }]
    const rows = await town.database.query
      .insert(reports)
      .values(states.map((state, index) => ({ ...report, ...state, version: index + 1 })))
      .returning({ id: reports.id })
    const [published, ...others] = rows.map(({ id }) => id) as [number, ...number[]]
    expect((await read(links.results(undefined, 'bao-cao'))).html).toContain(`href="${links.publicReport(published)}"`)
    const contents = await read(links.publicReport(published))
    expect(contents.text).toContain('a'.repeat(64))
    // The letterhead's capitals stay on the paper.
    expect(contents.html).toContain('>Kế hoạch đo lường mức độ hài lòng năm 2026</h1>')
    expect(contents.html).toContain('>Ủy ban nhân dân xã Vĩnh Thuận</span>')
    for (const absent of ['99', 'khac'])
      expect((await town.send(links.publicReport(published, undefined, absent))).status).toBe(400)
    const onPage = await read(links.publicReport(published, undefined, wholePage))
    // Read here as it is in the file, not only taken home.
    for (const block of shortDocument.body)
      if (block.kind === 'paragraph')
        expect(onPage.text).toContain(
          block.runs
            .map(({ text }) => text)
            .join('')
            .slice(0, 20),
        )
    const pdf = await town.send(links.publicReportFile(published, 'pdf'))
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const word = await town.send(links.publicReportFile(published, 'docx'))
    expect(
      Buffer.from(await word.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    for (const id of others) expect((await town.send(links.publicReportFile(id, 'pdf'))).status).toBe(404)
  })

  test('are said in sentences before anybody has answered', async () => {
    const empty = await openTown('2026-10-06')
    const html = await (await empty.send(links.results(undefined, wholePage))).text()
    await empty.stop()
    expect(html).toContain('chưa đủ 5 phiếu để công bố')
    expect(html).toContain('Chưa có báo cáo nào được công bố.')
  })
})

describe('the languages of the commune', () => {
  const pages = (lang: string) => [
    links.homeIn(lang),
    links.results(lang, wholePage),
    links.agencyResults('trung-tam-pvhcc', lang, wholePage),
  ]

  test('English and Khmer are whole: what is Vietnamese on them is marked as such', async () => {
    for (const lang of ['en', 'km'])
      for (const path of pages(lang)) {
        const { html } = await read(path)
        expect(html).toContain(`<html lang="${lang}">`)
        const marked = html
          .replace(/<(\w+)[^>]* lang="vi"[^>]*>.*?<\/\1>/g, '')
          .replace(/<title>.*?<\/title>/, '')
          .replaceAll('Vĩnh Thuận', '')
          .replaceAll('Ý Dân', '')
        const text = marked.replace(/<[^>]+>/g, ' ')
        expect([path, text.match(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]+/gi)]).toEqual([path, null])
        expect([path, /aria-label="[^"]*(điểm|chỉ tiêu|Thang)[^"]*"/i.test(html)]).toEqual([path, false])
      }
  })

  test('stand in the order of the survey, and the plan’s short forms are written out', async () => {
    for (const path of pages('vi')) {
      const { html, text } = await read(path)
      const offered = [...html.matchAll(/<a [^>]*lang="(\w+)"/g)].map(([, lang]) => lang)
      expect([path, offered.slice(0, 3)]).toEqual([path, ['vi', 'km', 'en']])
      expect([path, /TTHC|HCNN/.test(text)]).toEqual([path, false])
    }
  })

  test('lead to the reply in the same language, from every page', async () => {
    for (const lang of ['vi', 'en', 'km'])
      for (const path of pages(lang)) {
        const href = links.findReply(lang === 'vi' ? undefined : lang)
        expect([path, (await read(path)).html.includes(`href="${href}"`)]).toEqual([path, true])
      }
  })

  test('the first page greets citizens, with the door of the staff last; whoever is signed in goes on', async () => {
    const { reply, html } = await read(links.home)
    expect(reply.status).toBe(200)
    for (const href of [links.publicResults, links.method, links.findReply()]) expect(html).toContain(`href="${href}"`)
    expect(html.indexOf(`href="${links.publicResults}"`)).toBeLessThan(html.indexOf(`href="${links.signIn()}"`))
    expect(Buffer.byteLength(html)).toBeLessThan(14_600)
    // A door is not offered twice on one short page.
    const hrefs = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href)
    expect(hrefs.length - new Set(hrefs).size).toBe(0)
    const { cookie } = await town.signIn()
    const sent = await town.send(links.home, { headers: { cookie } })
    expect([sent.status, sent.headers.get('location')]).toEqual([303, links.today()])
  })
})

describe('seen in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  test.each(['light', 'dark'] as const)(
    'every page in %s passes axe and fits 320, 390 and 1440 px',
    async (colorScheme) => {
      const page = await browser.newPage({ colorScheme })
      for (const path of [
        links.home,
        links.results('km', wholePage),
        links.publicResults,
        links.agencyResults('trung-tam-pvhcc'),
        links.openData,
        ...[links.ledger, links.method, links.methodSection(wholePage)],
      ]) {
        await page.goto(town.url + path)
        for (const width of [320, 390, 1440]) {
          await page.setViewportSize({ width, height: 800 })
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect([path, width, over]).toEqual([path, width, 0])
        }
        expect(await runAxe(page)).toEqual([])
      }
      await page.close()
    },
  )
})

test('an indicator weighed by visits is never shown pooled: by places over published groups, by fields not at all', async () => {
  const weighed = await openTown('2026-10-06')
  await fillTown(weighed)
  await setFormula(weighed, 'II.8')
  await setFormula(weighed, 'II.2')
  const { sql } = weighed.database
  const read = async () => (await (await weighed.send(links.publicResults)).text()).replaceAll('\u00a0', ' ')
  expect((await read()).match(/chỉ công bố trong báo cáo/g)).toHaveLength(2)
  await sql`
    insert into visits (place_id, field_id, period, day, count, source, changed_by)
    select id, 0, 'month', day::date, case code when 'TCHUNG' then 300 else 100 end, 'form', 'can-bo-mot'
    from places, unnest(array['2026-10-01', '2026-11-01']) as day where code in ('TCHUNG', 'KHAMBENH')`
  const html = await read()
  // The clinic's 20 are all satisfied, none of the vaccination's 7: weighed one to three.
  expect(html).toContain('<b>25,0 %</b>')
  expect(html.match(/chỉ công bố trong báo cáo/g)).toHaveLength(1)
  await weighed.stop()
})

async function setFormula(server: Town, code: string): Promise<void> {
  const [current] = await readIndicatorVersions(server.database, code)
  const { title, target, period, definition, version } = current as NonNullable<typeof current>
  await addIndicatorVersion(server.database, code, version, {
    title,
    target,
    period,
    reason: 'Đổi cách tính.',
    changedBy: 'can-bo-mot',
    definition: { ...definition, formula: 'stratified' },
  })
}

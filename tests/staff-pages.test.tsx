import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { renderIndicatorsPage } from '../web/indicators/list-page.tsx'
import { links } from '../web/links.ts'
import { renderPlacesPage } from '../web/places/list-page.tsx'
import { renderPlacePage } from '../web/places/page.tsx'
import { renderQuestionnairesPage } from '../web/questionnaires/list-page.tsx'
import { renderSignInPage } from '../web/staff/sign-in-page.tsx'
import { renderTodayPage } from '../web/today/page.tsx'
import { chooseScale, standingOf } from '../web/ui/charts/scale.ts'
import {
  formatDay,
  formatInteger,
  formatInterval,
  formatPercent,
  formatTarget,
  formatWeekday,
  shiftDay,
} from '../web/ui/format.ts'
import { renderStaffErrorPage } from '../web/ui/pages/error-page.tsx'
import { wholePage } from '../web/ui/sections/sections.tsx'
import { openBrowser } from './fixtures/pages/browser.ts'
import {
  assets,
  dayAround,
  previews,
  type StaffPreview,
  samplePlace,
  shellOf,
  startStaffPreview,
} from './fixtures/pages/staff-preview.ts'
import {
  emptyDay,
  makeAgency,
  makePlace,
  makeQuietPlace,
  makeScore,
  oneResponse,
  sampleDay,
  sampleIndicators,
  typicalDay,
} from './fixtures/pages/staff-views.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = join(root, 'dist/web')

describe('numbers and dates', () => {
  test.each([
    [formatPercent(94.13), '94,1\u00a0%'],
    [formatPercent(100), '100,0\u00a0%'],
    [formatTarget(92.5), '92,5\u00a0%'],
    [formatInterval(89.61, 96.8), '89,6\u00a0–\u00a096,8'],
    [formatInteger(0), '0'],
    [formatInteger(1_234_567), '1.234.567'],
    [formatDay('2026-11-23'), '23/11/2026'],
    [formatWeekday('2026-11-23'), 'thứ Hai'],
    [formatWeekday('2026-11-22'), 'Chủ Nhật'],
    [shiftDay('2026-03-01', -1), '2026-02-28'],
    [shiftDay('2026-12-31', 1), '2027-01-01'],
  ])('%s is written as %s', (written, expected) => expect(written).toBe(expected))

  test('a score is never rounded across its target', () => {
    expect(formatPercent(94.96, 95)).toBe('94,96\u00a0%')
    expect(formatPercent(94.996, 95)).toBe('94,996\u00a0%')
    expect(formatPercent(95.04, 95)).toBe('95,0\u00a0%')
  })

  test('one scale holds every interval and every target', () => {
    const scores = [makeScore(97, 9), makeScore(52, 30)]
    const scale = chooseScale(scores, [90, 95])
    expect(scale.ticks[0]).toBe(scale.lowest)
    expect(scale.ticks[scale.ticks.length - 1]).toBe(100)
    for (const { lower } of scores) expect(lower).toBeGreaterThanOrEqual(scale.lowest)
    expect(scale.share(scale.lowest)).toBe(0)
    expect(scale.share(100)).toBe(1)
  })

  test('an interval that ends at the target stands above it, one that starts below stands across', () => {
    expect(standingOf({ lower: 95, upper: 98 }, 95)).toBe('above')
    expect(standingOf({ lower: 94.9, upper: 95 }, 95)).toBe('across')
    expect(standingOf({ lower: 90, upper: 94.9 }, 95)).toBe('below')
  })
})

describe('what the pages say', () => {
  const today = (view = typicalDay(), section: string | undefined = wholePage) =>
    renderTodayPage(
      { view, today: dayAround(view), asked: { order: 'arranged', section }, shell: shellOf('today') },
      assets,
    )

  test('an empty day says so and leads to the posters, without a table of zeros', () => {
    const html = today(emptyDay())
    expect(html).toContain('Chưa có phiếu nào hôm nay')
    expect(html).toContain('class="steps"')
    expect(html).toContain(`href="${links.places}"`)
    expect(html).not.toContain('<table')
    expect(today(emptyDay(false))).toContain('Ngày 23/11/2026 không có phiếu nào')
  })

  test('below five counted responses there is a count and no score', () => {
    const html = today(oneResponse())
    expect(html).toContain('Trong ngày chưa đủ phiếu để hiện điểm')
    expect(html).not.toContain('class="interval ')
  })

  test('agencies without places are left out, closed places are marked', () => {
    const html = today()
    expect(html).not.toContain('Công an xã')
    expect(html).toMatch(/Quầy 7 · Tạm ngừng<\/a> <span class="tag plain">Đã đóng/)
  })

  test('only the running day is live, and reloads itself without script', () => {
    expect(today()).toContain(assets.scriptHref('today'))
    expect(today()).toContain('<noscript><meta http-equiv="refresh"')
    const past = today({ ...typicalDay(), isToday: false })
    expect(past).not.toContain(assets.scriptHref('today'))
    expect(past).not.toContain('http-equiv="refresh"')
    expect(past).toContain(`href="${links.todayBoard({ phan: wholePage })}" rel="next"`)
  })

  test('an indicator carries its verdict, the plain comparison and what is missing', () => {
    const html = renderIndicatorsPage(
      {
        from: '2026-01-01',
        to: sampleDay,
        today: sampleDay,
        indicators: sampleIndicators(),
        shares: [],
        shell: shellOf('indicators'),
      },
      assets,
    ).replaceAll('\u00a0', ' ')
    expect(html).toContain('<b>Chưa đủ căn cứ: hai nguồn lệch nhau</b><span> · tạm tính</span>')
    expect(html).toContain('Điểm 95,4 % ≥ 95 %: đạt theo điểm')
    expect(html).toContain('Điểm 94,97 % &lt; 95 %: chưa đạt theo điểm')
    expect(html).toContain('Cần thêm khoảng 1.120 phiếu')
    expect(html).toContain('Khó kết luận trong kỳ này')
    expect(html).toContain('79 % quét mã QR')
    expect(html).toContain('Để tham khảo, không thay cho chỉ tiêu này')
    expect(html.match(/Chưa có phiếu</g)).toHaveLength(2)
  })

  test('a code without a public address comes with what to set', () => {
    const html = previews['diem-phuc-vu']?.() ?? ''
    expect(html).toContain('BẢN THỬ')
    expect(html).toContain('PUBLIC_URL=https://')
  })

  test('a closed place offers no poster and no link, and cannot be picked for printing', () => {
    const place = {
      code: 'QUAYA2',
      name: 'Quầy',
      open: false,
      address: 'http://x/s/QUAYA2',
      qrSvg: '<svg></svg>',
      channelLinks: [{ label: 'Liên kết', address: 'http://x/s/QUAYA2?c=web' }],
    }
    const page = {
      publicUrlMissing: false,
      origin: 'http://x',
      capitals: false,
      mayChange: true,
      shell: shellOf('places'),
    }
    const html = renderPlacesPage({ ...page, agencies: [{ name: 'Trung tâm', places: [place] }] }, assets)
    expect(html).not.toContain('name="ma"')
    expect(html).not.toContain(links.posters(['QUAYA2'], 'a4').replace('&', '&amp;'))
    expect(html).not.toMatch(/href="http:\/\/x\/s\/QUAYA2|c=web/)
    expect(html).toContain('http://x/s/QUAYA2')
  })

  test('a refused form keeps what was typed and links each problem to its field', () => {
    const html = previews['diem-sua-sai']?.() ?? ''
    expect(html).toContain('href="#budgetPerHour"')
    expect(html).toMatch(/<input[^>]*id="budgetPerHour"[^>]*value="-3"[^>]*aria-invalid="true"/)
  })

  test.each(Object.keys(previews))('%s needs no inline style and no inline script', (name) => {
    const html = previews[name]?.() ?? ''
    expect(html).toMatch(/^<!doctype html><html lang="vi">/)
    expect(html).not.toMatch(/\sstyle=|<style|\son\w+=|javascript:/i)
    expect(html.match(/<script(?![^>]*\ssrc=)[^>]*>/g)).toBeNull()
  })

  test('hostile names are text', () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`
    const shell = { ...shellOf('today'), user: evil }
    const places = [makePlace(1, { name: evil, code: evil }), makeQuietPlace(2, { name: evil })]
    const view = { ...typicalDay(), agencies: [makeAgency(evil, evil, places, makeScore(90, 50))] }
    const indicators = sampleIndicators().map((one) => ({
      ...one,
      title: evil,
      code: evil,
      ownerName: evil,
      period: evil,
    }))
    const card = {
      code: evil,
      name: evil,
      open: true,
      address: evil,
      qrSvg: '<svg></svg>',
      channelLinks: [{ label: evil, address: evil }],
    }
    const line = {
      code: evil,
      version: 1,
      status: 'published' as const,
      title: evil,
      sector: evil,
      criteria: 5,
      unreviewed: [evil],
    }
    const agencies = [{ name: evil, places: [card] }]
    const pages = [
      renderTodayPage({ view, today: sampleDay, problem: evil, shell }, assets),
      renderIndicatorsPage({ from: evil, to: evil, today: sampleDay, indicators, shares: [], shell }, assets),
      renderPlacesPage(
        { agencies, publicUrlMissing: true, origin: evil, capitals: true, mayChange: true, shell },
        assets,
      ),
      renderPlacePage({ ...samplePlace, values: { nameVi: evil }, problems: [{ path: evil, message: evil }] }, assets),
      renderQuestionnairesPage({ questionnaires: [line], shell }, assets),
      renderSignInPage({ next: evil, username: evil, problem: evil, demo: false }, assets),
      renderStaffErrorPage({ title: evil, sentence: evil, requestId: evil }, assets),
    ]
    for (const html of pages) expect(html).not.toMatch(/<script>|<img/)
  })
})

describe('in a browser', () => {
  const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
  let browser: Browser
  let preview: StaffPreview
  beforeAll(async () => {
    browser = await openBrowser()
    preview = await startStaffPreview(built)
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await expect.poll(() => preview.streams.size).toBe(0)
  })
  afterAll(async () => {
    await browser.close()
    await preview.close()
  })

  const open = async (path: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> => {
    const page = await browser.newPage(options)
    page.on('pageerror', (error) => expect.unreachable(String(error)))
    await page.goto(preview.url + path)
    return page
  }
  const row = (page: Page, code: string) => page.locator(`[data-place="${code}"]`)
  const openToday = async (options?: Parameters<Browser['newPage']>[0]) => {
    preview.mend()
    preview.view = typicalDay()
    const page = await open(links.todayBoard({ phan: wholePage }), options)
    await page.locator('.live').waitFor()
    return page
  }

  test.each([
    ['light', 390, 320],
    ['dark', 1440, 768],
  ] as const)('every page in %s passes axe at %i px and fits %i px too', async (colorScheme, width, other) => {
    const found: string[] = []
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true })
    const page = await context.newPage()
    const checkWidth = async (name: string) => {
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${name} is too wide`)
    }
    for (const name of Object.keys(previews)) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`${preview.url}/xem/${name}`)
      await checkWidth(`${name} at ${width}`)
      await page.evaluate(axe)
      const { violations } = (await page.evaluate('axe.run()')) as {
        violations: { id: string; nodes: { html: string }[] }[]
      }
      found.push(...violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`))
      await page.setViewportSize({ width: other, height: 900 })
      await checkWidth(`${name} at ${other}`)
    }
    expect(found).toEqual([])
  })

  test('the fonts that the style sheet names are there', async () => {
    const page = await open('/xem/dang-nhap')
    const loaded = await page.evaluate(
      `Promise.all([...document.fonts].map((font) => font.load().then(() => 'loaded', () => 'missing ' + font.weight)))`,
    )
    expect(loaded).toEqual(['loaded', 'loaded', 'loaded', 'loaded'])
  })

  test('an answer moves the counts, the score and the time in place', async () => {
    const page = await openToday()
    const handle = await row(page, 'Q001').elementHandle()
    const view = typicalDay()
    const place = view.agencies[0]?.places[1]
    if (!place) throw new Error('no place')
    Object.assign(place, { received: 9_876, setAside: 12, lastAnswer: 'afternoon', shown: makeScore(99.5, 9_864) })
    preview.send(view)
    await row(page, 'Q001').getByText('9.876').waitFor()
    const text = ((await row(page, 'Q001').textContent()) ?? '').replaceAll('\u00a0', ' ')
    expect(text).toContain('để riêng 12')
    expect(text).toContain('99,5')
    expect(text).toContain('phiếu cuối buổi chiều')
    expect(await row(page, 'Q001').getAttribute('class')).toContain('pulse-')
    expect(await row(page, 'Q000').getAttribute('class')).not.toContain('pulse-')
    expect(await row(page, 'Q001').locator('svg.interval').getAttribute('class')).toContain('above')
    expect(await handle?.evaluate((node) => (node as unknown as { isConnected: boolean }).isConnected)).toBe(true)
  })

  test('the lowest score stays first when the board moves', async () => {
    preview.mend()
    preview.view = typicalDay()
    const page = await open(links.todayBoard({ xep: 'thap', phan: wholePage }))
    await page.locator('.live').waitFor()
    const scores = async () => {
      const texts = await page.locator('.agency').first().locator('.col-score b').allInnerTexts()
      return texts.map((text) => Number(text.replace(',', '.')))
    }
    const isSorted = (all: number[]) =>
      all.length > 2 && all.every((one, index) => index === 0 || one >= (all[index - 1] ?? 0))
    expect(await scores()).toSatisfy(isSorted)
    const view = typicalDay()
    const first = view.agencies[0]?.places[0]
    if (first) first.shown = makeScore(12.3, 60)
    preview.send(view)
    await page.getByText('12,3').first().waitFor()
    expect(await scores()).toSatisfy(isSorted)
    expect((await scores())[0]).toBe(12.3)
  })

  test('the first answer of an empty day opens the board', async () => {
    preview.mend()
    preview.view = emptyDay()
    const page = await open(links.today())
    await page.getByRole('heading', { name: 'Chưa có phiếu nào hôm nay' }).waitFor()
    await page.locator('.live').waitFor()
    preview.send(oneResponse())
    await page.getByText('Trong ngày chưa đủ phiếu để hiện điểm').first().waitFor()
    expect(await page.locator('.empty-day').count()).toBe(0)
  })

  test('what has the focus and where the page stands survive an answer', async () => {
    const page = await openToday({ viewport: { width: 1440, height: 500 } })
    await page.locator('input[name="tu"]').focus()
    await page.evaluate('scrollTo(0, 400)')
    const view = typicalDay()
    for (const agency of view.agencies) for (const place of agency.places) place.received += 1
    preview.send(view)
    await page.locator('tr.pulse-0').first().waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('tu')
    expect(await page.evaluate('scrollY')).toBe(400)
  })

  test('a broken line is said with its time, and clears by itself', async () => {
    const page = await openToday()
    preview.breakStreams()
    await page.getByText(/Mất kết nối từ \d\d:\d\d – đang thử lại/).waitFor()
    preview.mend()
    await page.getByText('Đang cập nhật trực tiếp').waitFor()
  })

  test('a line that falls silent without breaking is noticed', async () => {
    preview.mend()
    preview.view = typicalDay()
    const page = await browser.newPage()
    await page.clock.install({ time: new Date('2026-11-23T07:32:00Z') })
    await page.goto(preview.url + links.today())
    await page.locator('.live').waitFor()
    const [first] = preview.streams
    preview.beat()
    await expect
      .poll(async () => {
        await page.clock.fastForward(70_000)
        return first !== undefined && preview.streams.has(first)
      })
      .toBe(false)
  })

  test('a hidden tab gives its connection back and takes it again when it is seen', async () => {
    const page = await openToday()
    await expect.poll(() => preview.streams.size).toBe(1)
    const show = (hidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`,
      )
    await show(true)
    await expect.poll(() => preview.streams.size).toBe(0)
    await show(false)
    await expect.poll(() => preview.streams.size).toBe(1)
    expect(await page.locator('.stale').count()).toBe(0)
  })

  test('at midnight the page turns to the new day', async () => {
    preview.mend()
    preview.view = typicalDay()
    const page = await browser.newPage()
    await page.clock.install({ time: new Date('2026-11-23T16:59:00Z') })
    await page.goto(preview.url + links.today())
    await page.locator('.live').waitFor()
    preview.view = { ...emptyDay(), from: shiftDay(sampleDay, 1), day: shiftDay(sampleDay, 1) }
    await page.clock.fastForward('01:30')
    await page.getByRole('heading', { name: 'Hôm nay, thứ Ba 24/11/2026' }).waitFor()
  })

  test('addresses are copied and picked places counted', async () => {
    const page = await open('/xem/diem-phuc-vu', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page
      .getByRole('button', { name: /^Sao chép/ })
      .first()
      .click()
    await page.getByText('Đã chép').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/\/s\/QUAYHT\?c=web$/)
    await page.locator('input[name="ma"]').nth(0).check()
    await page.locator('input[name="ma"]').nth(1).check()
    await page.getByRole('button', { name: 'In các nơi đã chọn (2)' }).waitFor()
  })
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readIndicators } from '../../db/catalogue/indicators.ts'
import { saveVisits } from '../../db/visits/visits.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import type { IndicatorDetail, Part } from '../../server/indicators/detail/contract.ts'
import { readIndicatorDetail } from '../../server/indicators/detail/detail.ts'
import { compareIndependence } from '../../server/indicators/detail/slices.ts'
import { readIndicatorView } from '../../server/indicators/indicators.ts'
import { tippingInWords } from '../../web/indicators/tipping.ts'
import { links } from '../../web/links.ts'
import { formatInterval, formatScore } from '../../web/ui/format.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const dayMs = 86_400_000
/** Monday. */
const start = Date.UTC(2026, 6, 6, 3)
const today = '2026-10-05'
let clock = start
let server: TestServer
let cookie = ''

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  await seedWeeks()
  await seedFields()
  clock = Date.parse(`${today}T03:00:00Z`)
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

/** Thirteen weeks at a school, two dissatisfied in thirty; in the last one twelve. */
async function seedWeeks() {
  for (let week = 0; week < 13; week += 1) {
    clock = start + week * 7 * dayMs
    const dissatisfied = week === 12 ? 12 : 1 + (week % 3)
    await Promise.all(Array.from({ length: 30 }, (_, i) => send('TRTH', i < dissatisfied ? 2 : 5)))
  }
}

async function seedFields() {
  clock = Date.UTC(2026, 8, 1, 3)
  const fields = ['dat-dai', 'dat-dai', 'xay-dung', 'dau-tu', 'dat-dai', 'xay-dung']
  await Promise.all(fields.map((field, i) => send('QUAYDD', i < 2 ? 2 : 5, { field })))
  await Promise.all([5, 5, 1, 4].map((level) => send('QUAYHT', level, { field: 'ho-tich', serviceMode: 'online' })))
  await send('KHAMBENH', 4)
}

async function send(place: string, level: number, more: Record<string, unknown> = {}) {
  const reply = await server.answer({ ...(await fullBody(server, place, level)), extras: { overall: level }, ...more })
  expect(reply.status).toBe(201)
}

const open = async (path: string) => {
  const reply = await server.send(path, { headers: { cookie } })
  return { status: reply.status, text: toText(await reply.text()) }
}
const toText = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/[\s\u00a0]+/g, ' ')
const plain = (words: string) => words.replaceAll('\u00a0', ' ')

async function readDetail(
  code: string,
  from: string,
  to: string,
  from_ = server,
  on = today,
): Promise<IndicatorDetail> {
  const state = await createCatalogue(from_.database, () => clock).refresh()
  const indicator = (await readIndicators(from_.database)).find((one) => one.code === code)
  if (!indicator) throw new Error('no indicator')
  const range = { from, to }
  const view = await readIndicatorView(from_.database, state, indicator, { range, today: on, precision: 'exact' })
  return readIndicatorDetail(from_.database, state, view, { range, today: on })
}

describe("an indicator's page", () => {
  test('is closed without signing in, unknown codes and broken ranges are refused in words', async () => {
    expect((await server.send(links.indicator('II.1'))).status).toBe(303)
    expect((await open(links.indicator('IX.1'))).status).toBe(404)
    expect((await open(links.indicator('II.1', '2026-10-05', '2026-01-01'))).status).toBe(422)
    expect((await open(links.indicator('II.1', '2026-13-05'))).status).toBe(422)
  })

  test('of fewer than five answers says so, while programs with the key read the score', async () => {
    const rows = await server.read<IndicatorResult[]>(links.api.indicators('2026-07-01', '2026-10-04'))
    expect(rows.find(({ code }) => code === 'I.1')).toMatchObject({ score: 75, responses: 4 })
    const { text } = await open(links.indicator('I.1', '2026-07-01', '2026-10-04'))
    expect(text).toContain('Chưa đủ 5 phiếu để nêu điểm')
    expect(text).not.toContain('75,0')
  })

  test.each(['II.1', 'II.2', 'II.9'])('%s says what the API says', async (code) => {
    const [from, to] = ['2026-07-01', '2026-10-04']
    const one = (await server.read<IndicatorResult[]>(links.api.indicators(from, to))).find((row) => row.code === code)
    const { score, lower, upper, responses, target } = one as IndicatorResult
    const { status, text } = await open(links.indicator(code, from, to, wholePage))
    expect(status).toBe(200)
    expect(text).toContain(`${formatScore(score ?? 0, target)} %`)
    expect(text).toContain(plain(formatInterval(lower ?? 0, upper ?? 0, target)))
    expect(text).toContain(`${responses} phiếu được tính`)
    expect(text).toContain(`chỉ tiêu ${code} phiên bản 1`)
  })

  test('an empty range says what to do instead of showing zeros', async () => {
    const { text } = await open(links.indicator('II.8', '2025-07-01', '2025-10-04', wholePage))
    expect(text).toContain('Chưa có phiếu nào được tính')
    expect(text).toContain('Xem nơi phục vụ và in mã QR')
    expect(text).not.toContain('Theo yếu tố')
  })

  test('with fewer than five answers nothing is divided, so that no table is one citizen', async () => {
    const { text } = await open(links.indicator('II.8', '2026-09-01', '2026-09-30', wholePage))
    expect(text).toContain('Chưa đủ 5 phiếu để chia nhỏ')
    for (const part of ['Theo yếu tố', 'Các con số đi kèm', 'Theo nơi phục vụ']) expect(text).not.toContain(part)
  })

  test('household answers are not replaced by counter answers, which keep their own name', async () => {
    const { text } = await open(links.indicator('II.7', '2026-07-01', '2026-10-04', wholePage))
    expect(text).toContain('Để tham khảo, không thay cho chỉ tiêu này: Chỉ số hài lòng theo khung tiêu chí SIPAS')
    expect(text).toContain('Xem các đợt khảo sát')
  })

  test('score and details cover closed days only, and say so', async () => {
    await Promise.all(Array.from({ length: 6 }, () => send('TCHUNG', 1)))
    const running = await open(links.indicator('II.8', '2026-10-01', today, wholePage))
    expect(running.text).toContain('Phiếu của hôm nay tính vào từ ngày mai')
    expect(running.text).not.toContain('Theo yếu tố')
    const detail = await readDetail('II.8', '2026-10-01', today)
    expect([detail.closed.responses, detail.places, detail.criteria, detail.series.points]).toEqual([0, [], [], []])
    // Read exactly, as with the key; the page above is people's.
    expect(detail.indicator.responses).toBe(6)
    expect(running.text).toContain('Chưa có phiếu nào được tính')
    const tomorrow = await readDetail('II.8', '2026-10-01', '2026-10-06', server, '2026-10-06')
    expect(tomorrow.closed.responses).toBe(6)
  })
})

describe('the parts of a number', () => {
  const ways = ['fields', 'places', 'channels', 'serviceModes', 'respondents', 'questionnaires'] as const

  test('add up to the whole on random answers, and criteria to a recount of the responses', async () => {
    const fresh = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
    const levels = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 8, maxLength: 8 })
    const person = fc.record({
      levels,
      place: fc.constantFrom('QUAYHT', 'QUAYDD', 'DVCTT'),
      channel: fc.constantFrom('qr', 'web', 'kiosk'),
      respondent: fc.constantFrom('citizen', 'enterprise'),
    })
    clock = Date.UTC(2026, 9, 1, 3)
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 3, maxLength: 15 }), async (people) => {
        clock += dayMs
        for (const { levels: given, place, channel, respondent } of people) {
          const { id, answers } = await fullBody(fresh, place, 5)
          const own = Object.fromEntries(Object.keys(answers).map((code, i) => [code, Math.max(1, given[i] ?? 3)]))
          const mode = place === 'QUAYHT' ? { respondent } : {}
          expect((await fresh.answer({ id, place, channel, answers: own, ...mode })).status).toBe(201)
        }
        const after = new Date(clock + dayMs).toISOString().slice(0, 10)
        const detail = await readDetail('II.1', '2026-01-01', after, fresh, after)
        for (const way of ways) expectWhole(detail, detail[way])
        expect(sum(detail.criteria, ({ harm }) => harm)).toBeCloseTo(detail.closed.score === 100 ? 0 : 1, 9)
        expect(sum(detail.factors, ({ harm }) => harm)).toBeCloseTo(detail.closed.score === 100 ? 0 : 1, 9)
        await expectRecount(fresh, detail)
      }),
      { numRuns: 6, seed: 11 },
    )
    clock = Date.parse(`${today}T03:00:00Z`)
    await fresh.stop()
  })

  const sum = <T>(items: T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0)

  /** With everything answered each response weighs 1, so the parts' scores average to the whole. */
  function expectWhole({ closed }: IndicatorDetail, parts: Part[]) {
    expect(sum(parts, ({ score }) => score.responses)).toBe(closed.responses)
    expect(sum(parts, ({ share }) => share)).toBeCloseTo(1, 9)
    expect(sum(parts, ({ harm }) => harm)).toBeCloseTo(closed.score === 100 ? 0 : 1, 9)
    expect(sum(parts, ({ score, share }) => share * (score.score ?? 0))).toBeCloseTo(closed.score ?? 0, 9)
  }

  async function expectRecount(from: TestServer, detail: IndicatorDetail) {
    const rows = await from.database.sql<{ answers: string; code: string; position: number }[]>`
      select answers, c->>'code' as code, (row_number() over (partition by r.id order by f.n, c.n))::int - 1 as position
      from responses r join questionnaire_versions v on v.id = r.version_id,
        jsonb_array_elements(v.definition->'factors') with ordinality as f(factor, n),
        jsonb_array_elements(f.factor->'criteria') with ordinality as c(c, n)`
    for (const { key, score, mean } of detail.criteria) {
      const own = rows.filter(({ code }) => code === key).map(({ answers, position }) => answers[position])
      const given = own.filter((one) => /[1-5]/.test(one ?? '')).map(Number)
      expect(score.responses).toBe(given.length)
      expect(score.score).toBeCloseTo((100 * given.filter((one) => one >= 4).length) / given.length, 9)
      expect(mean).toBeCloseTo(sum(given, (one) => one) / given.length, 9)
    }
  }

  test('stand in the order of harm: the field where two of three are dissatisfied comes first', async () => {
    const detail = await readDetail('II.2', '2026-01-01', today)
    expect(detail.fields.map(({ label, harm }) => [label, harm])).toEqual([
      ['Đất đai', 1],
      ['Xây dựng', 0],
      ['Đầu tư', 0],
    ])
    expect(detail.series).toMatchObject({ by: 'month', points: [{ start: '2026-09-01' }] })
    expect(detail.overall).toEqual({ mean: 4, responses: 6 })
    expect(detail.years[0]).toMatchObject({ year: 2026, target: null, score: { responses: 6 } })
    expect(detail.years.map(({ target }) => target)).toEqual([null, null, 90, 90, 90])
  })

  test('a fall against the time before is called one only when it is proven', async () => {
    const detail = await readDetail('II.9', '2026-09-28', '2026-10-04')
    expect(detail.before).toMatchObject({
      // Of the seven days before only the first has answers, and only that day is named.
      from: '2026-09-21',
      to: '2026-09-21',
      difference: { change: 'fall' },
    })
    const calm = await readDetail('II.9', '2026-09-14', '2026-09-20')
    expect(calm.before?.difference.change).toBe('not_provable')
    const { text } = await open(links.indicator('II.9', '2026-09-28', '2026-10-04', wholePage))
    expect(text).toContain(': giảm rõ .')
  })

  test.each([
    [[40, 10, 38, 40, 37, 37.5, 40], 'not_provable'],
    [[400, 200, 240, 400, 200, 240, 400], 'fall'],
  ] as const)('self-run and interviewed answers are called different only when they are (%j)', (interview, change) => {
    const slice = (key: string, sums: readonly number[]) => ({ key, received: 0, setAside: 0, sums: sums as never })
    const selfRun = [400, 40, 380, 400, 370, 375, 400]
    const found = compareIndependence([slice('qr', selfRun), slice('interview', interview)])
    expect(found?.difference.change).toBe(change)
    expect(compareIndependence([slice('qr', selfRun)])).toBeNull()
  })
})

describe('early warning', () => {
  test('a school whose last closed week fell stands on the board with a word and is drawn on its page', async () => {
    const board = await open(links.today())
    expect(board.text).toMatch(/Trường Tiểu học [^|]*?giảm rõ tuần trước/)
    // In the morning's line, as the change, as where to look first, and beside the place.
    expect(board.text.match(/giảm rõ/g)).toHaveLength(4)
    const { text } = await open(links.indicator('II.9', undefined, undefined, wholePage))
    expect(text).toContain('Cảnh báo sớm, từng tuần')
    expect(text).toMatch(/28\/09 60,0 \S+ – \S+ 30 giảm rõ/)
    expect(text).toMatch(/21\/09 9\d,\d \S+ – \S+ 30 bình thường/)
    expect((await open(links.indicator('II.1'))).text).not.toContain('Cảnh báo sớm')
  })

  test('a past day carries no warning', async () => {
    expect((await open(links.today('2026-10-02'))).text).not.toContain('giảm rõ tuần trước')
  })
})

describe('what would change the verdict', () => {
  test.each([
    [{ point: 87.3, meaning: 'depends' }, 96, 'Nếu những người không trả lời chỉ hài lòng dưới 87,3 %'],
    [{ point: 98.1, meaning: 'depends' }, 92, 'Chỉ khi những người không trả lời hài lòng từ 98,1 % trở lên'],
    [{ point: -3, meaning: 'cannot_be_missed' }, 99, 'Dù tất cả những người không trả lời đều chưa hài lòng'],
    [{ point: 104, meaning: 'cannot_be_reached' }, 60, 'Dù tất cả những người không trả lời đều hài lòng'],
  ] as const)('%j with a score of %d is said in plain words', (tipping, score, words) => {
    expect(plain(tippingInWords(tipping, score, 95))).toContain(words)
  })

  test('with visits the page gives the response rate, who is not heard, and the other formula beside', async () => {
    await countVisits({ QUAYDD: 20, QUAYHT: 80, QUAYKD: 100 })
    const { text } = await open(links.indicator('II.1', '2026-09-01', '2026-09-30', wholePage))
    expect(text).toContain('5,0 % trong 200 lượt được đếm')
    expect(text).toMatch(/những người không trả lời/)
    expect(text).toMatch(/Có lượt mà chưa có phiếu nào: Quầy 3/)
    expect(text).toMatch(/Chưa ghi số lượt: .*Quầy 4/)
    // 20 visits at 4/6 and 80 at 3/4.
    expect(text).toContain('Tính theo lượt phục vụ thì được 73,3 %')
    expect(text).toContain('các nơi có phiếu chiếm 50 % số lượt')
  })
})

async function countVisits(counts: Record<string, number>) {
  const { placeByCode } = await createCatalogue(server.database, () => clock).refresh()
  const changes = Object.entries(counts).map(([code, count]) => ({
    placeId: placeByCode.get(code)?.id ?? null,
    fieldId: 0 as const,
    period: 'month' as const,
    day: '2026-09-01',
    count,
  }))
  await saveVisits(server.database, changes, 'admin', 'thử')
}

describe('in a browser', () => {
  const pages = {
    many: links.indicator('II.9'),
    several: links.indicator('II.1', '2026-09-01', '2026-09-30'),
    one: links.indicator('II.8', '2026-09-01', '2026-09-30'),
    none: links.indicator('II.8', '2025-01-01', '2025-12-31'),
    household: links.indicator('II.7'),
    overview: links.indicators(),
    change: links.changeIndicator('II.2'),
    method: links.method,
  }

  test.each([
    ['light', [390, 320]],
    ['dark', [1440, 768]],
  ] as const)('every page in %s passes axe, fits %j px, runs the calendar only', async (colorScheme, widths) => {
    const browser = await openBrowser()
    const context = await browser.newContext({ colorScheme, bypassCSP: true })
    const [name, value] = cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: server.url }])
    const page = await context.newPage()
    const found: string[] = []
    for (const [which, path] of Object.entries(pages)) {
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(server.url + path)
        if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${which} at ${width}`)
      }
      expect(await page.locator('script:not([src*="/assets/day."])').count()).toBe(0)
      await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })')
      found.push(...(await runAxe(page)).map((problem) => `${which}: ${problem}`))
    }
    await browser.close()
    expect(found).toEqual([])
  })
})

describe('changing a definition', () => {
  const form = (code: 'II.1' | 'II.2' | 'I.1', more: Record<string, string | string[]> = {}) => {
    const given: Record<string, string | string[]> = {
      basedOn: '1',
      title: titles[code],
      target: code === 'II.2' ? '90' : '95',
      period: periods[code],
      formula: 'pooled',
      allChannels: 'yes',
      reason: 'Theo Kế hoạch sửa đổi của xã.',
      ...(code === 'II.2' && { fields: ['dat-dai', 'dau-tu', 'xay-dung'] }),
      ...more,
    }
    return new URLSearchParams(
      Object.entries(given).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
    )
  }
  const titles = {
    'I.1': 'Tỷ lệ người dân, doanh nghiệp đánh giá hài lòng khi sử dụng dịch vụ công trực tuyến',
    'II.1': 'Mức độ hài lòng trong tiếp nhận, giải quyết TTHC của người dân, doanh nghiệp',
    'II.2': 'Mức độ hài lòng về giải quyết TTHC lĩnh vực đất đai, xây dựng, đầu tư',
  }
  const periods = { 'I.1': '2026-2027', 'II.1': '2028-2030', 'II.2': '2028-2030' }
  const change = async (code: string, body: URLSearchParams, headers: Record<string, string> = { cookie }) => {
    const reply = await server.send(links.changeIndicator(code), { method: 'POST', headers, body })
    return { status: reply.status, location: reply.headers.get('location'), text: toText(await reply.text()) }
  }
  const countVersions = async (code: string) =>
    (await server.database.sql`select version from indicators where code = ${code}`).length

  test.each([
    ['no reason', { target: '92', reason: '' }, 'Xin ghi lý do'],
    ['nothing changed', {}, 'Chưa có gì khác'],
    ['a target that is no percent', { target: '950' }, 'không quá 100 %'],
    ['a period without a year', { period: 'cả nhiệm kỳ' }, 'Kỳ phải nêu năm'],
    ['no channel at all', { allChannels: 'no' }, 'ít nhất một cách trả lời'],
    ['no field at all', { fields: [] }, 'ít nhất một lĩnh vực'],
    ['an unknown field', { fields: ['hang-khong'] }, 'không còn trong danh mục'],
    ['a member nobody asked for', { owner: 'x' }, 'mục lạ'],
  ])('is refused with %s, keeps what was typed and changes nothing', async (_, more, words) => {
    const refused = await change('II.2', form('II.2', { title: `${titles['II.2']}`, ...more }))
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(words)
    expect(await countVersions('II.2')).toBe(1)
  })

  test('is refused for an indicator whose visits nobody counts, by visits', async () => {
    const refused = await change('I.1', form('I.1', { formula: 'stratified' }))
    expect([refused.status, await countVersions('I.1')]).toEqual([422, 1])
    expect(refused.text).toContain('chỉ tính gộp được')
  })

  test('needs a session and a form of our own', async () => {
    const body = () => form('II.2', { target: '91' })
    expect((await change('II.2', body(), {})).status).toBe(401)
    expect((await change('II.2', body(), { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await countVersions('II.2')).toBe(1)
    expect((await open(links.changeIndicator('IX.9'))).status).toBe(404)
  })

  test('makes a version with its reason, which counts at once; whoever was slower is told', async () => {
    const saved = await change('II.2', form('II.2', { target: '92,5', fields: ['xay-dung', 'dau-tu'] }))
    expect([saved.status, saved.location]).toEqual([303, links.indicator('II.2')])
    const after = (await server.read<IndicatorResult[]>(links.api.indicators())).find(({ code }) => code === 'II.2')
    expect(after).toMatchObject({ target: 92.5, responses: 3, score: 100 })
    const page = await open(links.indicator('II.2', undefined, undefined, wholePage))
    expect(page.text).toContain('Phiên bản 2 (đang dùng)')
    expect(page.text).toContain('Theo Kế hoạch sửa đổi của xã.')
    const slower = await change('II.2', form('II.2', { target: '80', reason: 'Người thứ hai sửa chậm hơn.' }))
    expect([slower.status, await countVersions('II.2')]).toEqual([409, 2])
    expect(slower.text).toContain('đã có người lưu phiên bản khác')
    const html = await server.send(links.changeIndicator('II.2'), {
      method: 'POST',
      headers: { cookie },
      body: form('II.2', { target: '80', reason: 'Người thứ hai sửa chậm hơn.' }),
    })
    expect(await html.text()).toContain('value="Người thứ hai sửa chậm hơn."')
  })

  test('of two saved at the same moment one stands', async () => {
    const both = await Promise.all(['93', '94'].map((target) => change('II.1', form('II.1', { target }))))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await countVersions('II.1')).toBe(2)
  })

  test('to a part of the channels leaves the others out', async () => {
    const [from, to] = ['2026-09-01', '2026-09-30']
    const read = async () =>
      (await server.read<IndicatorResult[]>(links.api.indicators(from, to))).find(({ code }) => code === 'II.1')
    expect((await read())?.responses).toBe(10)
    const only = await change('II.1', form('II.1', { basedOn: '2', allChannels: 'no', channels: ['qr', 'kiosk'] }))
    expect(only.status).toBe(303)
    expect(await read()).toMatchObject({ responses: 0, score: null })
  })

  test('by visits weighs each place by them, and without visits there is no number rather than another one', async () => {
    await countVisits({ QUAYDD: 20, QUAYHT: 80 })
    const changed = await change('II.1', form('II.1', { basedOn: '3', formula: 'stratified' }))
    expect(changed.status).toBe(303)
    const read = async (from: string, to: string) =>
      (await server.read<IndicatorResult[]>(links.api.indicators(from, to))).find(({ code }) => code === 'II.1')
    expect((await read('2026-09-01', '2026-09-30'))?.score).toBeCloseTo(0.2 * (400 / 6) + 0.8 * 75, 9)
    const page = await open(links.indicator('II.1', '2026-09-01', '2026-09-30', wholePage))
    expect(page.text).toContain('73,3 %')
    expect(page.text).toContain('Tính gộp thì được 70,0 %')
    expect((await read('2026-09-01', '2026-09-15'))?.score).toBeNull()
    const without = await open(links.indicator('II.1', '2026-09-01', '2026-09-15'))
    expect(without.text).toContain('Chưa tính được vì chưa có số lượt phục vụ')
  })
})

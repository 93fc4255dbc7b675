import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openings } from '../../db/places/tables.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import { rankCriteria } from '../../server/indicators/harm-rules.ts'
import { earlierPeriods } from '../../server/indicators/period-rules.ts'
import type { DailyResult } from '../../server/today/contract.ts'
import { readAskedPeriod } from '../../server/today/period.ts'
import { isOfficeDay, isSilent } from '../../server/today/silence-rules.ts'
import { links } from '../../web/links.ts'
import { formatInteger, formatPercent } from '../../web/ui/format.ts'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { startStaffPreview } from '../fixtures/pages/staff-preview.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const dayMs = 86_400_000
const start = Date.UTC(2026, 10, 23, 3)
const today = '2026-11-23'

describe('a period', () => {
  test.each([
    [{}, today, today],
    [{ ngay: '2026-11-02' }, '2026-11-02', '2026-11-02'],
    [{ ngay: ' 2/11/2026 ' }, '2026-11-02', '2026-11-02'],
    [{ tu: '1-11-2026', den: '15.11.2026' }, '2026-11-01', '2026-11-15'],
    [{ tu: '15/11/2026', den: '01/11/2026' }, '2026-11-01', '2026-11-15'],
    [{ tu: '01/11/2026' }, '2026-11-01', today],
    [{ den: '01/11/2026' }, '2026-11-01', '2026-11-01'],
    [{ tu: '01/11/2026', den: '30/11/2026' }, '2026-11-01', today],
    [{ tu: '', den: '' }, today, today],
  ])('%o is %s to %s', (query, from, to) => {
    expect(readAskedPeriod(query, today)).toEqual({ period: { from, to }, problem: null })
  })

  test.each([{ ngay: '31/02/2026' }, { tu: 'hôm kia' }, { ngay: '24/11/2026' }, { tu: '01/01/2001' }])(
    '%o is refused with a sentence',
    (query) => expect(readAskedPeriod(query, today)).toEqual({ period: null, problem: expect.stringMatching(/[;.]/) }),
  )

  test('is never compared with days of its own, and over several days with the same weekdays', () => {
    const days = fc
      .integer({ min: 0, max: 2000 })
      .map((count) => new Date(start - count * dayMs).toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, days, (one, other) => {
        const [from, to] = [one, other].sort() as [string, string]
        for (const earlier of earlierPeriods({ from, to })) {
          expect(earlier.to < from && earlier.from <= earlier.to).toBe(true)
          if (from < to) expect((Date.parse(from) - Date.parse(earlier.from)) % (7 * dayMs)).toBe(0)
        }
      }),
    )
  })
})

describe('silence', () => {
  const works = isOfficeDay(new Map([['2026-11-20', false]]))
  const trendOf = (responses: number) =>
    Array.from({ length: 14 }, (_, index) => ({
      day: new Date(start - (14 - index) * dayMs).toISOString().slice(0, 10),
      score: null,
      responses,
    }))
  const ask = (perDay: number, clock: string, lastClock: string | null = null, open = true) =>
    isSilent({ open, lastClock, trend: trendOf(perDay) }, clock, works)

  test.each([
    ['a busy place that has heard nothing all morning', ask(40, '11:00'), true],
    ['a busy place in the first minutes', ask(40, '08:00'), false],
    ['a place that fell silent at nine', ask(40, '11:20', '09:00'), true],
    ['the lunch break does not count', ask(40, '13:35', '11:20'), false],
    ['before and after office hours', ask(40, '18:00') || ask(40, '07:00'), false],
    ['a place of three answers a day', ask(3, '16:59'), false],
    ['a closed place', ask(40, '11:00', null, false), false],
  ])('%s', (_, found, expected) => expect(found).toBe(expected))

  test('is called on at most one calm day in twenty', () => {
    const seed = { value: 20261123 }
    const random = () => {
      seed.value = (seed.value * 48_271) % 2_147_483_647
      return seed.value / 2_147_483_647
    }
    const trends = new Map([6, 20, 60].map((perDay) => [perDay, trendOf(perDay)]))
    const clockAt = (office: number) => {
      const minute = Math.floor(office < 240 ? 450 + office : 810 + office - 240)
      return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    }
    for (const perDay of [6, 20, 60]) {
      const days = 700
      let alarms = 0
      for (let day = 0; day < days; day += 1) {
        let [at, last] = [0, null as string | null]
        for (;;) {
          at += (-Math.log(1 - random()) * 450) / perDay
          const trend = trends.get(perDay) ?? []
          if (isSilent({ open: true, lastClock: last, trend }, clockAt(Math.min(at, 449.9)), works)) {
            alarms += 1
            break
          }
          if (at >= 450) break
          last = clockAt(at)
        }
      }
      expect(alarms / days, `${perDay} a day`).toBeLessThan(0.075)
    }
  })
})

describe('with answers', () => {
  let server: TestServer
  let clock = start
  beforeAll(async () => {
    clock = start - 9 * dayMs
    server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
    for (; clock < start; clock += dayMs) {
      for (const level of [5, 5, 5, 5, 2, 2]) {
        await server.answer({ ...(await fullBody(server, 'QUAYDD', level)), field: 'dat-dai' })
        await server.answer(await fullBody(server, 'KHAMBENH', level))
      }
    }
    clock = start
  })
  afterAll(() => server.stop())
  const open = async (path: string, cookie: string) => {
    const reply = await server.send(path, { headers: { cookie } })
    return { status: reply.status, text: (await reply.text()).replaceAll('\u00a0', ' ') }
  }

  test('the totals of any range are those of its days', async () => {
    const { cookie } = await server.signIn()
    const ranges = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
    await fc.assert(
      fc.asyncProperty(ranges, async (ends) => {
        const [long, short] = ends.map((count) => new Date(start - count * dayMs).toISOString().slice(0, 10)).sort()
        const page = await open(links.todayPeriod(long as string, short as string), cookie)
        const days = await server.read<DailyResult[]>(links.api.daily('QUAYDD', long, short))
        const counted = days.reduce((sum, { responses }) => sum + responses, 0)
        const row = /<tr[^>]*data-place="QUAYDD".*?<\/tr>/s.exec(page.text)?.[0] ?? ''
        expect(page.status).toBe(200)
        if (counted === 0) return
        if (counted < 5) {
          expect(row).toContain('Chưa đủ 5 phiếu để nêu điểm')
          return
        }
        expect(row).toContain(`col-count number"><span class="narrow-only">tính trên </span>${formatInteger(counted)}`)
        expect(row).toContain(`<b>${formatPercent(200 / 3).replace(/\D*$/, '')}</b>`)
      }),
      { numRuns: 12 },
    )
  })

  test('a period that cannot be read is said above the board of today, and never a fault', async () => {
    const { cookie } = await server.signIn()
    const { status, text } = await open('/hom-nay?tu=abc', cookie)
    expect(status).toBe(422)
    expect(text).toContain('Không đọc được ngày “abc”')
    expect(text).toContain('Hôm nay, thứ Hai 23/11/2026')
  })

  test('visits give a response rate, openings a funnel; without them neither is claimed', async () => {
    const { cookie } = await server.signIn()
    const yesterday = links.today('2026-11-20')
    expect((await open(yesterday, cookie)).text).toContain('chưa có số lượt')
    const state = await createCatalogue(server.database, () => clock).read()
    const id = state.placeByCode.get('QUAYDD')?.id as PlaceId
    await server.database.sql`
      insert into visits (place_id, field_id, period, day, count, source, changed_by)
      values (${id}, 0, 'day', '2026-11-20', 12, 'form', 'can-bo-mot')`
    await server.database.query.insert(openings).values({ placeId: id, day: '2026-11-20', channel: 'web', count: 7 })
    const { text } = await open(yesterday, cookie)
    expect(text).toContain('50,0 % của 12 lượt')
    expect(text).toContain('mở trang 7 → gửi 6')
  })

  test('what went wrong stands when its day is over, and not before', async () => {
    const { cookie } = await server.signIn()
    const harm = async (path: string) =>
      /<section class="card harm".*?<\/section>/s.exec((await open(path, cookie)).text)?.[0]
    await server.answer(await fullBody(server, 'TRTHCS', 5))
    const before = await harm(links.today())
    // So many that each criterion was drawn for five.
    for (let count = 1; count <= 30; count += 1) await server.answer(await fullBody(server, 'TRTHCS', 1))
    clock = start + 8 * 3_600_000
    expect(await harm(links.today())).toBe(before)
    clock += dayMs
    expect(await harm(links.today('2026-11-23'))).toContain('<b>100,0 %</b>')
    clock = start
  })

  test('comments come when their day is over, urgent ones at once, masked, to those who may read them', async () => {
    const { cookie } = await server.signInAs('clerk', ['truong-cong-lap'])
    const foreign = await server.signInAs('clerk', ['tram-y-te'])
    const [words, other] = ['Sân trường hay ngập, xin gọi', 'Cổng trường đóng sớm quá']
    clock = start + 2 * dayMs
    const body = await fullBody(server, 'TRMN', 4)
    await server.answer({ ...body, comment: `${words} 0912 345 678.` })
    await server.answer({ ...(await fullBody(server, 'TRMN', 4)), comment: other, urgent: true })
    const now = await open(links.today(), cookie)
    expect(now.text).toContain(other)
    expect(now.text).not.toContain(words)
    const day = '2026-11-25'
    clock += dayMs
    const { text } = await open(links.today(day), cookie)
    expect(text).toContain(`${words} [số điện thoại]`)
    expect(text).not.toContain('345 678')
    expect(text).toMatch(/Trường[^<]*· buổi (sáng|chiều)/)
    expect((await open(links.today(day), foreign.cookie)).text).not.toContain(words)
    clock = start
  })

  test('a change is named where it is proven and nowhere else', async () => {
    const { cookie } = await server.signIn()
    for (let count = 0; count < 30; count += 1) await server.answer(await fullBody(server, 'KHAMBENH', 1))
    clock += dayMs
    const { text } = await open(links.today('2026-11-23'), cookie)
    clock = start
    const row = /<tr[^>]*data-place="KHAMBENH".*?<\/tr>/s.exec(text)?.[0] ?? ''
    expect(row).toContain('giảm 66,7 điểm %')
    expect(text).not.toMatch(/tăng \d/)
  })
})

test('harm is the citizens dissatisfied, each answer standing for 1/π of them', async () => {
  const server = await startTestServer()
  const { publishedByCode } = await createCatalogue(server.database, Date.now).read()
  await server.stop()
  const plan = publishedByCode.get('administrative')?.plan as Parameters<typeof rankCriteria>[0][0]['plan']
  const counts = plan.criteria.flatMap((_, index) => (index === 3 ? [0, 1, 1, 1, 0, 7] : [0, 0, 0, 0, 5, 5]))
  const asked = { questionnaire: 'administrative', title: '', plan, counts }
  const [drawn] = rankCriteria([{ ...asked, channel: 'qr' }])
  expect(drawn).toMatchObject({ answered: 10, share: 30, citizens: 3 / (plan.probability[3] as number), about: null })
  expect(rankCriteria([{ ...asked, channel: 'paper' }])[0]?.citizens).toBe(3)
})

test.each([
  ['six places', 'hom-nay-6-ca'],
  ['25 places', 'hom-nay-ca'],
  ['a month', 'thang-nay-ca'],
])('%s are printed on one A4 sheet', async (_, name) => {
  const folder = mkdtempSync(join(tmpdir(), 'ydan-print-'))
  const preview = await startStaffPreview(join(import.meta.dirname, '../../dist/web'))
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${preview.url}/xem/${name}`)
  const path = join(folder, 'page.pdf')
  await page.pdf({ path, preferCSSPageSize: true })
  await browser.close()
  await preview.close()
  const about = execFileSync('pdfinfo', [path], { encoding: 'utf8' })
  const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(/Pages:\s+(\d+)/.exec(about)?.[1]).toBe('1')
  expect(about).toMatch(/Page size:\s+59[45].*A4/)
  expect(text).toContain('Trung tâm Phục vụ hành chính công')
  expect(text).toContain('Điều làm người dân chưa hài lòng nhất')
})

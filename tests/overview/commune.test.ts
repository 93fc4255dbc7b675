import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveVisits } from '../../db/visits/visits.ts'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import { termOf } from '../../server/indicators/term-rules.ts'
import { gapOf, groupByProof, workdaysSince } from '../../server/overview/commune-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { compareScores } from '../../server/score/estimators.ts'
import { scoreOf } from '../../server/score/rules.ts'
import { links } from '../../web/links.ts'
import { formatInterval, formatScore } from '../../web/ui/format.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const today = '2026-10-05'
let clock = Date.parse('2026-09-01T03:00:00Z')
let server: TestServer
let cookie = ''

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  await Promise.all(Array.from({ length: 60 }, (_, i) => send('QUAYHT', i < 2 ? 2 : 5, { respondent: 'citizen' })))
  await Promise.all(Array.from({ length: 60 }, (_, i) => send('QUAYDD', i < 40 ? 2 : 5, { field: 'dat-dai' })))
  await Promise.all(Array.from({ length: 40 }, (_, i) => send('TRTH', i < 3 ? 2 : 5)))
  await Promise.all(Array.from({ length: 8 }, () => send('TRMN', 4)))
  await send('KHAMBENH', 4)
  clock = Date.parse('2026-10-02T03:00:00Z')
  await Promise.all(Array.from({ length: 6 }, () => send('QUAYHT', 5)))
  const [{ id } = { id: 0 }] = await server.database.sql<{ id: PlaceId }[]>`select id from places where code = 'TCHUNG'`
  const change = {
    placeId: id as PlaceId,
    fieldId: 0 as const,
    period: 'month' as const,
    day: '2026-09-01',
    count: 120,
  }
  await saveVisits(server.database, [change], 'can-bo-mot', 'form')
  clock = Date.parse(`${today}T03:00:00Z`)
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

async function send(place: string, level: number, more: Record<string, unknown> = {}) {
  expect((await server.answer({ ...(await fullBody(server, place, level)), ...more })).status).toBe(201)
}

const open = async (path: string, as = cookie) => {
  const reply = await server.send(path, { headers: { cookie: as } })
  return { status: reply.status, text: toText(await reply.text()) }
}
const toText = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0]+/g, ' ')
const plain = (words: string) => words.replaceAll('\u00a0', ' ')
const between = (text: string, start: string, end: string) => text.slice(text.indexOf(start), text.indexOf(end))

describe('the page of the whole commune', () => {
  test.each([
    ['2026', '2026-01-01', '2026-10-04'],
    ['2026-09', '2026-09-01', '2026-09-30'],
  ])('says for %s what the API says', async (term, from, to) => {
    const results = await server.read<IndicatorResult[]>(links.api.indicators(from, to))
    const { status, text } = await open(links.commune(term, wholePage))
    expect(status).toBe(200)
    expect(results.filter(({ score }) => score !== null).length).toBeGreaterThan(2)
    for (const { title, target, score, lower, upper, responses } of results) {
      expect(text).toContain(title)
      if (score === null) continue
      if (responses < 5) {
        expect(text).toContain('Dưới 5 phiếu: chưa hiện điểm')
        continue
      }
      expect(text).toContain(`${formatScore(score, target)} ${plain(formatInterval(lower ?? 0, upper ?? 0, target))}`)
      expect(text).toContain(` ${responses} phiếu `)
    }
  })

  test('opens to those who follow the whole commune and to nobody else', async () => {
    const statusOf = async (role: 'manager' | 'clerk' | 'leader' | 'auditor' | 'interviewer', agencies: string[]) =>
      (await open(links.commune(), (await server.signInAs(role, agencies)).cookie)).status
    expect(await statusOf('manager', ['phong-van-hoa-xa-hoi'])).toBe(200)
    expect(await statusOf('leader', [])).toBe(200)
    expect(await statusOf('auditor', [])).toBe(200)
    expect(await statusOf('manager', ['trung-tam-pvhcc'])).toBe(403)
    expect(await statusOf('clerk', ['phong-van-hoa-xa-hoi'])).toBe(403)
    expect(await statusOf('interviewer', [])).toBe(403)
    expect((await server.send(links.commune())).status).toBe(303)
  })

  test('puts a provably worse counter in another group, names no rank, and hides single answers', async () => {
    const { text } = await open(links.commune('2026-09', wholePage))
    const places = between(text, 'Các nơi phục vụ cạnh nhau', 'Lộ trình đến năm 2030')
    const order = ['Nhóm cao hơn', 'Quầy 1', 'Nhóm thấp hơn', 'Quầy 2'].map((words) => places.indexOf(words))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(Math.min(...order)).toBeGreaterThan(0)
    expect(places).not.toMatch(/hạng \d|thứ \d|#\d/)
    expect(places).toMatch(/Y tế Chưa đủ 5 phiếu, chưa đặt vào so sánh: .*[Kk]hám bệnh/)
  })

  test('keeps two schools that cannot be told apart together, and shows the levels', async () => {
    const { text } = await open(links.commune('2026-09', wholePage))
    expect(text).toMatch(/Cùng một nhóm: 2 nơi phục vụ, chưa đủ căn cứ phân biệt/)
    const schools = between(text, 'Giáo dục theo cấp học', 'Các nơi phục vụ cạnh nhau')
    for (const level of ['Mầm non', 'Tiểu học']) expect(schools).toContain(level)
    expect(text.match(/Các nơi này dùng bộ câu hỏi khác nhau/g)).toHaveLength(1)
  })

  test('says who is not heard, and what that means', async () => {
    const { text } = await open(links.commune('2026-09', wholePage))
    const voices = text.slice(text.indexOf('Tiếng nói còn vắng'))
    expect(voices).toContain('Có 120 lượt mà chưa có phiếu nào')
    expect(voices).toContain('Chưa có doanh nghiệp, tổ chức nào trả lời')
    expect(voices).toContain('Chưa có phiếu giấy: người cao tuổi')
    const silent = between(voices, 'im lặng từ 7 ngày làm việc', 'Điểm gần đây')
    expect(silent).toContain('Quầy 2')
    expect(silent).not.toContain('Quầy 1')
  })

  test('shows the years to come as empty, and the running year as it is on the indicator', async () => {
    const html = await (await server.send(links.commune(undefined, wholePage), { headers: { cookie } })).text()
    const row =
      /<tr>(?:(?!<\/tr>).)*II\.9(?:(?!<\/tr>).)*<\/tr>/s.exec(html.slice(html.indexOf('year-table')))?.[0] ?? ''
    expect(row.match(/<td/g)).toHaveLength(5)
    expect(row.match(/is-empty/g)).toHaveLength(4)
    expect(toText(row)).toContain('48 phiếu')
  })

  test('refuses what is no month or year of the past', async () => {
    for (const term of ['2027', '2026-13', '2026-11', 'nam-nay', '1999'])
      expect([term, (await open(links.commune(term))).status]).toEqual([term, 400])
    expect((await open(`${links.commune()}?la=1`)).status).toBe(400)
  })

  test('an empty commune is said in words, not in zeros', async () => {
    const fresh = await startTestServer({ now: () => clock })
    const member = await fresh.signIn()
    const reply = await fresh.send(links.commune(undefined, wholePage), { headers: member })
    const text = toText(await reply.text())
    expect(reply.status).toBe(200)
    expect(text).toContain('Chưa có nơi phục vụ nào đủ 5 phiếu')
    expect(text).not.toMatch(/\b0,0\b|NaN|undefined|null/)
    await fresh.stop()
  })
})

describe('groups of places', () => {
  const sums = fc
    .record({ n: fc.integer({ min: 5, max: 400 }), bad: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ n, bad }): Sums => {
      const y = n - Math.round(n * bad)
      return [n, n - y, y, n, y, y, n]
    })
  const places = fc.array(sums, { maxLength: 24 }).map((all) => all.map((one, id) => ({ id, score: scoreOf(one) })))
  const proves = (high: { score: ReturnType<typeof scoreOf> }, low: { score: ReturnType<typeof scoreOf> }) =>
    compareScores(high.score, low.score)?.change === 'rise'

  test('hold every place once, from the highest down', () => {
    fc.assert(
      fc.property(places, (all) => {
        const flat = groupByProof(all).flat()
        expect(flat.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(all.map(({ id }) => id))
        for (const [index, one] of flat.slice(1).entries())
          expect(one.score.score).toBeLessThanOrEqual(flat[index]?.score.score ?? 0)
      }),
    )
  })

  test('never claim a difference that is not proven, and leave none out that could stand', () => {
    fc.assert(
      fc.property(places, (all) => {
        const groups = groupByProof(all)
        groups.forEach((group, index) => {
          const later = groups.slice(index + 1).flat()
          for (const high of group) for (const low of later) expect(proves(high, low)).toBe(true)
          for (let cut = 1; cut < group.length; cut += 1) {
            const below = [...group.slice(cut), ...later]
            expect(group.slice(0, cut).every((high) => below.every((low) => proves(high, low)))).toBe(false)
          }
        })
      }),
    )
  })

  test('of one score, of equals, of worlds apart', () => {
    const at = (n: number, y: number) => ({ score: scoreOf([n, n - y, y, n, y, y, n]) })
    expect(groupByProof([])).toEqual([])
    expect(groupByProof([at(10, 9), at(10, 9), at(12, 11)])).toHaveLength(1)
    expect(groupByProof([at(300, 100), at(300, 290)]).map((group) => group.length)).toEqual([1, 1])
    expect(groupByProof([{ score: scoreOf([0, 0, 0, 0, 0, 0, 0]) }])).toEqual([])
  })
})

describe('rules of the page', () => {
  test.each([
    [{ responses: 0, visits: 10, rate: 0 }, 0.3, 'unheard'],
    [{ responses: 0, visits: null, rate: null }, 0.3, 'uncounted'],
    [{ responses: 0, visits: 0, rate: null }, 0.3, null],
    [{ responses: 40, visits: 400, rate: 0.1 }, 0.3, 'quiet'],
    [{ responses: 40, visits: 200, rate: 0.2 }, 0.3, null],
    [{ responses: 40, visits: 20, rate: 2 }, 0.3, 'more_than_came'],
    [{ responses: 29, visits: null, rate: null }, null, 'few'],
    [{ responses: 30, visits: null, rate: null }, null, null],
  ] as const)('a part with %o beside an average of %s is %s', (part, average, gap) => {
    expect(gapOf({ key: '', name: '', share: null, ...part }, average)).toBe(gap)
  })

  test('silence is counted in working days', () => {
    const works = (day: string) => ![0, 6].includes(new Date(day).getUTCDay()) && day !== '2026-09-02'
    expect(workdaysSince('2026-09-01', '2026-09-01', works)).toBe(0)
    expect(workdaysSince('2026-09-01', '2026-09-07', works)).toBe(3)
  })

  test.each([
    [undefined, { key: '2026', from: '2026-01-01', closedTo: '2026-10-04' }],
    ['2025', { key: '2025', from: '2025-01-01', closedTo: '2025-12-31' }],
    ['2026-02', { key: '2026-02', from: '2026-02-01', closedTo: '2026-02-28' }],
    ['2026-10', { key: '2026-10', from: '2026-10-01', closedTo: '2026-10-04' }],
    ['2026-11', null],
    ['2026-00', null],
    ['x', null],
  ])('the term %s', (key, expected) => {
    const term = termOf(key, today)
    if (expected) expect(term).toMatchObject(expected)
    else expect(term).toBeNull()
  })
})

test.each([
  ['light', [390, 320]],
  ['dark', [1440, 768]],
] as const)('in %s the page passes axe and fits %j px, also with sixty long names', async (colorScheme, widths) => {
  await addPlaces()
  const browser = await openBrowser()
  const context = await browser.newContext({ colorScheme, bypassCSP: true })
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.url }])
  const page = await context.newPage()
  const found: string[] = []
  for (const path of [links.commune(), links.commune('2026-08')]) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(server.url + path)
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${path} at ${width}`)
    }
    found.push(...(await runAxe(page)))
  }
  await browser.close()
  expect(found).toEqual([])
})

/** Sixty more counters of the longest name there may be, each with answers. */
const addPlaces = async () => {
  const name = 'Quầy tiếp nhận và trả kết quả giải quyết thủ tục hành chính lĩnh vực đất đai, xây dựng và môi trường số'
  await server.database.sql`
    insert into places (code, agency_id, name, sector, questionnaire, field_codes, service_mode, asks_respondent, position)
    select 'DAI' || n, agency_id, jsonb_build_object('vi', ${name}::text || ' ' || n, 'en', 'Counter ' || n, 'km', 'Counter ' || n),
      sector, questionnaire, field_codes, service_mode, asks_respondent, 100 + n
    from places, generate_series(1, 60) n where code = 'QUAYHT' on conflict do nothing`
  await server.database.sql`
    insert into cells (place_id, day, version_id, field_id, service_mode, channel, respondent, standing, wave_id, stratum_id,
      received, last_received_at, moments, counts, extra_sums, durations)
    select p.id, c.day, c.version_id, c.field_id, c.service_mode, c.channel, c.respondent, c.standing, 0, 0,
      c.received, c.last_received_at, c.moments, c.counts, c.extra_sums, c.durations
    from places p, (select cells.* from cells join places on places.id = place_id
      where places.code = 'QUAYHT' and day < '2026-10-01' limit 1) c
    where p.code like 'DAI%' on conflict do nothing`
}

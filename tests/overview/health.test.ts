import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import { hideSmallThemes } from '../../server/overview/health-rules.ts'
import { links } from '../../web/links.ts'
import { formatInterval, formatScore } from '../../web/ui/format.ts'
import { wholePage } from '../../web/ui/sections/sections.tsx'
import { openBrowser } from '../fixtures/pages/browser.ts'
import { runAxe } from '../fixtures/pages/survey-browser.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const today = '2026-10-05'
let clock = Date.parse('2026-08-11T03:00:00Z')
let server: TestServer
let cookie = ''

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  await Promise.all(Array.from({ length: 20 }, (_, i) => send('KHAMBENH', i < 8 ? 2 : 5)))
  clock = Date.parse('2026-09-08T03:00:00Z')
  await Promise.all(Array.from({ length: 30 }, (_, i) => send('KHAMBENH', i < 3 ? 2 : 5, saying(i))))
  await Promise.all(Array.from({ length: 9 }, (_, i) => send('TCHUNG', i < 1 ? 3 : 4)))
  await setThemes()
  clock = Date.parse(`${today}T03:00:00Z`)
  cookie = (await server.signIn()).cookie
})
afterAll(() => server.stop())

/** Ten comments, and what share of their hopes everyone saw met. */
const saying = (i: number) => ({
  extras: { expectation: 80 + (i % 3) * 10 },
  ...(i < 10 && { comment: `Ý kiến thử số ${i} về phòng chờ.` }),
})

async function send(place: string, level: number, more: Record<string, unknown> = {}) {
  expect((await server.answer({ ...(await fullBody(server, place, level)), ...more })).status).toBe(201)
}

/** Five cases about one theme and two about a second; the three that only the leaders may read also have the first. */
async function setThemes() {
  await server.database.sql.begin(async (sql) => {
    await sql`select set_config('ydan.agencies', 'all', true)`
    const set = await sql`
      with numbered as (select id, row_number() over (order by restricted, position) as number from cases where day = '2026-09-08'),
        named as (select id, row_number() over (order by position) as number from themes where sector = 'health')
      update cases set theme_id = named.id
      from numbered join named on named.number = case when numbered.number in (6, 7) then 2 else 1 end
      where cases.id = numbered.id`
    expect(set.count).toBe(10)
  })
}

const open = async (path: string, as = cookie) => {
  const reply = await server.send(path, { headers: { cookie: as } })
  const html = await reply.text()
  return { status: reply.status, html, text: toText(html) }
}
const toText = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/[\s\u00a0]+/g, ' ')
const plain = (words: string) => words.replaceAll('\u00a0', ' ')
const between = (text: string, start: string, end: string) => text.slice(text.indexOf(start), text.indexOf(end))

describe('the health page', () => {
  test.each([
    ['2026', '2026-01-01', '2026-10-04'],
    ['2026-09', '2026-09-01', '2026-09-30'],
  ])('says for %s what the API says of II.8', async (term, from, to) => {
    const all = await server.read<IndicatorResult[]>(links.api.indicators(from, to))
    const { score, lower, upper, responses, target } = all.find(({ code }) => code === 'II.8') as IndicatorResult
    const { status, text } = await open(links.healthResults(term, undefined, wholePage))
    expect(status).toBe(200)
    const services = between(text, 'Các dịch vụ y tế', 'theo công thức đang dùng')
    expect(services).toContain(
      `${formatScore(score ?? 0, target)} ${plain(formatInterval(lower ?? 0, upper ?? 0, target))}`,
    )
    expect(services).toContain(` ${responses} phiếu `)
  })

  test('adds the two services up to the whole, each with its own count', async () => {
    const { text } = await open(links.healthResults('2026-09', undefined, wholePage))
    const services = between(text, 'Các dịch vụ y tế', 'theo công thức đang dùng')
    expect(services).toMatch(/II\.8 .* 39 phiếu .*Khám bệnh, chữa bệnh .* 30 phiếu .*Tiêm chủng .* 9 phiếu /)
  })

  test('is about one service at a time, by its address', async () => {
    const outpatient = await open(links.healthResults('2026-09', 'outpatient', wholePage))
    const vaccination = await open(links.healthResults('2026-09', 'vaccination', wholePage))
    expect(outpatient.text).toContain('Biển báo, chỉ đường đến Trạm Y tế')
    expect(vaccination.text).not.toContain('Biển báo, chỉ đường đến Trạm Y tế')
    for (const { text } of [outpatient, vaccination]) {
      for (const group of [
        'Khả năng tiếp cận',
        'Minh bạch thông tin',
        'Cơ sở vật chất',
        'Thái độ, năng lực',
        'Kết quả',
      ])
        expect(text).toContain(group)
    }
    expect((await open(links.healthResults('2026-09', 'khac'))).status).toBe(404)
  })

  test('names what to improve first, by how many are dissatisfied, and what that does not mean', async () => {
    const { text } = await open(links.healthResults('2026-09', 'outpatient', wholePage))
    const improve = between(text, 'Nên cải thiện điều gì trước', 'Điểm theo thời gian')
    expect(improve.match(/khoảng \d+ người/g)).toHaveLength(5)
    expect(improve).toContain('nó không cho biết sửa điều nào thì điểm chung tăng nhiều nhất')
  })

  test('carries the months of the year, expectations met, and what counts as independent', async () => {
    const { text } = await open(links.healthResults('2026-09', 'outpatient', wholePage))
    expect(text).toMatch(/8\/2026 60,0 .* 20 9\/2026 90,0 .* 30/)
    expect(text).toMatch(/Đáp ứng mong đợi 90,0 % 30 người trả lời câu này/)
    expect(text).toContain('Chỉ phiếu phỏng vấn')
    expect(text).toContain('chưa đặt được hai kết quả cạnh nhau')
  })

  test('counts comments by theme, no group under five and none that is restricted', async () => {
    const { text } = await open(links.healthResults('2026-09', undefined, wholePage))
    const themes = between(text, 'Ý kiến theo chủ đề', 'Ý kiến cần xử lý của')
    expect(themes).toMatch(/ 5 .*dưới 5/)
    expect(themes).not.toMatch(/ [1-4] /)
    const august = between(
      (await open(links.healthResults('2026-07', undefined, wholePage))).text,
      'Ý kiến theo chủ đề',
      'Ý kiến cần xử lý của',
    )
    expect(august).toContain('Chưa có ý kiến nào')
  })

  test('shows running waves of the health questionnaires with their progress, and no others', async () => {
    await planWave('Đợt người bệnh', 'outpatient', 'tram-y-te')
    await planWave('Đợt tại quầy', 'administrative', 'trung-tam-pvhcc')
    const { text } = await open(links.healthResults(undefined, undefined, wholePage))
    expect(text).toMatch(/Đợt người bệnh .*đã nhận 0 \/ 50 phiếu cần thu/)
    expect(text).not.toContain('Đợt tại quầy')
  })
})

async function planWave(name: string, questionnaire: string, agency: string) {
  const { sql } = server.database
  const [wave] = await sql<{ id: number }[]>`
    insert into waves (name, owner_agency_id, version_id, channels, opens_on, closes_on, formula, drawn_from_list, created_by)
    select ${name}, a.id, v.id, '{paper}', '2026-10-01', '2026-10-20', 'pooled', false, 'can-bo-mot'
    from agencies a, questionnaire_versions v
    where a.code = ${agency} and v.code = ${questionnaire} and v.status = 'published' returning id`
  await sql`
    insert into wave_strata (wave_id, name, population, planned, position)
    values (${wave?.id ?? 0}, 'Ấp 1', 200, 50, 1)`
}

describe('who sees the health page', () => {
  const asRole = async (role: 'manager' | 'clerk' | 'leader' | 'auditor', agencies: string[]) =>
    (await server.signInAs(role, agencies)).cookie

  test('the station’s manager, with the whole indicator, and a way to it in the navigation', async () => {
    const member = await asRole('manager', ['tram-y-te'])
    const { status, html, text } = await open(links.healthResults('2026-09', undefined, wholePage), member)
    expect(status).toBe(200)
    expect(text).toContain('II.8')
    expect(html).toContain(`<a href="${links.healthResults()}" aria-current="page"`)
  })

  test('a manager without health places is refused with a reason, and has no such link', async () => {
    const member = await asRole('manager', ['trung-tam-pvhcc'])
    const refused = await open(links.healthResults(), member)
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('không phụ trách nơi phục vụ y tế nào')
    expect((await open(links.today(), member)).html).not.toContain(`href="${links.healthResults()}"`)
  })

  test('whoever follows the commune, leaders and auditors, but no clerk', async () => {
    for (const member of [
      await asRole('manager', ['phong-van-hoa-xa-hoi']),
      await asRole('leader', []),
      await asRole('auditor', []),
    ])
      expect((await open(links.healthResults(), member)).status).toBe(200)
    expect((await open(links.healthResults(), await asRole('clerk', ['tram-y-te']))).status).toBe(403)
    expect((await server.send(links.healthResults())).status).toBe(303)
  })

  test('one of several agencies with health places sees its own places only, and not the indicator', async () => {
    const { sql } = server.database
    await sql`update places set agency_id = (select id from agencies where code = 'truong-cong-lap') where code = 'TCHUNG'`
    clock += 2000
    const { text } = await open(
      links.healthResults('2026-09', undefined, wholePage),
      await asRole('manager', ['truong-cong-lap']),
    )
    await sql`update places set agency_id = (select id from agencies where code = 'tram-y-te') where code = 'TCHUNG'`
    clock += 2000
    const services = between(text, 'Các dịch vụ y tế', 'theo công thức đang dùng')
    expect(services).toMatch(/Tiêm chủng .* 9 phiếu/)
    expect(services).not.toContain(' 30 phiếu')
    expect(services).not.toContain('II.8 ')
  })
})

describe('with little or nothing', () => {
  test('no answer and one answer are said in words; a single answer is no score', async () => {
    const fresh = await startTestServer({ now: () => clock })
    const member = await fresh.signIn()
    const read = async () =>
      toText(await (await fresh.send(links.healthResults(undefined, undefined, wholePage), { headers: member })).text())
    expect(await read()).toContain('Chưa có phiếu nào được tính')
    expect((await fresh.answer(await fullBody(fresh, 'KHAMBENH', 2))).status).toBe(201)
    clock += 86_400_000
    const text = await read()
    clock -= 86_400_000
    expect(text).toContain('Dưới 5 phiếu: chưa hiện điểm')
    expect(text).toContain('Chưa đủ 5 phiếu để chia nhỏ')
    expect(text).not.toMatch(/\b0,0\b|NaN|undefined|Nên cải thiện điều gì/)
    await fresh.stop()
  })

  test.each(['2027', '2026-13', 'thang-nay'])('%s is no month or year of the past', async (term) => {
    expect((await open(links.healthResults(term))).status).toBe(400)
  })

  test('themes under five keep their names only', () => {
    const shown = hideSmallThemes([
      { name: 'a', count: 4 },
      { name: null, count: 5 },
      { name: 'b', count: 0 },
    ])
    expect(shown).toEqual([
      { name: null, count: 5 },
      { name: 'a', count: null },
    ])
  })
})

test.each([
  ['light', [390, 320]],
  ['dark', [1440, 768]],
] as const)('in %s the page passes axe and fits %j px', async (colorScheme, widths) => {
  const browser = await openBrowser()
  const context = await browser.newContext({ colorScheme, bypassCSP: true })
  const [name, value] = cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.url }])
  const page = await context.newPage()
  const found: string[] = []
  for (const path of [
    links.healthResults(),
    links.healthResults('2026-09', 'vaccination'),
    links.healthResults('2026-07'),
  ]) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(server.url + path)
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${path} at ${width}`)
    }
    await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })')
    found.push(...(await runAxe(page)))
  }
  await browser.close()
  expect(found).toEqual([])
})

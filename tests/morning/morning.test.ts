import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlaceId } from '../../server/catalogue/contract.ts'
import type { MorningFacts } from '../../server/morning/contract.ts'
import { compareDays, lastDayOf, shownScore } from '../../server/morning/rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { links } from '../../web/links.ts'
import { alertWords, morningSentences } from '../../web/morning/sentences.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const center = 'trung-tam-pvhcc'
const dayMs = 86_400_000
const thursday = Date.UTC(2026, 10, 26, 3)
let clock = thursday
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
})
afterAll(() => server.stop())

const say = async (level: number, comment?: string) => {
  const reply = await server.answer({ ...(await fullBody(server, 'QUAYHT', level)), ...(comment && { comment }) })
  return reply.status
}
const words = async (path: string, { cookie }: { cookie: string }) => {
  const html = await (await server.send(path, { headers: { cookie } })).text()
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}
/** `n` who answered alike, `good` of one to each. */
const alike = (n: number, good: number): Sums => [n, good < 1 ? n : 0, n * good, n, n * good ** 2, n * good, n]

describe('what is told', () => {
  const facts: MorningFacts = {
    agency: { code: center, name: 'Trung tâm' },
    today: '2026-11-28',
    day: '2026-11-27',
    score: { score: 94.12, lower: 90.96, upper: 96.31, responses: 132 },
    visits: 410,
    before: null,
    worst: null,
    falls: [],
    due: { late: 2, today: 1, fresh: 3, praise: 0 },
  }
  const told = (more: Partial<MorningFacts> = {}) =>
    morningSentences({ ...facts, ...more })
      .join(' ')
      .replace(/\u00a0/g, ' ')

  test('a score with its interval, its number and its denominator, and what falls due', () => {
    expect(told()).toBe(
      'Thứ Sáu 27/11: hài lòng 94,1 % (khoảng tin cậy 95 %: 91,0 – 96,3 %), tính trên 132 phiếu trong 410 lượt phục vụ. ' +
        'Ý kiến: 2 quá hạn, 1 đến hạn hôm nay, 3 mới ngày 27/11.',
    )
    expect(told({ visits: null })).toContain('tính trên 132 phiếu, chưa nhập số lượt phục vụ.')
    expect(told({ score: null, due: null })).toBe('Thứ Sáu 27/11: chưa đủ 5 phiếu nên chưa nêu điểm.')
    expect(told({ day: null, score: null, due: null })).toBe('Từ 21/11 đến 27/11 không có phiếu nào.')
  })

  test('a rise or a fall only where it can be proved', () => {
    const before = { score: 97.2, lower: 96, upper: 98, responses: 2310 }
    const change = (change: 'fall' | 'not_provable') =>
      told({ before: { score: before, difference: { difference: -3.1, lower: -6, upper: 0.2, change } } })
    expect(change('not_provable')).toContain('(97,2 %, 2.310 phiếu): chưa đủ căn cứ để nói tăng hay giảm.')
    expect(change('fall')).toContain('giảm 3,1 điểm phần trăm, hơn mức ngẫu nhiên.')
  })

  test('what to do first only where one criterion stands out from all others, as on Hôm nay', () => {
    const harm = { key: 'sipas-28', label: 'Ngày hẹn', about: null, citizens: 7, answered: 47, share: 14.9 }
    expect(told({ worst: { ...harm, leads: true } })).toContain(
      'Nên làm trước: “Ngày hẹn”, 14,9 % chưa hài lòng trên 47 câu trả lời.',
    )
    const unproven = told({ worst: { ...harm, leads: false } })
    expect(unproven).toContain(
      'Nhiều người chưa hài lòng nhất: “Ngày hẹn”, 14,9 % trên 47 câu trả lời; chưa rõ ràng nhiều hơn các tiêu chí khác.',
    )
    expect(unproven).not.toContain('Nên làm')
  })

  test('fewer than five on either side give no figure', () => {
    expect(shownScore(alike(4, 1))).toBeNull()
    expect(shownScore(alike(5, 1))?.score).toBe(100)
    expect(compareDays(shownScore(alike(40, 0.5)), alike(4, 1))).toBeNull()
    expect(compareDays(shownScore(alike(40, 0.5)), alike(400, 1))?.difference.change).toBe('fall')
    const rows = [
      { placeId: 1 as PlaceId, day: '2026-11-25', sums: alike(9, 1) },
      { placeId: 1 as PlaceId, day: '2026-11-26', sums: alike(2, 1) },
      { placeId: 2 as PlaceId, day: '2026-11-26', sums: alike(3, 0) },
      { placeId: 1 as PlaceId, day: '2026-11-27', sums: null },
    ]
    expect(lastDayOf(rows)).toMatchObject({ day: '2026-11-26', sums: [5, 3, 2, 5, 2, 2, 5] })
    // Beside a place of five, two at another would be told by the sum.
    const beside = [...rows.slice(0, 2), { placeId: 2 as PlaceId, day: '2026-11-26', sums: alike(6, 0) }]
    expect(lastDayOf(beside)).toMatchObject({ day: '2026-11-26', sums: [6, 6, 0, 6, 0, 0, 6] })
    expect(lastDayOf([])).toBeNull()
  })

  test('an alert names what presses, and nothing where nothing does', () => {
    expect(alertWords({ late: 0, today: 0, falls: [] })).toBe('')
    expect(alertWords({ late: 2, today: 1, falls: [{ place: 'Quầy 1', week: '2026-11-16' }] })).toBe(
      '2 ý kiến quá hạn, 1 ý kiến đến hạn hôm nay. Tuần 16/11–22/11 giảm rõ: Quầy 1.',
    )
  })
})

test('the page tells closed days only, by the rule of five, without a citizen’s word; the picture is a PNG', async () => {
  const manager = await server.signInAs('manager', [center])
  for (let sent = 0; sent < 4; sent += 1) expect(await say(3, 'Ghế ngồi bị hỏng.')).toBe(201)
  expect(await words(links.morning(), manager)).toContain('không có phiếu nào')
  clock += dayMs
  expect(await words(links.morning(), manager)).toMatch(/Thứ Năm 26\/11: chưa đủ 5 phiếu .* 4 mới ngày 26\/11/)
  for (let sent = 0; sent < 6; sent += 1) await say(5)
  clock += dayMs
  const page = await words(links.morning(), manager)
  expect(page).toMatch(/Thứ Sáu 27\/11: hài lòng 100,0 % .* tính trên 6 phiếu/)
  expect(page).not.toMatch(/Ghế ngồi|So với/)
  const picture = await server.send(links.morningPicture(center), { headers: manager })
  const bytes = Buffer.from(await picture.arrayBuffer())
  expect([picture.status, picture.headers.get('content-type'), bytes.subarray(1, 4).toString()]).toEqual([
    200,
    'image/png',
    'PNG',
  ])
  expect(bytes.readUInt32BE(16)).toBe(1080)
})

test('nobody reads the morning of another agency, and the landing page leads to the own one in a line', async () => {
  const nurse = await server.signInAs('manager', ['tram-y-te'])
  expect((await server.send(links.morning(center), { headers: nurse })).status).toBe(404)
  expect((await server.send(links.morningPicture(center), { headers: nurse })).status).toBe(404)
  const interviewer = await server.signInAs('interviewer')
  expect((await server.send(links.morning(), { headers: interviewer })).status).toBe(403)
  clock += 12 * dayMs
  const manager = await server.signInAs('manager', [center])
  const html = await (await server.send(links.today(), { headers: manager })).text()
  expect(html).toMatch(/morning-line presses"><b>4 ý kiến quá hạn\.<\/b> <a href="\/buoi-sang"/)
})

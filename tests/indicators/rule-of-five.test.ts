import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import { rankFields } from '../../server/indicators/harm-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { shownScoreOf } from '../../server/score/rules.ts'
import type { DailyResult } from '../../server/today/contract.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const day = '2026-11-23'
let clock = Date.UTC(2026, 10, 23, 3)
let server: TestServer
let staff: { cookie: string }
beforeAll(async () => {
  server = await startTestServer({ now: () => clock })
  staff = await server.signInAs('leader')
  expect((await server.answer(await fullBody(server, 'TRMN', 5))).status).toBe(201)
  for (let sent = 0; sent < 4; sent += 1) await server.answer(await fullBody(server, 'QUAYHT', 2))
  clock += 86_400_000
})
afterAll(() => server.stop())

const words = async (path: string) => {
  const html = await (await server.send(path, { headers: staff })).text()
  return html.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}
const alike = (n: number): Sums => [n, n, 0, n, 0, 0, n]

test('no page of a closed day shows a score of one answer, or of four', async () => {
  for (const path of [links.today(day), links.todayPeriod(day, day), links.todayPeriod('2026-11-01', day)]) {
    const page = await words(path)
    expect(page, path).toContain('Dưới 5 phiếu, không hiện điểm')
    expect(page, path).not.toMatch(/100,0|\b0,0\b/)
  }
  const indicators = await words(links.indicators(day, day))
  expect(indicators).toContain('Chưa đủ 5 phiếu')
  expect(indicators).not.toMatch(/100,0 %/)
  for (const { code } of await server.read<IndicatorResult[]>(links.api.indicators(day, day)))
    expect(await words(links.indicator(code, day, day)), code).not.toMatch(/100,0 %|\b0,0 %/)
})

test('programs with the key read exact values; a member of staff reads what the screens say', async () => {
  const exact = await server.read<DailyResult[]>(links.api.daily('TRMN', day, day))
  expect(exact).toMatchObject([{ score: 100, responses: 1 }])
  const held = await (await server.send(links.api.daily('TRMN', day, day), { headers: staff })).json()
  expect(held).toMatchObject([{ score: null, lower: null, upper: null, responses: 1 }])
})

test('the fifth answer brings the score, and a field of four is not named', () => {
  expect(shownScoreOf(alike(4))).toEqual({ score: null, lower: null, upper: null, responses: 4 })
  expect(shownScoreOf(alike(5))).toMatchObject({ score: 0, responses: 5 })
  const fields = [4, 5].map((n) => ({ key: String(n), label: `Lĩnh vực ${n}`, sums: alike(n) }))
  expect(rankFields(fields).map(({ label }) => label)).toEqual(['Lĩnh vực 5'])
})

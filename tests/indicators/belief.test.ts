import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  carryingSums,
  demandOf,
  describeSources,
  isSpread,
  judge,
  leastSpread,
  spreadOf,
} from '../../server/indicators/belief/rules.ts'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import type { Sums } from '../../server/score/contract.ts'
import { scoreOf } from '../../server/score/rules.ts'
import type { DailyResult } from '../../server/today/contract.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const dayMs = 86_400_000

/** The sums of so many people, so many of them wholly satisfied, who answered everything alike. */
const sums = (people: number, satisfied: number): Sums =>
  [...[people, people - satisfied, satisfied, people, satisfied, satisfied], people] as unknown as Sums

const beliefOf = (bySource: Record<string, Sums>) => {
  const map = new Map(Object.entries(bySource))
  return { ...describeSources(map), carrying: scoreOf(carryingSums(map)) }
}

describe('the rule of a verdict', () => {
  const whole = scoreOf(sums(400, 400))

  test.each([
    ['enough of one side on enough days', { open: sums(300, 300) }, true, 'met', null],
    ['below the target', { open: sums(300, 200) }, true, 'not_met', null],
    ['the target in the interval', { open: sums(20, 19) }, true, 'not_yet_provable', 'interval'],
    ['too few days', { open: sums(300, 300) }, false, 'not_yet_provable', 'few_days'],
    ['only answers without a page of ours', { unminted: sums(300, 300) }, true, 'not_yet_provable', 'unminted'],
    [
      'proven and open apart',
      { open: sums(300, 300), proven: sums(40, 28) },
      true,
      'not_yet_provable',
      'sources_differ',
    ],
    [
      'apart the other way round',
      { open: sums(300, 200), proven: sums(300, 299) },
      true,
      'not_yet_provable',
      'sources_differ',
    ],
    ['too few proven to stand beside', { open: sums(300, 300), proven: sums(19, 13) }, true, 'met', null],
  ] as const)('%s', (_, bySource, spread, verdict, reason) => {
    expect(judge(beliefOf(bySource as Record<string, Sums>), whole, 95, spread)).toEqual({ verdict, reason })
  })

  test('only ever keeps a verdict back: what it says is what the interval of the carrying answers says', () => {
    const part = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(part, part, part, fc.boolean(), (a, b, c, spread) => {
        const of = ([people, share]: [number, number]) => sums(people, Math.round(people * share))
        const belief = beliefOf({ open: of(a), proven: of(b), unminted: of(c) })
        const { verdict, reason } = judge(belief, whole, 90, spread)
        expect(reason === null).toBe(verdict !== 'not_yet_provable')
        if (reason !== null) return
        expect(verdict === 'met' ? belief.carrying.lower : 90).toBeGreaterThanOrEqual(90)
        expect(verdict === 'not_met' ? belief.carrying.upper : 0).toBeLessThan(90)
        expect(spread).toBe(true)
      }),
    )
  })

  test('ten even days are enough, nine are not, nor ten of which one holds more than a fifth', () => {
    const days = (...people: number[]) => spreadOf(people.map((count) => sums(count, count)))
    expect(days(...Array(10).fill(7))).toEqual({ days: 10, largestShare: expect.closeTo(0.1, 12) })
    expect(isSpread(days(...Array(10).fill(7)), leastSpread)).toBe(true)
    expect(isSpread(days(...Array(9).fill(7)), leastSpread)).toBe(false)
    expect(isSpread(days(...Array(8).fill(10), 10, 10, 25), leastSpread)).toBe(true)
    expect(isSpread(days(...Array(8).fill(10), 10, 10, 26), leastSpread)).toBe(false)
    expect(spreadOf([])).toEqual({ days: 0, largestShare: 0 })
  })

  test('a definition may ask for more, never for less; a household wave keeps its own rule', () => {
    expect(demandOf({ spread: { days: 30, largestShare: 0.1 } })).toEqual({ days: 30, largestShare: 0.1 })
    expect(demandOf({ spread: { days: 2, largestShare: 0.9 } })).toEqual(leastSpread)
    expect(demandOf({})).toEqual(leastSpread)
    expect(demandOf({ questionnaire: 'household' })).toBeNull()
  })
})

describe('over HTTP', () => {
  let server: TestServer
  const start = Date.UTC(2026, 8, 1, 3)
  let clock = start
  beforeAll(async () => {
    // Days follow each other faster than a budget is announced.
    server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
  })
  afterAll(() => server.stop())

  const health = async () =>
    (await server.read<IndicatorResult[]>(links.api.indicators())).find(
      ({ code }) => code === 'II.8',
    ) as IndicatorResult
  /** Answers on pages of ours, some on each of the days that follow. */
  const answerOn = async (place: string, level: number, perDay: readonly number[]) => {
    for (const count of perDay) {
      clock += dayMs
      for (let index = 0; index < count; index += 1) {
        const id = await server.mint(place, clock - 40_000)
        await server.answer(await fullBody(server, place, level, id))
      }
    }
    clock += dayMs
  }
  const page = async (path: string) => {
    const { cookie } = await server.signIn()
    return (await (await server.send(path, { headers: { cookie } })).text()).replaceAll('\u00a0', ' ')
  }

  test('a hundred answers by a script at night are in the score and carry no verdict at all', async () => {
    clock = Date.UTC(2026, 8, 1, 20)
    const bodies = await Promise.all(Array.from({ length: 100 }, () => fullBody(server, 'TCHUNG', 5)))
    for (const body of bodies) expect((await server.answer({ ...body, channel: 'qr' })).status).toBe(201)
    clock += dayMs
    expect(await health()).toMatchObject({
      score: 100,
      responses: 100,
      verdict: 'not_yet_provable',
      reason: 'unminted',
      sources: { unminted: 100, open: { responses: 0 }, proven: { responses: 0 }, provenShare: 0 },
    })
    expect(await page(links.indicator('II.8'))).toContain('Chưa đủ căn cứ: ít phiếu từ trang của Ý Dân')
    await server.database.sql`update responses set standing = 'set_aside', reason = 'reviewed'`
    await server.countDiffering()
  })

  test('sixty answers on three days are met by their interval and not by the rule; twelve even days are', async () => {
    clock = Date.UTC(2026, 8, 5, 3)
    await answerOn('TCHUNG', 5, [20, 20, 20])
    expect(await health()).toMatchObject({ score: 100, verdict: 'not_yet_provable', reason: 'few_days' })
    for (const path of [links.indicator('II.8'), links.indicators()])
      expect(await page(path)).toContain('Chưa đủ căn cứ: dồn vào ít ngày')
    await answerOn('TCHUNG', 5, Array(10).fill(10))
    const found = await health()
    expect(found).toMatchObject({ verdict: 'met', reason: null, sources: { open: { responses: 160 } } })
  })

  test('a new version may ask for more days and keeps the verdict back; fewer than ten is refused', async () => {
    const { cookie } = await server.signIn()
    const [row] = await server.database.sql`select title, period from indicators where code = 'II.8'`
    const form = (days: string) =>
      new URLSearchParams({
        basedOn: '1',
        title: row?.title,
        target: '90',
        period: row?.period,
        formula: 'pooled',
        allChannels: 'yes',
        spreadDays: days,
        largestShare: '15',
        reason: 'Theo góp ý của đơn vị chủ trì.',
      })
    const change = (days: string) =>
      server.send(links.changeIndicator('II.8'), { method: 'POST', headers: { cookie }, body: form(days) })
    const refused = await change('9')
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('không ít hơn')])
    expect((await change('40')).status).toBe(303)
    expect(await health()).toMatchObject({ verdict: 'not_yet_provable', reason: 'few_days' })
    await server.database.sql`delete from indicators where code = 'II.8' and version = 2`
    expect(await health()).toMatchObject({ verdict: 'met' })
  })

  test('proven answers that say something else keep the verdict back and stand beside the open ones', async () => {
    await answerOn('TCHUNG', 2, Array(10).fill(3))
    await server.database.sql`update responses set provenance = 'presence' where answers ~ '^[-.2]+$'`
    await server.countDiffering()
    const found = await health()
    expect(found).toMatchObject({
      verdict: 'not_yet_provable',
      reason: 'sources_differ',
      sources: { proven: { responses: 30, score: 0 }, open: { responses: 160, score: 100 } },
    })
    expect(found.sources.difference?.upper).toBeLessThan(0)
    const text = await page(links.indicator('II.8'))
    expect(text).toContain('Chưa đủ căn cứ: hai nguồn lệch nhau')
    const sides = text.slice(text.indexOf('Có kiểm chứng'), text.indexOf('điểm phần trăm (khoảng tin cậy 95 %: −'))
    expect(sides).toMatch(
      /^Có kiểm chứng 0(,\d+)? % \([^)]+, 30 phiếu\); mở 100(,\d+)? % \([^)]+, 160 phiếu\); lệch −100,0 $/,
    )
  })
})

test('thirty forms without a cookie meet the open ceiling, and their one day carries no verdict', async () => {
  let clock = Date.UTC(2026, 8, 3, 20)
  const server = await startTestServer({ now: () => clock })
  for (let index = 0; index < 30; index += 1) {
    const html = await (await server.send(links.survey('KHAMBENH'))).text()
    const hidden = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1], m[2]])
    const names = new Set([...html.matchAll(/name="(a-[^"]+)"/g)].map((match) => match[1]))
    clock += 3300
    const body = new URLSearchParams([...hidden, ...[...names].map((name) => [name, '5'])] as string[][])
    expect((await server.send(links.survey('KHAMBENH'), { method: 'POST', body })).status).toBe(303)
  }
  const [day] = await server.read<DailyResult[]>(links.api.daily('KHAMBENH', '2026-09-04', '2026-09-04'))
  expect(day).toMatchObject({ responses: 24, setAside: 6, score: 100 })
  clock += dayMs
  const indicators = await server.read<IndicatorResult[]>(links.api.indicators())
  expect(indicators.find(({ code }) => code === 'II.8')).toMatchObject({ verdict: 'not_yet_provable' })
  await server.stop()
})

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readIndicators } from '../../db/catalogue/indicators.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { lastDayOf } from '../../server/days.ts'
import { readLanguages } from '../../server/indicators/languages/languages.ts'
import { gatherMonths, type SpokenSums, sumLanguage } from '../../server/indicators/languages/rules.ts'
import { mayRelease } from '../../server/publication/suppression-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const sumsOf = (count: number): Sums => [count, 0, count, count, count, count, count]

describe('months of one language', () => {
  const spoken = (month: string, count: number, members = ['II.1']): SpokenSums => {
    return { language: 'km', sector: 'administrative', month, members, sums: sumsOf(count) }
  }
  const ask = (list: SpokenSums[], from: string, to: string, indicator = 'II.1') =>
    sumLanguage(gatherMonths(list), { language: 'km', indicator, from, to })[0]

  test('wait for one another until there are five, and never join another year', () => {
    const list = [
      spoken('2026-01', 3),
      spoken('2026-03', 1),
      spoken('2026-04', 2),
      spoken('2026-12', 4),
      spoken('2027-01', 4),
    ]
    expect(gatherMonths(list).map(({ from, to }) => [from, to])).toEqual([['2026-01', '2026-04']])
    expect(ask(list, '2026-01-01', '2027-12-31')).toBe(6)
    expect([ask(list, '2026-01-01', '2026-04-29'), ask(list, '2026-01-02', '2026-04-30')]).toEqual([0, 0])
  })

  test('wait while one more indicator would tell fewer than five apart', () => {
    const list = [spoken('2026-01', 9), spoken('2026-01', 1, ['II.1', 'II.2']), spoken('2026-02', 4, ['II.1', 'II.2'])]
    expect(ask(list, '2026-01-01', '2026-01-31')).toBe(0)
    expect(ask(list, '2026-01-01', '2026-02-28')).toBe(14)
    expect(ask(list, '2026-01-01', '2026-02-28', 'II.2')).toBe(5)
  })

  test('never give away fewer than five people, whatever ranges and indicators are compared', () => {
    const months = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04']
    const memberships = [['A'], ['A', 'B'], ['A', 'B', 'C'], ['C']]
    const held = fc.record({
      month: fc.constantFrom(...months),
      members: fc.constantFrom(...memberships),
      count: fc.integer({ min: 1, max: 7 }),
    })
    const look = fc.record({
      indicator: fc.constantFrom('A', 'B', 'C'),
      first: fc.integer({ min: 0, max: 5 }),
      length: fc.integer({ min: 0, max: 5 }),
    })
    fc.assert(
      fc.property(fc.array(held, { maxLength: 25 }), fc.array(look, { minLength: 1, maxLength: 6 }), (given, looks) => {
        const groups = gatherMonths(given.map(({ month, members, count }) => spoken(month, count, members)))
        const histories = given.flatMap(({ month, members, count }) => {
          const history = looks.map(({ indicator, first, length }) => {
            const [from, to] = [`${months[first]}-01`, lastDayOf(months[Math.min(5, first + length)] as string)]
            const group = groups.find((one) => one.from <= month && month <= one.to)
            const isHeld = group && `${group.from}-01` >= from && lastDayOf(group.to) <= to
            return Boolean(isHeld) && members.includes(indicator)
          })
          return Array.from({ length: count }, () => history)
        })
        expect(mayRelease(histories)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('an indicator by the language of the form', () => {
  let server: TestServer
  let clock = Date.UTC(2026, 8, 10, 3)
  beforeAll(async () => {
    server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
    await send('2026-09-10', [...repeat(6, 'km', 5), ...repeat(2, 'en', 5), ...repeat(8, 'vi', 2)])
    await send('2026-10-12', [...repeat(3, 'km', 1), ...repeat(7, 'en', 4), ...repeat(6, 'vi', 5)])
    clock = Date.UTC(2026, 10, 20, 3)
  })
  afterAll(() => server.stop())

  const repeat = (count: number, language: string, level: number) =>
    Array.from({ length: count }, () => ({ language, level }))

  async function send(day: string, answers: { language: string; level: number }[]): Promise<void> {
    clock = Date.parse(`${day}T03:00:00Z`)
    for (const { language, level } of answers) {
      const reply = await server.answer({ ...(await fullBody(server, 'TRTH', level)), language })
      expect(reply.status).toBe(201)
    }
  }

  async function read(from: string, to: string, code = 'II.9') {
    const state = await createCatalogue(server.database, () => clock).read()
    const indicator = (await readIndicators(server.database)).find((one) => one.code === code)
    if (!indicator) throw new Error(`no ${code}`)
    const { parts } = await readLanguages(server.database, state, indicator, {
      range: { from, to },
      today: '2026-11-20',
    })
    return Object.fromEntries(parts.map(({ key, score }) => [key, [score.responses, score.score]]))
  }

  test('shows Khmer and English apart in whole months, and the parts add up', async () => {
    // English waits for October; Khmer has its five in September, and three more wait.
    expect(await read('2026-09-01', '2026-09-30')).toEqual({ km: [6, 100], rest: [10, expect.closeTo(20, 6)] })
    const both = await read('2026-01-01', '2026-11-19')
    expect(both).toEqual({
      km: [6, 100],
      en: [9, 100],
      rest: [17, expect.closeTo((6 / 17) * 100, 6)],
    })
    expect(await read('2026-10-01', '2026-10-31')).toEqual({})
    expect(await read('2026-09-02', '2026-11-19')).toEqual({})
  })

  test('stands on the page beside the channels, and says why where it cannot', async () => {
    const { cookie } = await server.signIn()
    const page = async (from: string, to: string) =>
      (await server.send(links.indicator('II.9', from, to, 'nguoi'), { headers: { cookie } })).text()
    const shown = await page('2026-01-01', '2026-11-19')
    expect(shown).toMatch(/Theo ngôn ngữ của phiếu.*Tiếng Khmer.*100,0/s)
    const few = await page('2026-10-01', '2026-10-31')
    expect(few).toContain('Chưa đủ phiếu tiếng Khmer hay tiếng Anh')
    expect(few).not.toMatch(/>Tiếng Khmer</)
  })

  test('counts what a reviewer set aside no longer', async () => {
    await server.database.sql`
      update responses set standing = 'set_aside', reason = 'reviewed'
      where ctid in (select ctid from responses where language = 'km' and day = '2026-09-10' limit 2)`
    // Four are left in September, so they wait for October.
    expect(await read('2026-09-01', '2026-09-30')).not.toHaveProperty('km')
  })

  test('reads the index of other languages, never the Vietnamese responses', async () => {
    const rows = await server.database.sql.begin(async (sql) => {
      await sql`set local enable_seqscan = off`
      return sql`explain select 1 from responses where language <> 'vi' and standing = 'counted'
        and day between '2026-01-01' and '2026-12-31' and version_id = any(${[1, 2]}::int2[])`
    })
    expect(JSON.stringify(rows)).toContain('responses_other_language')
  })
})

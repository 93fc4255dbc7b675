import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readIndicators } from '../../db/catalogue/indicators.ts'
import { createCatalogue } from '../../server/catalogue/catalogue.ts'
import { lastDayOf } from '../../server/days.ts'
import { readAssisted, readLanguages } from '../../server/indicators/apart/apart.ts'
import { type ApartSums, gatherMonths, sumApart } from '../../server/indicators/apart/rules.ts'
import { mayRelease } from '../../server/publication/suppression-rules.ts'
import type { Sums } from '../../server/score/contract.ts'
import { links } from '../../web/links.ts'
import { fullBody, startTestServer, type TestServer } from '../fixtures/test-server.ts'

const sumsOf = (count: number): Sums => [count, 0, count, count, count, count, count]

describe('months of one language', () => {
  const spoken = (month: string, count: number, members = ['II.1']): ApartSums => {
    return { key: 'km', sector: 'administrative', month, members, sums: sumsOf(count) }
  }
  const ask = (list: ApartSums[], from: string, to: string, indicator = 'II.1') =>
    sumApart(gatherMonths(list, { together: false }), { key: 'km', indicator, from, to })[0]

  test('wait for one another until there are five, and never join another year', () => {
    const list = [
      spoken('2026-01', 3),
      spoken('2026-03', 1),
      spoken('2026-04', 2),
      spoken('2026-12', 4),
      spoken('2027-01', 4),
    ]
    expect(gatherMonths(list, { together: false }).map(({ from, to }) => [from, to])).toEqual([['2026-01', '2026-04']])
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
        const groups = gatherMonths(
          given.map(({ month, members, count }) => spoken(month, count, members)),
          { together: false },
        )
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

describe('months of those who were helped, who were not and who did not say', () => {
  const keys = ['self', 'helped', 'unsaid']

  test('wait for one another: what is left of the whole is whole groups too', () => {
    const list = (['self', 'helped', 'unsaid'] as const).flatMap((key) =>
      ['2026-01', '2026-02'].map((month): ApartSums => {
        const few = key === 'unsaid' && month === '2026-01'
        return { key, sector: 'education', month, members: ['II.9'], sums: sumsOf(few ? 2 : 9) }
      }),
    )
    const together = gatherMonths(list, { together: true })
    expect(together.map(({ from, to }) => [from, to])).toEqual([['2026-01', '2026-02']])
    // Apart, January's two who did not say would be what its nine and nine leave of its twenty.
    expect(gatherMonths(list, { together: false }).length).toBeGreaterThan(1)
  })

  test('never give away fewer than five people, whatever ranges and indicators are compared', () => {
    const months = ['2025-11', '2025-12', '2026-01', '2026-02', '2026-03']
    const held = fc.record({
      key: fc.constantFrom(...keys),
      month: fc.constantFrom(...months),
      members: fc.constantFrom<string[]>(['A'], ['A', 'B'], ['B']),
      count: fc.integer({ min: 1, max: 7 }),
    })
    const look = fc.record({
      key: fc.constantFrom('self', 'helped', 'all'),
      indicator: fc.constantFrom('A', 'B'),
      first: fc.integer({ min: 0, max: 4 }),
      length: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(fc.array(held, { maxLength: 30 }), fc.array(look, { minLength: 1, maxLength: 6 }), (given, looks) => {
        const groups = gatherMonths(
          given.map(({ count, ...one }) => ({ ...one, sector: 'education', sums: sumsOf(count) })),
          { together: true },
        )
        const inGroups = given.filter(({ month }) => groups.some(({ from, to }) => from <= month && month <= to))
        const histories = inGroups.flatMap(({ key, month, members, count }) => {
          const history = looks.map(({ key: asked, indicator, first, length }) => {
            const [from, to] = [`${months[first]}-01`, lastDayOf(months[Math.min(4, first + length)] as string)]
            const group = groups.find((one) => one.from <= month && month <= one.to)
            const isHeld = group && `${group.from}-01` >= from && lastDayOf(group.to) <= to
            return Boolean(isHeld) && members.includes(indicator) && (asked === 'all' || asked === key)
          })
          return Array.from({ length: count }, () => history)
        })
        expect(mayRelease(histories)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('an indicator by who pressed and read', () => {
  let server: TestServer
  let clock = Date.UTC(2026, 8, 10, 3)
  beforeAll(async () => {
    server = await startTestServer({ now: () => clock, config: { placeBudgetPerHour: 100_000 } })
    // Before anybody was helped: of no interest, however many.
    await send('2026-08-10', repeat(12, undefined, 1))
    await send('2026-09-10', [...repeat(22, false, 5), ...repeat(4, true, 2), ...repeat(6, undefined, 4)])
    await send('2026-10-12', [...repeat(9, false, 5), ...repeat(18, true, 2), ...repeat(5, undefined, 4)])
    clock = Date.UTC(2026, 10, 20, 3)
  })
  afterAll(() => server.stop())

  const repeat = (count: number, assisted: boolean | undefined, level: number) =>
    Array.from({ length: count }, () => ({ assisted, level }))

  async function send(day: string, answers: { assisted: boolean | undefined; level: number }[]): Promise<void> {
    clock = Date.parse(`${day}T03:00:00Z`)
    for (const { assisted, level } of answers) {
      const body = { ...(await fullBody(server, 'TRTH', level)), ...(assisted !== undefined && { assisted }) }
      expect((await server.answer(body)).status).toBe(201)
    }
  }

  async function read(from: string, to: string) {
    const state = await createCatalogue(server.database, () => clock).read()
    const indicator = (await readIndicators(server.database)).find(({ code }) => code === 'II.9')
    if (!indicator) throw new Error('no II.9')
    const asked = { range: { from, to }, today: '2026-11-20' }
    const view = await readAssisted(server.database, state, indicator, asked)
    return { view, parts: view.parts.map(({ key, score }) => [key, score.responses, score.score]) }
  }

  test('stands apart in months gathered until each side has five, and the parts add up', async () => {
    expect((await read('2026-09-01', '2026-09-30')).parts).toEqual([])
    const { view, parts } = await read('2026-01-01', '2026-11-19')
    expect(parts).toEqual([
      ['self', 31, 100],
      ['helped', 22, 0],
      ['rest', 23, expect.closeTo((11 / 23) * 100, 6)],
    ])
    expect(view.difference).toMatchObject({ difference: -100, change: 'fall' })
  })

  test('changes no score, no standing and no tally', async () => {
    expect(await server.countDiffering()).toBe(0)
    const rows = await server.database.sql`
      select assisted, count(distinct standing)::int as standings from responses group by 1 order by 1`
    expect(rows.map(({ assisted, standings }) => [assisted, standings])).toEqual([
      [false, 1],
      [true, 1],
      [null, 1],
    ])
  })

  test('stands on the page with the difference and its interval; with fewer than twenty on a side without it', async () => {
    const { cookie } = await server.signIn()
    const page = async (from: string, to: string) =>
      (await server.send(links.indicator('II.9', from, to, 'nguoi'), { headers: { cookie } })).text()
    const shown = await page('2026-01-01', '2026-11-19')
    expect(shown).toMatch(
      /Tự trả lời và có người giúp.*Có người giúp so với tự trả lời: −100,0 điểm phần trăm \(khoảng −/s,
    )
    expect(shown).toContain('thấp hơn thật')
    const { id } = (await server.database.sql`select id from responses where assisted limit 1`)[0] as { id: string }
    await server.database.sql`
      update responses set standing = 'set_aside', reason = 'reviewed'
      where assisted and id in (select id from responses where assisted and id <> ${id} limit 3)`
    expect(await page('2026-01-01', '2026-11-19')).toContain('Chưa đủ 20 phiếu mỗi bên')
    expect(await page('2026-09-01', '2026-09-30')).toContain('mỗi bên cần ít nhất 5 phiếu')
  })

  test('looks for the first who was helped in an index of their own', async () => {
    const rows = await server.database.sql.begin(async (sql) => {
      await sql`set local enable_seqscan = off`
      return sql`explain select min(day) from responses where assisted and standing = 'counted'
        and day between '2026-01-01' and '2026-12-31' and version_id = any(${[1, 2]}::int2[])
        group by date_trunc('year', day)`
    })
    expect(JSON.stringify(rows)).toContain('responses_assisted')
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

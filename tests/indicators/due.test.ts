import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorResult } from '../../server/indicators/contract.ts'
import { dueFrom, dueOfAll, isDueIn } from '../../server/indicators/target-rules.ts'
import { termOf } from '../../server/indicators/term-rules.ts'
import { missingInWords } from '../../web/indicators/words.ts'
import { links } from '../../web/links.ts'
import { fillTown, openTown, type Town } from '../fixtures/public-town.ts'
import { fullBody } from '../fixtures/test-server.ts'

describe('a target is due', () => {
  test.each([
    ['2028-2030', '2026-11-28', 2028, [false, false, true, true, true]],
    ['2026-2027', '2026-11-28', null, [true, true, false, false, false]],
    ['2027', '2026-12-31', 2027, [false, true, false, false, false]],
    ['2027', '2027-01-01', null, [false, true, false, false, false]],
    ['đến 2030', '2026-01-01', null, [true, true, true, true, true]],
    ['Đến 2028', '2029-01-01', null, [true, true, true, false, false]],
    ['hằng năm', '2026-01-01', null, [false, false, false, false, false]],
  ] as const)('%s seen on %s: from %s', (period, day, from, years) => {
    expect(dueFrom(period, day)).toBe(from)
    expect([2026, 2027, 2028, 2029, 2030].map((year) => isDueIn(period, year))).toEqual(years)
  })
})

test('places together are due as the indicator of their whole sector where they are not due alike', () => {
  const about = (period: string, definition: object) => ({ ...{ target: 95, period }, definition: definition as never })
  const indicators = [
    about('2026-2027', { sector: 'administrative', serviceModes: ['online'] }),
    about('2028-2030', { sector: 'administrative' }),
    about('đến 2030', { sector: 'health' }),
  ]
  type Served = Parameters<typeof dueOfAll>[0][number]
  const counter: Served = { sector: 'administrative', fieldCodes: ['ho-tich'], serviceMode: 'direct' }
  const online: Served = { ...counter, fieldCodes: [], serviceMode: 'online' }
  const clinic: Served = { sector: 'health', fieldCodes: [], serviceMode: 'direct' }
  const dueOf = (...places: Served[]) => dueOfAll(places, indicators, '2026-11-28')
  expect([dueOf(counter), dueOf(online), dueOf(counter, online), dueOf(clinic)]).toEqual([2028, null, 2028, null])
  expect([dueOf(counter, clinic), dueOf()]).toEqual([null, null])
})

describe('a term', () => {
  test.each([
    ['2026-Q1', '2026-01-01', '2026-03-31', '2026-03-31'],
    ['2026-Q3', '2026-07-01', '2026-09-30', '2026-09-30'],
    ['2026-Q4', '2026-10-01', '2026-12-31', '2026-11-27'],
    ['2026-12', null, null, null],
    ['2027-Q1', null, null, null],
    ['2026-Q5', null, null, null],
    ['2025-12', '2025-12-01', '2025-12-31', '2025-12-31'],
  ])('%s', (key, from, to, closedTo) => {
    const term = termOf(key, '2026-11-28')
    expect(term && { from: term.from, to: term.to, closedTo: term.closedTo }).toEqual(from && { from, to, closedTo })
  })
})

test('past five times what there is, no number of missing responses is named', () => {
  expect(missingInWords({ needed: 1_650_474, outOfReach: true })).toBe('Khó kết luận trong kỳ này')
  expect(missingInWords({ needed: 120, outOfReach: false })).toContain('120 phiếu')
})

describe('what is not yet due is not failed', () => {
  let town: Town
  beforeAll(async () => {
    town = await openTown('2026-10-06')
    await fillTown(town)
    // By pages of ours: what came otherwise carries no verdict, and no outlook.
    town.goTo('2026-11-04')
    const made = Date.parse('2026-11-04T09:58:00+07:00')
    for (const place of ['KHAMBENH', 'QUAYHT'])
      for (const level of [5, 5, 4, 5, 2, 5, 5, 4, 5, 5, 5, 3])
        await town.answer(await fullBody(town, place, level, await town.mint(place, made)))
    town.goTo('2026-11-05')
  })
  afterAll(() => town.stop())

  const textOf = (html: string) =>
    html
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('\u00a0', ' ')
      .replace(/\s+/g, ' ')

  test('II.1 is watched on every page and in both interfaces, with its interval', async () => {
    const results = await town.read<IndicatorResult[]>(links.api.indicators('2026-01-01', '2026-11-03'))
    expect(Object.fromEntries(results.map(({ code, dueFrom: from }) => [code, from]))).toEqual({
      'I.1': null,
      'II.1': 2028,
      'II.2': 2028,
      'II.7': null,
      'II.8': null,
      'II.9': null,
    })
    const later = await town.read<IndicatorResult[]>(links.api.indicators('2028-01-01', '2028-02-01'))
    expect(later.every(({ dueFrom: from }) => from === null)).toBe(true)
    const province = await town.read<{ indicators: IndicatorResult[] }>(links.api.province('2026'))
    expect(province.indicators.find(({ code }) => code === 'II.1')).toMatchObject({ dueFrom: 2028 })
    const { cookie } = await town.signIn()
    const pages = [links.commune(), links.indicators(), links.indicator('II.1'), links.publicResults]
    for (const path of pages) {
      const text = textOf(await (await town.send(path, { headers: { cookie } })).text())
      const own = text.slice(text.indexOf('II.1 '), text.includes(' II.2 ') ? text.indexOf(' II.2 ') : undefined)
      expect([path, own]).toEqual([path, expect.stringContaining('Đang theo dõi, chỉ tiêu từ 2028')])
      expect([path, own.includes('Chưa đạt'), own.includes('cần khoảng')]).toEqual([path, false, false])
    }
  })

  test('the open data says so in a column of its own', async () => {
    const table = await town.read<{ indicator: string; due_from: number | null }[]>(
      links.openDataFile('indicators.json'),
    )
    const rows = Array.isArray(table) ? table : (table as { rows: typeof table }).rows
    expect(new Set(rows.filter(({ indicator }) => indicator === 'II.1').map((row) => row.due_from))).toEqual(
      new Set([2028]),
    )
    expect(new Set(rows.filter(({ indicator }) => indicator === 'II.8').map((row) => row.due_from))).toEqual(
      new Set([null]),
    )
  })

  test('a head of schools reads why there is no list, and the part of II.9 that the own schools make', async () => {
    const { cookie } = await town.signInAs('manager', ['truong-cong-lap'])
    const text = textOf(await (await town.send(links.indicators(), { headers: { cookie } })).text())
    expect(text).toContain('không chủ trì chỉ tiêu nào')
    expect(text).toMatch(/II\.9 .*Chỉ tính phiếu của /)
    expect(text).not.toContain('II.8 ')
    const owner = await town.signInAs('manager', ['tram-y-te'])
    const own = textOf(await (await town.send(links.indicators(), { headers: { cookie: owner.cookie } })).text())
    expect(own).not.toContain('không chủ trì chỉ tiêu nào')
  })

  test('a quarter is an address on the commune, the health services and the indicators', async () => {
    const { cookie } = await town.signIn()
    for (const path of [links.commune('2026-Q4'), links.healthResults('2026-Q4')]) {
      const text = textOf(await (await town.send(path, { headers: { cookie } })).text())
      expect([path, text]).toEqual([path, expect.stringContaining('Quý IV/2026')])
    }
    const list = await (await town.send(links.indicators(), { headers: { cookie } })).text()
    expect(list).toContain(`href="${links.indicators('2026-07-01', '2026-09-30').replaceAll('&', '&amp;')}"`)
  })

  test('a running term says what its rest must reach, with the interval; a term that is over says nothing', async () => {
    const { cookie } = await town.signIn()
    const read = async (term: string) =>
      textOf(await (await town.send(links.commune(term), { headers: { cookie } })).text())
    const running = await read('2026')
    const outlook = running.slice(running.indexOf('Cuối kỳ sẽ ra sao'))
    expect(outlook).toMatch(
      /II\.8 Đến nay [\d,]+ % từ \d+ phiếu\..* phiếu còn lại của kỳ.*Khả năng lúc cuối kỳ: .*; điểm trong khoảng /,
    )
    expect(outlook).toMatch(/II\.1 Đến nay .*Chỉ tiêu 95 % áp dụng từ năm 2028/)
    expect(outlook).toMatch(/Khả năng lúc cuối kỳ: (khoảng|trên|dưới) \d+ % là (đạt|chưa đạt|chưa đủ căn cứ)/)
    expect(running).toContain('khoảng còn chứa chỉ tiêu hoặc chỉ tiêu chưa đến kỳ')
    expect(await read('2026-Q3')).not.toContain('Cuối kỳ sẽ ra sao')
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldId, PlaceId } from '../../server/catalogue/contract.ts'
import { lastDayOf } from '../../server/days.ts'
import { findMonth, parseMonth, parsePeriod } from '../../server/spreadsheets/time.ts'
import { findNamed, parseCount, suggestNamed } from '../../server/spreadsheets/values.ts'
import type { Stratum, StratumResponses, VisitCount } from '../../server/visits/contract.ts'
import { denominatorOf, isWorkday, listDays, listMonths, visitsFor } from '../../server/visits/rules.ts'

const today = '2026-11-23'
const counter = (id: number, name = `Quầy ${id}`): Stratum => ({ id, name, counts: 'visits' })
const atPlace = (id: number, period: 'day' | 'month', day: string, count: number): VisitCount => ({
  placeId: id as PlaceId,
  fieldId: 0,
  period,
  day,
  count,
})
const inField = (id: number, period: 'day' | 'month', day: string, count: number): VisitCount => ({
  placeId: null,
  fieldId: id as FieldId,
  period,
  day,
  count,
})
const year = { from: '2026-01-01', to: '2026-12-31' }
const october = { from: '2026-10-01', to: '2026-10-31' }
const ask = (counts: VisitCount[], range = october, strata = [counter(1)], by: 'place' | 'field' = 'place') =>
  visitsFor({ counts, by, strata, range, today })

describe('the visits of a range', () => {
  test('are unknown, not zero, without a count', () => {
    expect(ask([])).toMatchObject({ visits: null, covered: 0 })
    expect(ask([atPlace(1, 'month', '2026-10-01', 0)])).toMatchObject({ visits: 0, covered: 1 })
  })

  test('take a month only when the range holds the whole of it, and the running one up to today', () => {
    const counts = [atPlace(1, 'month', '2026-10-01', 300), atPlace(1, 'month', '2026-11-01', 120)]
    expect(ask(counts, { from: '2026-10-02', to: '2026-10-31' }).visits).toBeNull()
    expect(ask(counts, { from: '2026-10-01', to: '2026-10-30' }).visits).toBeNull()
    expect(ask(counts, october).visits).toBe(300)
    expect(ask(counts, { from: '2026-10-01', to: '2026-11-22' }).visits).toBe(300)
    expect(ask(counts, { from: '2026-10-01', to: today }).visits).toBe(420)
    expect(ask(counts, year).visits).toBe(420)
  })

  test('never add a month to its own days: complete days win, a few days give way to the month', () => {
    const workdays = listDays(october).filter(isWorkday)
    const month = atPlace(1, 'month', '2026-10-01', 500)
    const days = workdays.map((day) => atPlace(1, 'day', day, 10))
    expect(ask([month, ...days])).toMatchObject({ visits: 10 * workdays.length, covered: 1 })
    expect(ask([month, ...days.slice(0, 3)])).toMatchObject({ visits: 500, covered: 1 })
    expect(ask(days.slice(0, 3)).covered).toBeCloseTo(3 / workdays.length)
    expect(ask([month, ...days], { from: '2026-10-05', to: '2026-10-09' })).toMatchObject({ visits: 50, covered: 1 })
  })

  test('never mix the two ways of counting', () => {
    const counts = [atPlace(1, 'month', '2026-10-01', 300), inField(1, 'month', '2026-10-01', 280)]
    expect(ask(counts, october, [counter(1)], 'place').visits).toBe(300)
    expect(ask(counts, october, [counter(1)], 'field').visits).toBe(280)
  })

  test('end today: days to come are not missing', () => {
    expect(ask([atPlace(1, 'month', '2026-11-01', 10)], { from: '2026-11-01', to: '2026-11-30' }).covered).toBe(1)
    expect(ask([atPlace(1, 'month', '2026-11-01', 10)], { from: '2027-01-01', to: '2027-01-31' }).visits).toBeNull()
  })

  test('count pupils once for the months that follow, not every month again', () => {
    const school: Stratum = { id: 7, name: 'Trường', counts: 'people' }
    const counts = [atPlace(7, 'month', '2025-10-01', 400), atPlace(7, 'month', '2026-09-01', 420)]
    expect(ask(counts, year, [school])).toMatchObject({ visits: 420, covered: 1 })
    expect(ask(counts, { from: '2026-11-02', to: '2026-11-06' }, [school]).visits).toBe(420)
    expect(ask(counts, { from: '2026-05-01', to: '2026-05-31' }, [school]).visits).toBe(400)
    expect(ask(counts, { from: '2027-10-01', to: '2027-10-31' }, [school]).visits).toBeNull()
  })
})

describe('the denominator', () => {
  const responses = (id: number, day: string, count: number): StratumResponses => ({ id, period: 'day', day, count })

  test('sets responses only over visits of the same places and times', () => {
    const found = denominatorOf({
      by: 'place',
      range: year,
      today,
      strata: [counter(1), counter(2)],
      counts: [atPlace(1, 'month', '2026-10-01', 200), atPlace(1, 'day', '2026-09-01', 50)],
      responses: [
        ...[responses(1, '2026-10-07', 30), responses(1, '2026-09-01', 20), responses(1, '2026-09-02', 9)],
        ...[responses(1, '2026-08-01', 40), responses(2, '2026-10-07', 70)],
      ],
    })
    expect(found).toMatchObject({ visits: 250, responses: 50, responseRate: 0.2, missing: ['Quầy 2'], silent: [] })
  })

  test('names places with visits but without a voice, and those without a count', () => {
    const found = denominatorOf({
      by: 'place',
      range: october,
      today,
      strata: [counter(1), counter(2), counter(3), counter(4)],
      counts: [1, 2, 4].map((id) => atPlace(id, 'month', '2026-10-01', id === 4 ? 0 : 100)),
      responses: [responses(1, '2026-10-07', 5)],
    })
    expect(found).toMatchObject({ missing: ['Quầy 3'], silent: ['Quầy 2'] })
  })

  test('shows more responses than visits as they are', () => {
    const counts = [atPlace(1, 'month', '2026-10-01', 10)]
    const question = { counts, by: 'place' as const, range: october, today, strata: [counter(1)] }
    expect(denominatorOf({ ...question, responses: [responses(1, '2026-10-07', 15)] }).responseRate).toBe(1.5)
    const nobody = { ...question, counts: [atPlace(1, 'month', '2026-10-01', 0)] }
    expect(denominatorOf({ ...nobody, responses: [responses(1, '2026-10-07', 1)] })).toMatchObject({
      visits: 0,
      responses: 1,
      responseRate: null,
    })
  })
})

const day = fc.integer({ min: 0, max: 91 }).map((n) => listDays({ from: '2026-08-01', to: '2026-10-31' })[n] as string)
const anyCount = fc.oneof(
  fc.record({ id: fc.integer({ min: 1, max: 3 }), day, count: fc.nat(50), isField: fc.boolean() }),
  fc.record({
    id: fc.integer({ min: 1, max: 3 }),
    month: fc.constantFrom('2026-08', '2026-09', '2026-10'),
    count: fc.nat(900),
    isField: fc.boolean(),
  }),
)
/** As the table holds them: one count for a place or field, period and day. */
const anyCounts = fc.array(anyCount, { maxLength: 120 }).map((drawn) => {
  const counts = drawn.map((one) => {
    const make = one.isField ? inField : atPlace
    return 'month' in one
      ? make(one.id, 'month', `${one.month}-01`, one.count)
      : make(one.id, 'day', one.day, one.count)
  })
  const keyOf = (one: VisitCount) => `${one.placeId}|${one.fieldId}|${one.period}|${one.day}`
  return [...new Map(counts.map((one) => [keyOf(one), one])).values()]
})

test('visits are what a hand count gives, and never more than either way alone', () => {
  const strata = [counter(1), counter(2), counter(3)]
  fc.assert(
    fc.property(anyCounts, day, day, fc.constantFrom('place' as const, 'field' as const), (counts, one, two, by) => {
      const range = one < two ? { from: one, to: two } : { from: two, to: one }
      const found = visitsFor({ counts, by, strata, range, today })
      const mine = counts.filter(({ placeId }) => (placeId !== null) === (by === 'place'))
      expect(found.visits).toBe(countByHand(mine, range))
      const total = (period: string) =>
        mine.filter((count) => count.period === period).reduce((sum, { count }) => sum + count, 0)
      expect(found.visits ?? 0).toBeLessThanOrEqual(total('day') + total('month'))
      expect(found.covered).toBeGreaterThanOrEqual(0)
      expect(found.covered).toBeLessThanOrEqual(1)
      expect(found.visits === null).toBe(found.covered === 0)
    }),
    { numRuns: 300 },
  )
})

/** Place by place, month by month, with a list of days in hand. */
function countByHand(counts: VisitCount[], range: { from: string; to: string }): number | null {
  let total: number | null = null
  for (const id of [1, 2, 3]) {
    for (const month of listMonths(range)) {
      const own = counts.filter((one) => (one.placeId ?? one.fieldId) === id && one.day.slice(0, 7) === month)
      const days = own.filter((one) => one.period === 'day' && one.day >= range.from && one.day <= range.to)
      const wanted = listDays({ from: `${month}-01`, to: lastDayOf(month) }).filter(
        (one) => one >= range.from && one <= range.to,
      )
      const isWhole = wanted.length === Number(lastDayOf(month).slice(8))
      const isComplete = wanted.filter(isWorkday).every((one) => days.some((given) => given.day === one))
      const ofMonth = isWhole ? own.find((one) => one.period === 'month') : undefined
      if (ofMonth && !(isComplete && days.length > 0)) total = (total ?? 0) + ofMonth.count
      else if (days.length > 0) total = (total ?? 0) + days.reduce((sum, { count }) => sum + count, 0)
    }
  }
  return total
}

describe('what clerks write', () => {
  test.each([
    ['05/10/2026', 'day', '2026-10-05'],
    ['5/1/2026', 'day', '2026-01-05'],
    ['05-10-2026 08:15:00', 'day', '2026-10-05'],
    ['2026-10-05', 'day', '2026-10-05'],
    ['2026-10-05T00:00:00Z', 'day', '2026-10-05'],
    ['2026-10-31T20:15:30Z', 'day', '2026-11-01'],
    ['2026-10-31T20:15:30.250+00:00', 'day', '2026-11-01'],
    ['2026-11-01T03:15:30+07:00', 'day', '2026-11-01'],
    ['2026-11-01 01:15 +0900', 'day', '2026-10-31'],
    ['08:15:30 05/10/2026', 'day', '2026-10-05'],
    ['08h15 ngày 05/10/2026', 'day', '2026-10-05'],
    ['Thứ hai, 05/10/2026, 8:15 SA', 'day', '2026-10-05'],
    ['5-10-26', 'day', '2026-10-05'],
    ['05.10.26 23:59', 'day', '2026-10-05'],
    ['ngày 5 tháng 10 năm 2026', 'day', '2026-10-05'],
    ['05-Oct-2026', 'day', '2026-10-05'],
    ['20261005', 'day', '2026-10-05'],
    ['20261005081530', 'day', '2026-10-05'],
    ['25102026', 'day', '2026-10-25'],
    ['០៥/១០/២០២៦', 'day', '2026-10-05'],
    ['０５／１０／２０２６', 'day', '2026-10-05'],
    ['\u200e05\u201110\u20112026', 'day', '2026-10-05'],
    ['46300.5', 'day', '2026-10-05'],
    ['Kỳ tháng 10/2026', 'month', '2026-10-01'],
    [46300, 'day', '2026-10-05'],
    ['46300', 'day', '2026-10-05'],
    ['Tháng 10/2026', 'month', '2026-10-01'],
    ['tháng 10 năm 2026', 'month', '2026-10-01'],
    ['T10/2026', 'month', '2026-10-01'],
    ['10/2026', 'month', '2026-10-01'],
    ['2026-10', 'month', '2026-10-01'],
  ])('%s is a time', (text, period, day) => expect(parsePeriod(text, false)).toEqual({ period, day }))

  test.each([
    ...['31/02/2026', '13/2026', 'hôm qua', '', 12, '05/10', '00/10/2026', '10/25/2026', '05/10/2026 - 07/10/2026'],
    ...['Quý III/2026', '2026', '6 tháng đầu năm 2026', '05/10/2026 và 06/10/2026'],
  ])('%s is no time', (text) => expect(parsePeriod(text, false)).toBeNull())

  test('a first of the month means the month where the column is about months', () => {
    expect(parsePeriod('2026-10-01', true)).toEqual({ period: 'month', day: '2026-10-01' })
    expect(parsePeriod('2026-10-01', false)).toEqual({ period: 'day', day: '2026-10-01' })
    expect(parseMonth('10/2026')).toBe('2026-10')
  })

  test.each([
    ['BÁO CÁO KẾT QUẢ Tháng 10 năm 2026', '2026-10'],
    ['(Từ ngày 01/10/2026 đến ngày 31/10/2026)', '2026-10'],
    ['Từ 01/07/2026 đến 30/09/2026', null],
    ['Quý III', null],
    ['Báo cáo quý III, từ tháng 7/2026', null],
    ['Hà Nội, ngày 05 tháng 11 năm 2026. Báo cáo tháng 10 năm 2026', '2026-10'],
  ])('the title %s names %s', (title, month) => expect(findMonth(title)).toBe(month))

  test.each([
    ['12', 12],
    ['0', 0],
    [7, 7],
    ['1.234', 1234],
    ['1,234', 1234],
    ['1 234 567', 1234567],
    ['12,0', 12],
    ['12.00', 12],
    ['១២០', 120],
    ['１２０', 120],
    ['1\u202f234', 1234],
    ["1'234", 1234],
    ['120 hồ sơ', 120],
    ['\u200e120', 120],
    ['12,5', null],
    [12.5, null],
    ['-3', null],
    [-3, null],
    ['1.23', null],
    ['mười', null],
    ['', null],
  ])('%s counts as %s', (text, count) => expect(parseCount(text)).toBe(count))

  const things = [
    { code: 'dat-dai', name: 'Đất đai' },
    { code: 'lao-dong-viec-lam', name: 'Lao động - việc làm' },
    { code: 'QUAYDD', name: 'Quầy 2 · Đất đai, xây dựng, đầu tư' },
    { code: 'QUAYKD', name: 'Quầy 3 · Hộ kinh doanh' },
  ]
  test.each([
    ['ĐẤT ĐAI', 'dat-dai'],
    ['dat dai', 'dat-dai'],
    ['Lĩnh vực: Đất đai', 'dat-dai'],
    ['Lao động, việc làm', 'lao-dong-viec-lam'],
    ['quayDD', 'QUAYDD'],
    ['Quầy 2', 'QUAYDD'],
    ['Quầy', undefined],
    ['Tư pháp', undefined],
  ])('%s names %s', (text, code) => expect(findNamed(text, things)?.code).toBe(code))

  test('a slip of the pen is met with the name that was meant, a stranger with none', () => {
    expect(suggestNamed('Đất đay', things)?.code).toBe('dat-dai')
    expect(suggestNamed('Quốc phòng', things)).toBeUndefined()
  })
})

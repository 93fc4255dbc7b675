import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../../server/cases/calendar-rules.ts'
import { addDays } from '../../server/days.ts'

const { holidays } = readReference()

describe('a deadline in working days', () => {
  test.each([
    ['over a weekend', '2026-11-19', 5, '2026-11-26'],
    ['from a Friday', '2026-11-20', 1, '2026-11-23'],
    ['from a Saturday', '2026-11-21', 1, '2026-11-23'],
    ['over Tết Bính Ngọ', '2026-02-13', 1, '2026-02-23'],
    ['over Tết Đinh Mùi, two days made up', '2027-02-04', 1, '2027-02-12'],
    ['over Giỗ Tổ on a Sunday, made up on Monday', '2026-04-24', 1, '2026-04-28'],
    ['over 30/4 and 1/5 on Thursday and Friday', '2026-04-29', 1, '2026-05-04'],
    ['over 1/5 on a Saturday', '2027-04-29', 1, '2027-05-04'],
    ['over Quốc khánh and its swapped Monday', '2026-08-28', 1, '2026-09-03'],
    ['onto a Saturday worked instead', '2026-08-21', 1, '2026-08-22'],
    ['of no days at all', '2026-11-21', 0, '2026-11-21'],
  ])('%s', (_, from, days, due) => {
    expect(addWorkingDays(from, days, holidays)).toBe(due)
  })

  test('always is a working day, and as far away as was asked', () => {
    const days = fc.integer({ min: 0, max: 800 }).map((offset) => addDays('2025-12-01', offset))
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), (from, n) => {
        const due = addWorkingDays(from, n, holidays)
        expect(isWorkingDay(due, holidays)).toBe(true)
        expect(workingDaysBetween(from, due, holidays)).toBe(n)
        expect(workingDaysBetween(due, from, holidays)).toBe(-n)
      }),
    )
  })
})

describe('the holidays to begin with', () => {
  const daysNamed = (name: string) => holidays.filter((one) => one.name.includes(name)).map(({ day }) => day)

  test('stand on their lunar days', () => {
    expect(daysNamed('mùng 1 tháng Giêng').map(lunarDay)).toEqual([1, 1])
    expect(daysNamed('29 tháng Chạp').map(lunarDay)).toEqual([29, 29])
    expect(daysNamed('mùng 10 tháng Ba').map(lunarDay)).toEqual([10, 10])
    // Giỗ Tổ is in the third month: two new moons after that of Tết, 59 days, and nine days.
    const apart = daysNamed('mùng 10 tháng Ba').map((day, index) =>
      daysFrom(daysNamed('mùng 1 tháng Giêng')[index], day),
    )
    for (const days of apart) expect(Math.abs(days - 68)).toBeLessThanOrEqual(1)
  })

  test.each(['2026', '2027'])(
    'are the eleven days of Điều 112 in %s, and one made up for each that falls on a weekend',
    (year) => {
      const own = holidays.filter(({ day, works }) => day.startsWith(year) && !works)
      const lawful = own.filter(({ name }) => !/Nghỉ bù|hoán đổi/.test(name))
      const weekend = lawful.filter(({ day }) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))
      expect(lawful).toHaveLength(11)
      expect(own.filter(({ name }) => name.startsWith('Nghỉ bù'))).toHaveLength(weekend.length)
    },
  )

  test('give back every swapped day on a weekend', () => {
    const swapped = holidays.filter(({ name }) => name.includes('hoán đổi'))
    const worked = holidays.filter(({ works }) => works)
    expect(worked).toHaveLength(swapped.length)
    for (const { day } of worked) expect([0, 6]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay())
  })
})

const daysFrom = (from = '', to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Day of the lunar month in Asia/Ho_Chi_Minh: the first is the day of the new moon. */
function lunarDay(day: string): number {
  const noon = Date.parse(`${day}T05:00:00Z`)
  const k = Math.floor((noon / 86_400_000 + 2_440_587.5 - 2_451_550.1) / 29.530588861) + 1
  const first = [k, k - 1, k - 2].map(newMoonDay).find((one) => one <= day) as string
  return (Date.parse(day) - Date.parse(first)) / 86_400_000 + 1
}

/** The Vietnamese day of the k-th new moon since 2000; J. Meeus, Astronomical Algorithms, chapter 49, to some minutes. */
function newMoonDay(k: number): string {
  const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180)
  const sun = 2.5534 + 29.1053567 * k
  const moon = 201.5643 + 385.81693528 * k
  const node = 160.7108 + 390.67050284 * k
  const julian =
    2_451_550.09766 +
    29.530588861 * k -
    0.4072 * sin(moon) +
    0.17241 * sin(sun) +
    0.01608 * sin(2 * moon) +
    0.01039 * sin(2 * node)
  return new Date((julian - 2_440_587.5 + 7 / 24) * 86_400_000).toISOString().slice(0, 10)
}

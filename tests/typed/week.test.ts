import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { storedWeekOf, weekOf } from '../../server/catalogue/week-rules.ts'
import { readTypedClock, readTypedSpans, type Span } from '../../server/typed/clock.ts'
import { readTypedDays, readTypedWeek, type Week, writeWeek } from '../../server/typed/week.ts'

test('hours are typed as people write them', () => {
  expect(
    ['7:30', '07h30', '7.30', '0730', '7h', '7', '17g05', '7 giờ 30', '24:00', '07:30:00'].map(readTypedClock),
  ).toEqual([450, 450, 450, 450, 420, 420, 1025, 450, 1440, 450])
  expect(['7:30 SA', '1:30 CH', '12:15 am', '12:15 PM'].map(readTypedClock)).toEqual([450, 810, 15, 735])
  expect(['25:00', '7:60', 'sáng', '7:3', '24:01', ''].map(readTypedClock)).toEqual(Array(6).fill(null))
})

const morning: Span = [420, 690]
const usual: Span[] = [morning, [780, 1020]]

test.each<[string, Span[]]>([
  ['7:00-11:30, 13:00-17:00', usual],
  ['7h–11h30; 13h – 17h', usual],
  ['07.00 đến 11.30 và 13.00 tới 17.00', usual],
  ['Sáng 7:00-11:30, chiều 1:00-5:00', usual],
  ['Sáng: từ 7h đến 11h30 Chiều: từ 13h đến 17h', usual],
  ['0700-1130 1300-1700', usual],
  ['7:00 SA - 11:30 SA, 1:00 CH - 5:00 CH', usual],
  ['13:00—17:00, 7:00—11:30', usual],
  ['0:00-24:00', [[0, 1440]]],
])('“%s” is read as the hours of a day', (typed, spans) => expect(readTypedSpans(typed)).toEqual(spans))

test.each([
  ['7:30', 'không đọc được “7:30”'],
  ['7-11 buổi sáng', 'không đọc được'],
  ['17:00-7:00', 'giờ đóng cửa phải sau giờ mở cửa'],
  ['7:00-11:30, 11:00-17:00', 'chồng lên nhau'],
  ['7:00-11:30, 1:30-5:00', 'theo 24 giờ'],
  ['7:00-25:00', 'không đọc được'],
])('“%s” is refused: %s', (typed, sentence) => expect(readTypedSpans(typed)).toContain(sentence))

const week = (workdays: Span[], saturday: Span[] = [], sunday: Span[] = []): Week => [
  ...Array.from({ length: 5 }, () => workdays),
  saturday,
  sunday,
]

describe('a week', () => {
  test.each<[string, Week]>([
    ['T2-T6 7:00-11:30, 13:00-17:00; T7 7:00-11:30', week(usual, [morning])],
    ['Thứ 2 đến thứ 6: 7h-11h30, 13h-17h. Thứ 7: 7h-11h30', week(usual, [morning])],
    ['THỨ HAI – THỨ SÁU 07.00–11.30 và 13.00–17.00; thứ bảy 7:00-11:30; chủ nhật nghỉ', week(usual, [morning])],
    ['T2-6: 7:00-11:30, 13:00-17:00 T7: 7:00-11:30', week(usual, [morning])],
    ['thu 2 den thu 6 7h-11h30; thu bay, cn nghi', week([morning])],
    ['T2, T3, T4, T5, T6 7:00-11:30', week([morning])],
    ['t2,3,4,5 và 6: 7h-11h30', week([morning])],
    ['Hằng ngày 7:00-11:30', week([morning], [morning], [morning])],
    ['T2-CN 0:00-24:00', week([[0, 1440]], [[0, 1440]], [[0, 1440]])],
  ])('“%s” is read', (typed, expected) => expect(readTypedWeek(typed)).toEqual(expected))

  test.each([
    ['7:00-17:00', 'chưa rõ là ngày nào'],
    ['T2-T6', 'T2-T6: không đọc được'],
    ['T6-T2 7:00-17:00', 'không đọc được'],
    ['T2-T6 7:00-17:00; T4 nghỉ', 'có ngày ghi hai lần: T4'],
    ['T2-CN nghỉ', 'cần ít nhất một ngày'],
    ['giờ hành chính T2-T6 7:00-17:00', 'không đọc được'],
    ['T8 7:00-17:00', 'chưa rõ là ngày nào'],
  ])('“%s” is refused: %s', (typed, sentence) => expect(readTypedWeek(typed)).toContain(sentence))

  test('that is written is read as the same, and stored as the same', () => {
    const span = fc
      .tuple(fc.integer({ min: 300, max: 700 }), fc.integer({ min: 1, max: 300 }))
      .map(([from, length]): Span => [from, from + length])
    const day = fc.oneof(
      fc.constant<Span[]>([]),
      span.map((one) => [one]),
      span.map((one): Span[] => [one, [one[1] + 60, one[1] + 200]]),
    )
    fc.assert(
      fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), (given) => {
        if (given.flat().length === 0) return
        expect(readTypedWeek(writeWeek(given))).toEqual(given)
        expect(weekOf(storedWeekOf(given, { openDays: '12345' }))).toEqual(given)
      }),
    )
  })

  test('of one span on each day is stored without a week of its own, none as none', () => {
    expect(storedWeekOf(week([[450, 1020]]), { openDays: '1' })).toEqual({
      opensAt: 450,
      closesAt: 1020,
      openDays: '12345',
      week: null,
    })
    expect(storedWeekOf(week(usual), { openDays: '1' })).toMatchObject({
      opensAt: 420,
      closesAt: 1020,
      week: week(usual),
    })
    expect(storedWeekOf(null, { openDays: '156' })).toEqual({
      opensAt: null,
      closesAt: null,
      openDays: '156',
      week: null,
    })
  })
})

test('days stand alone where a column is about them', () => {
  expect(['T2-T6', 'thứ 2, thứ 4', '2-6', '2,3,4', 'CN', 'Hàng ngày'].map(readTypedDays)).toEqual([
    ...[[0, 1, 2, 3, 4], [0, 2], [0, 1, 2, 3, 4], [0, 1, 2], [6]],
    [0, 1, 2, 3, 4, 5, 6],
  ])
  expect(['', 'sáng', 'T9', '6-2', 'T2, T2'].map(readTypedDays)).toEqual(Array(5).fill(null))
})

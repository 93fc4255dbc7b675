import { describe, expect, test } from 'vitest'
import { isOutsideHours } from '../../server/respond/hours-rules.ts'
import type { Seen } from '../../server/signs/contract.ts'
import { capacityOf } from '../../server/signs/finders/capacity.ts'
import {
  betaBinomialTail,
  fisherTail,
  largestGapTail,
  poissonLimit,
  poissonTail,
} from '../../server/signs/finders/tails.ts'
import { findInClosed } from '../../server/signs/finders/watch.ts'
import type { Week } from '../../server/typed/week.ts'

const dayOf = (number: number) => new Date(Date.parse('2026-01-05') + number * 86_400_000).toISOString().slice(0, 10)

/** Ten people each working day, morning and afternoon, four in ten all on one level. No two runs differ. */
function honestDays(days: number): Seen[] {
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => day % 7 < 5)
    .flatMap((day) =>
      Array.from({ length: 10 }, (_, at): Seen => {
        const mixed = (day * 10 + at) * 2654435761
        const levels =
          at % 5 < 2 ? '55555555' : [...'45454455'].map((one, i) => ((mixed >> i) & 1 ? one : '4')).join('')
        const seconds = 18 + ((mixed >>> 8) % 50)
        const minute = 480 + at * 50 + ((mixed >>> 4) % 40)
        return { id: `${day}-${at}`, day: dayOf(day), minute, provenance: 'open', levels, seconds, comment: null }
      }),
    )
}

const past = honestDays(92)
/** A Monday after thirteen weeks. */
const today = dayOf(91)
const fakes = (count: number, make: (at: number) => Partial<Seen>): Seen[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ id: `fake-${at}`, day: today, minute: 600, provenance: 'open' as const, levels: '55555555' },
    seconds: 25 + at,
    comment: null,
    ...make(at),
  }))
const look = (more: Seen[], visits = new Map<string, number>()) =>
  findInClosed({ day: today, counted: [...past, ...more], visits })
const signsOf = (more: Seen[], visits?: Map<string, number>) => look(more, visits).map(({ sign }) => sign)

test('tails are those of the tables', () => {
  expect(poissonTail(2, 3)).toBeCloseTo(0.3233236, 6)
  expect(poissonTail(10, 25)).toBeCloseTo(0.0000469, 6)
  expect(poissonLimit(1, 0.02)).toBe(4)
  // Two of two, share uniform on [0, 1]: one in three.
  expect(betaBinomialTail(2, 2, 1, 1)).toBeCloseTo(1 / 3, 9)
  // Fisher's tea: all four cups right.
  expect(fisherTail(8, 4, 4, 4)).toBeCloseTo(1 / 70, 9)
  // Two points cut a line in three parts, none above a half: one in four.
  expect(largestGapTail(3, 0.5)).toBeCloseTo(0.25, 9)
})

describe('a closed day', () => {
  test('of honest people shows nothing, though four in ten answer all on one level', () => {
    expect(signsOf([])).toEqual([])
    expect(signsOf(fakes(6, (at) => ({ minute: 500 + at * 60 })))).toEqual([])
  })

  test.each<[string, Seen[]]>([
    ['burst', fakes(40, (at) => ({ minute: 600 + (at % 4) }))],
    ['unusual_hours', fakes(8, (at) => ({ minute: 1230 + at * 9 }))],
    ['answering_times', fakes(12, (at) => ({ minute: 490 + at * 37, seconds: 4 + (at % 3) }))],
    ['same_vector', fakes(12, (at) => ({ minute: 490 + at * 37, levels: '53525455' }))],
    ['regular_arrivals', fakes(60, (at) => ({ minute: 480 + at * 9, provenance: 'presence' as const }))],
    [
      'near_comments',
      fakes(9, (at) => ({
        minute: 490 + at * 51,
        comment: `Cán bộ hướng dẫn rất tận tình, trả kết quả đúng hẹn${'!'.repeat(at)}`,
      })),
    ],
  ])('shows %s', (sign, more) => {
    const found = look(more).find((one) => one.sign === sign)
    expect(found?.chance).toBeLessThan(3e-5)
    const caught = found?.members.filter((id) => id.startsWith('fake')).length ?? 0
    expect(caught).toBeGreaterThanOrEqual(0.75 * more.length)
  })

  test('with more answers than visits is a sign, and each response is in one pattern at most', () => {
    expect(signsOf([], new Map([[today, 10]]))).toEqual([])
    expect(signsOf([], new Map([[today, 1]]))).toEqual(['more_than_visits'])
    const found = look(
      fakes(40, (at) => ({ minute: 600 + (at % 4) })),
      new Map([[today, 1]]),
    )
    expect(found.map(({ sign }) => sign)).toEqual(['burst', 'more_than_visits'])
    const members = found.flatMap((one) => one.members)
    expect(new Set(members).size).toBe(members.length)
  })
})

test('a place serves what its busiest half hours foretell, never less than a busload', () => {
  expect(capacityOf(past, null)).toBe(10)
  expect(capacityOf([], null)).toBeNull()
  expect(capacityOf([], 200)).toBe(poissonLimit(40, 1e-4))
})

describe('opening hours', () => {
  const workdays: Week = [1, 2, 3, 4, 5].map(() => [[450, 1020]])
  const hours: Week = [...workdays, [[420, 660]], []]
  const at = (text: string) => Date.parse(`${text}+07:00`)
  const visit = { provenance: 'open', serviceMode: 'direct', pageMadeMs: null } as const
  const isOutside = (moment: string, more: object = {}, declared = [] as { day: string; works: boolean }[]) =>
    isOutsideHours(hours, declared, { ...visit, nowMs: at(moment), ...more })

  test('bind an hour before and after', () => {
    expect(isOutside('2026-11-26T18:00:00')).toBe(false)
    expect(isOutside('2026-11-26T18:01:00')).toBe(true)
    expect(isOutside('2026-11-26T03:00:00')).toBe(true)
    expect(isOutside('2026-11-29T10:00:00')).toBe(true)
    expect(isOutside('2026-11-26T10:00:00', {}, [{ day: '2026-11-26', works: false }])).toBe(true)
    expect(isOutside('2026-11-29T10:00:00', {}, [{ day: '2026-11-29', works: true }])).toBe(false)
  })

  test('are those of the weekday; a day worked instead of another has the longest of the week', () => {
    expect(isOutside('2026-11-28T12:00:00')).toBe(false)
    expect(isOutside('2026-11-28T12:01:00')).toBe(true)
    expect(isOutside('2026-11-28T15:00:00', {}, [{ day: '2026-11-28', works: true }])).toBe(false)
  })

  test('leave out the middle of a long break', () => {
    const broken: Week = [
      ...workdays.slice(1),
      [
        [420, 660],
        [840, 1080],
      ],
      [],
      [],
    ]
    const at10 = (moment: string) => isOutsideHours(broken, [], { ...visit, nowMs: at(moment) })
    expect(['11:30', '12:30', '13:00'].map((clock) => at10(`2026-11-27T${clock}:00`))).toEqual([false, true, false])
  })

  test('never bind online services, tickets, paper, or an answer whose page was opened in time', () => {
    const night = '2026-11-26T22:00:00'
    expect(isOutside(night, { serviceMode: 'online' })).toBe(false)
    expect(isOutside(night, { provenance: 'ticket' })).toBe(false)
    expect(isOutside(night, { provenance: 'entered' })).toBe(false)
    expect(isOutside(night, { pageMadeMs: at('2026-11-26T16:30:00') })).toBe(false)
    expect(isOutsideHours(null, [], { ...visit, nowMs: at(night) })).toBe(false)
  })
})

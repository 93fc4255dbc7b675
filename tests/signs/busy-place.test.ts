import { describe, expect, test } from 'vitest'
import { createRandom } from '../../scripts/study/population.ts'
import { dayAt, drawTimes, eventAt, honestAnswers, honestEvents, isWorkday } from '../../scripts/study/stuffing/town.ts'
import type { Finding, Seen, Watch } from '../../server/signs/contract.ts'
import { findAnsweringTimes } from '../../server/signs/finders/answering-times.ts'
import { findBurst } from '../../server/signs/finders/burst.ts'
import { largestChance } from '../../server/signs/finders/limits.ts'
import { describePast } from '../../server/signs/finders/past.ts'
import { findUnusualHours } from '../../server/signs/finders/unusual-hours.ts'

/** Where 25 false answers a week hide among 400, six in ten on one level; Tuesdays and Fridays are market days. */
const town = { perWeek: 400, straight: 0.6, satisfied: 0.9, proven: 0, market: 2 }
const pastLength = 91
const honest = honestEvents(town, pastLength + 28, 31)
const past = describePast(honest.filter(({ day }) => day < dayAt(pastLength)))
const best = '55555555'

/** The days from one to another, with what somebody adds to them. */
function watch(first: number, last: number, more: Seen[] = [], own: Seen[] = honest): Watch {
  const [from, to] = [dayAt(first), dayAt(last)]
  const judged = [...own.filter(({ day }) => day >= from && day <= to), ...more]
  return { from, to, judged, past, proven: [], visits: new Map() }
}

const week = (more: Seen[], own?: Seen[]) => watch(pastLength, pastLength + 6, more, own)
const add = (day: number, minute: number, about: Partial<Seen>): Seen => {
  const event = eventAt(day, minute, { levels: best, seconds: 30, ...about })
  return { ...event, id: `fake-${event.id}` }
}
const isSign = (found: Finding | null) => found !== null && found.chance <= largestChance
const fakesIn = (found: Finding | null) => found?.members.filter((id) => id.startsWith('fake')).length ?? 0

/** Five a day of one working week. */
const fiveADay = (make: (day: number, at: number) => Seen): Seen[] =>
  Array.from({ length: 5 }, (_, day) => Array.from({ length: 5 }, (_, at) => make(pastLength + day, at))).flat()

describe('at a place of four hundred answers a week', () => {
  test.each([
    ['just after closing', 1052],
    ['at the midday rest', 735],
    ['before opening', 400],
  ])('who fills in five a day %s is held whole, and nobody else', (_, minute) => {
    const found = findUnusualHours(week(fiveADay((day, at) => add(day, minute + 2 * at, {}))))
    expect(isSign(found)).toBe(true)
    expect(fakesIn(found)).toBe(25)
    expect(found?.members).toHaveLength(25)
  })

  test('a queue of six at closing time is none', () => {
    const queue = Array.from({ length: 6 }, (_, at) => add(pastLength, 1046 + 2 * at, {}))
    expect(isSign(findUnusualHours(watch(pastLength, pastLength, queue)))).toBe(false)
  })

  test.each([5, 6, 8])('who taps through in about %s seconds is held, with few honest ones', (median) => {
    const random = createRandom(median)
    const quick = () => fiveADay((day, at) => add(day, 480 + 90 * at, { seconds: drawTimes(random, median, 0.2) }))
    const found = Array.from({ length: 8 }, () => findAnsweringTimes(week(quick())))
    expect(found.filter(isSign)).toHaveLength(8)
    const held = found.reduce((sum, one) => sum + fakesIn(one), 0)
    const all = found.reduce((sum, one) => sum + (one?.members.length ?? 0), 0)
    expect(held / 200).toBeGreaterThanOrEqual(0.85)
    expect((all - held) / (8 * town.perWeek)).toBeLessThanOrEqual(0.015)
  })

  test('who takes ten seconds hides in a week, and shows over four', () => {
    const random = createRandom(10)
    const slower = Array.from({ length: 4 }, (_, week) =>
      fiveADay((day, at) => add(day + 7 * week, 480 + 90 * at, { seconds: drawTimes(random, 10, 0.2) })),
    ).flat()
    expect(isSign(findAnsweringTimes(week(slower.filter(({ day }) => day < dayAt(pastLength + 7)))))).toBe(false)
    const found = findAnsweringTimes(watch(pastLength, pastLength + 27, slower))
    expect(isSign(found)).toBe(true)
    expect(fakesIn(found)).toBeGreaterThanOrEqual(50)
  })

  test('a week in which nine of ten answer everything with the best level, at their usual pace, shows nothing', () => {
    const random = createRandom(3)
    const straight = honest.map((seen) =>
      random() < 0.9 ? { ...seen, levels: best, seconds: drawTimes(random, 26, 0.45) } : seen,
    )
    for (const find of [findAnsweringTimes, findBurst, findUnusualHours])
      expect(isSign(find(week([], straight)))).toBe(false)
  })

  test('a group that a link was sent to is held though the door lets thirty an hour in', () => {
    const random = createRandom(8)
    const group = Array.from({ length: 100 }, (_, at) =>
      add(pastLength, 600 + 2 * at, { seconds: drawTimes(random, 24, 0.4), levels: at % 10 ? best : '55545555' }),
    )
    const found = findBurst(watch(pastLength, pastLength, group))
    expect(isSign(found)).toBe(true)
    expect(fakesIn(found)).toBe(100)
    expect(found?.members.length).toBeLessThanOrEqual(110)
  })

  test('a market that moves from Tuesday to Monday and a day of twice as many people are no burst', () => {
    const days = honest.filter(({ day }) => day === dayAt(pastLength + 1))
    const moved = days.map((seen) => ({ ...seen, day: dayAt(pastLength) }))
    expect(isSign(findBurst(watch(pastLength, pastLength, [], moved)))).toBe(false)
    const twice = days.map((seen) => ({ ...seen, id: `again-${seen.id}` }))
    expect(isSign(findBurst(watch(pastLength + 1, pastLength + 1, twice)))).toBe(false)
  })

  test('four weeks of honest days show none of the three', () => {
    const days = Array.from({ length: 28 }, (_, at) => pastLength + at).filter(isWorkday)
    const looks = [...days.map((day) => watch(day, day)), week([]), watch(pastLength, pastLength + 27)]
    for (const find of [findAnsweringTimes, findBurst, findUnusualHours])
      expect(looks.map(find).filter(isSign)).toEqual([])
  })
})

test('a burst of praise takes the honest ones of other kinds along at no place', () => {
  const random = createRandom(4)
  const uneven = Array.from({ length: 8 }, (_, at) =>
    add(pastLength, 605 + at, { ...honestAnswers(random, 0.5, 0), levels: '43253454' }),
  )
  const praise = Array.from({ length: 70 }, (_, at) => add(pastLength, 600 + (at % 15), {}))
  const found = findBurst(
    watch(pastLength, pastLength, [...praise, ...uneven.map((seen) => ({ ...seen, id: `own-${seen.id}` }))]),
  )
  expect(isSign(found)).toBe(true)
  expect(fakesIn(found)).toBe(70)
})

import type { Place } from '../../server/catalogue/catalogue.ts'
import { addDays } from '../../server/days.ts'
import { busynessOn, minuteOfVisit, weekdayOf } from './calendar.ts'
import { profileOf } from './places.ts'
import { createChance, seedOf } from './random.ts'

/** A time when a place served worse than usual. */
export type Trouble = { ease: number; factors: string[] | 'all' }

/** Somebody sending the best marks many times over, or a program filling forms. */
export type Stuffing = { kind: 'same_device' | 'too_fast' | 'over_budget'; minutes: number[] }

const week = 7
const fortnight = 14

/** One month a year with late results at the land counter, and a bad week here and there. */
export function troubleAt(place: Place, day: string, seed: number): Trouble | null {
  if (profileOf(place).words === 'land') {
    const lateMonth = createChance(seedOf(seed, 'late', place.code, day.slice(0, 4))).whole(3, 11)
    if (Number(day.slice(5, 7)) === lateMonth) return { ease: -1.2, factors: ['ket-qua', 'thu-tuc'] }
  }
  const chance = createChance(seedOf(seed, 'bad week', place.code, blockOf(day, week)))
  return chance.isTrue(0.06) ? { ease: -0.8, factors: 'all' } : null
}

/** Each fortnight one place has one device answering over and over, one a program; five times a year a whole crowd. */
export function stuffingAt(places: Place[], place: Place, day: string, seed: number): Stuffing | null {
  const block = blockOf(day, fortnight)
  for (const kind of ['over_budget', 'same_device', 'too_fast'] as const) {
    const chance = createChance(seedOf(seed, kind, block))
    if (kind === 'over_budget' && !chance.isTrue(0.2)) continue
    const target = chance.pick(places.filter((one) => profileOf(one).rhythm === 'office'))
    const days = Array.from({ length: fortnight }, (_, index) => addDays(firstDayOf(block, fortnight), index))
    const open = days.filter((one) => busynessOn('office', one) > 0)
    if (open.length === 0 || target.id !== place.id || chance.pick(open) !== day) continue
    return { kind, minutes: minutesOf(kind, minuteOfVisit('office', chance), chance) }
  }
  return null
}

function minutesOf(kind: Stuffing['kind'], start: number, chance: ReturnType<typeof createChance>): number[] {
  const [count, span] = kind === 'over_budget' ? [chance.whole(150, 190), 42] : [chance.whole(12, 32), 11]
  return Array.from({ length: count }, () => start + chance.between(0, span)).sort((a, b) => a - b)
}

/** Blocks of days counted from a Monday, so that a day's events do not depend on when the sample starts. */
const epoch = Date.parse('2024-01-01T00:00:00Z')
const blockOf = (day: string, length: number): number =>
  Math.floor((Date.parse(`${day}T00:00:00Z`) - epoch) / 86_400_000 / length)
const firstDayOf = (block: number, length: number): string => addDays('2024-01-01', block * length)

/** A forgotten tablet's week-end visitor, a form filler: a few per month, anywhere. */
export const isHoneypotDay = (place: Place, day: string, seed: number): boolean =>
  weekdayOf(day) !== 0 && createChance(seedOf(seed, 'honeypot', place.code, day)).isTrue(0.012)

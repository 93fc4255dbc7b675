import { createRandom, drawNormal, type Random } from '../population.ts'
import type { Event } from './arrivals.ts'

export const dayMs = 86_400_000
/** A Monday. */
export const firstDay = Date.parse('2026-01-05T00:00:00Z')
export const dayAt = (number: number): string => new Date(firstDay + number * dayMs).toISOString().slice(0, 10)
export const isWorkday = (number: number): boolean => number % 7 < 5

/** An honest place. Shares are 0-1. */
export type Town = {
  perWeek: number
  /** Answer every question with one level. */
  straight: number
  /** Satisfied with a criterion, in a usual week. */
  satisfied: number
  /** Come with a ticket or a code on the screen. */
  proven: number
  /** How much fuller Tuesdays and Fridays are than other days. */
  market: number
  /** What honestly changes at the place, from `changeDay` on. */
  change?: Change
}

/**
 * A place may close an hour later, with a twelfth of its people then; have every fourth week a campaign that brings twice
 * as many; or get a clerk who asks people to answer at the desk, a quarter faster and more of them straight.
 */
export const changes = ['later_closing', 'campaign', 'at_desk'] as const
export type Change = (typeof changes)[number]
export const changeDay = 200

type About = Partial<Event> & Pick<Event, 'levels' | 'seconds'>

/** Names events within one run. */
let named = 0

/** An event of a minute of a day, in Asia/Ho_Chi_Minh; open, honest and from a telephone of its own unless said otherwise. */
export function eventAt(day: number, minuteOfDay: number, about: About): Event {
  named += 1
  const usual = { provenance: 'open', fake: false, comment: null, device: null, saysHousehold: false } as const
  const atMs = firstDay + day * dayMs + Math.round(minuteOfDay * 60_000) - 7 * 3_600_000
  const minute = Math.max(0, Math.min(1439, Math.floor(minuteOfDay)))
  return { ...usual, ...about, atMs, id: String(named), day: dayAt(day), minute }
}

export const drawTimes = (random: Random, median: number, spread: number): number =>
  Math.max(4, Math.round(median * Math.exp(spread * drawNormal(random))))

/** Answers of one honest person: eight levels; who levels straight gives one level everywhere. */
export function honestAnswers(
  random: Random,
  satisfied: number,
  straight: number,
): { levels: string; seconds: number } {
  if (random() < straight) {
    const level = random() < satisfied ? (random() < 0.7 ? 5 : 4) : random() < 0.7 ? 3 : 2
    return { levels: String(level).repeat(8), seconds: drawTimes(random, 26, 0.45) }
  }
  const mood = Math.min(0.995, satisfied + 0.06 * drawNormal(random))
  const level = () => (random() < mood ? (random() < 0.55 ? 5 : 4) : random() < 0.7 ? 3 : 2)
  return { levels: Array.from({ length: 8 }, level).join(''), seconds: drawTimes(random, 38, 0.5) }
}

const words =
  'thủ tục hồ sơ cán bộ chờ lâu nhanh hướng dẫn giấy tờ hẹn trả kết quả nhà đất khai sinh xe máy ghế nóng'.split(' ')

export function honestComment(random: Random): string | null {
  if (random() > 0.08) return null
  if (random() < 0.4) return 'rất tốt'
  return Array.from({ length: 8 + Math.floor(random() * 12) }, () => words[Math.floor(random() * words.length)]).join(
    ' ',
  )
}

/** All honest answers of so many days, in the order they come. One seed, one town. */
export function honestEvents(town: Town, days: number, seed: number): Event[] {
  const random = createRandom(seed)
  const weights = [1, town.market, 1, 1, town.market]
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const events: Event[] = []
  let satisfied = town.satisfied
  for (let day = 0; day < days; day += 1) {
    if (day % 7 === 0) satisfied = random() < 0.1 ? town.satisfied - 0.12 : town.satisfied
    if (!isWorkday(day)) continue
    const changed = changedTown(town, day)
    const mean = (changed.perWeek * (weights[day % 7] as number)) / whole
    const people = drawPoisson(random, mean * (0.8 + 0.4 * random()))
    const before = events.length
    while (events.length - before < people) addGroup(random, events, { day, town: changed, satisfied })
  }
  return events.sort((a, b) => a.atMs - b.atMs)
}

function changedTown(town: Town, day: number): Town {
  if (day < changeDay || !town.change) return { ...town, change: undefined }
  const isCampaign = town.change === 'campaign' && Math.floor(day / 7) % 4 === 0
  if (isCampaign) return { ...town, perWeek: 2 * town.perWeek }
  return town.change === 'at_desk' ? { ...town, straight: town.straight + 0.1 } : town
}

/** One person; in three cases of a hundred a queue of three to six within minutes, in five a family on one telephone. */
function addGroup(
  random: Random,
  events: Event[],
  { day, town, satisfied }: { day: number; town: Town; satisfied: number },
): void {
  const kind = random()
  const size = kind < 0.03 ? 3 + Math.floor(random() * 4) : kind < 0.08 ? 2 : 1
  const isFamily = kind >= 0.03 && kind < 0.08
  const device = String(random())
  const start = drawStart(random, town.change)
  for (let at = 0; at < size; at += 1) {
    const provenance = random() < town.proven ? (random() < 0.5 ? 'ticket' : 'presence') : 'open'
    const about = {
      ...hastened(honestAnswers(random, satisfied, town.straight), town.change),
      comment: honestComment(random),
      provenance,
    } as const
    const minute = start + at * (1 + random() * 2)
    const who = isFamily ? { device, saysHousehold: at === 1 } : { device: `${device}-${at}`, saysHousehold: false }
    events.push(eventAt(day, minute, { ...about, ...who }))
  }
}

function drawStart(random: Random, change: Change | undefined): number {
  if (random() < 0.003) return 1080 + random() * 120
  return change === 'later_closing' && random() < 1 / 12 ? 1020 + random() * 50 : drawMinute(random)
}

const hastened = <T extends { seconds: number }>(answers: T, change: Change | undefined): T =>
  change === 'at_desk' ? { ...answers, seconds: Math.max(4, Math.round(answers.seconds * 0.75)) } : answers

/** Two busy times: the middle of the morning, and after the midday rest. */
function drawMinute(random: Random): number {
  for (;;) {
    const minute = random() < 0.6 ? 560 + 55 * drawNormal(random) : 880 + 60 * drawNormal(random)
    if ((minute >= 450 && minute <= 700) || (minute >= 805 && minute <= 1030)) return minute
  }
}

export function drawPoisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let [count, product] = [0, random()]
  while (product > limit) {
    count += 1
    product *= random()
  }
  return count
}

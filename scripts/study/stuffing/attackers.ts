import { createRandom, drawNormal, type Random } from '../population.ts'
import type { Event } from './arrivals.ts'
import { drawTimes, eventAt, isWorkday } from './town.ts'

/** Who makes false levels, from one day on for so many days. */
export type Attacker = {
  name: string
  /** What no sign can find is printed and promised nothing. */
  promised: boolean
  make(random: Random, from: number, days: number): Event[]
  /** Honest people who stay away because of it. */
  keepsAway?(event: Event, random: Random): boolean
}

const best = '55555555'
const fake = true
const workdays = (from: number, days: number) =>
  Array.from({ length: days }, (_, at) => from + at).filter((day) => isWorkday(day))

/** Almost always the best level; one in ten leaves a four somewhere, so as not to look alike. */
function praise(random: Random): string {
  if (random() > 0.1) return best
  const at = Math.floor(random() * 8)
  return `${best.slice(0, at)}4${best.slice(at + 1)}`
}

const spread = (random: Random, from: number, to: number) => from + random() * (to - from)

export const attackers: Attacker[] = [
  {
    name: 'chương trình gửi thẳng, không mở trang, ban đêm',
    promised: true,
    make: (random, from) =>
      Array.from({ length: 100 }, (_, at) =>
        eventAt(from, 180 + at / 12_000, { levels: praise(random), seconds: null, provenance: 'unminted', fake }),
      ),
  },
  {
    name: 'chương trình mở trang, cứ ba phút một phiếu, ban ngày',
    promised: true,
    make: (random, from) =>
      Array.from({ length: 100 }, (_, at) =>
        eventAt(from, 480 + at * 3, { levels: praise(random), seconds: 4 + Math.floor(random() * 2), fake }),
      ),
  },
  {
    name: 'xóa cookie, ngồi một lượt, 30 phiếu một tuần',
    promised: true,
    make: (random, from, days) =>
      workdays(from, days)
        .filter((day) => day % 7 === 2)
        .flatMap((day) => {
          const start = spread(random, 500, 900)
          return Array.from({ length: 30 }, (_, at) =>
            eventAt(day, start + at * spread(random, 0.2, 0.5), {
              levels: praise(random),
              seconds: 4 + Math.floor(random() * 4),
              fake,
            }),
          )
        }),
  },
  {
    name: 'cán bộ điền sau giờ làm, 25 phiếu một tuần',
    promised: true,
    make: (random, from, days) =>
      workdays(from, days).flatMap((day) => {
        const start = spread(random, 1050, 1200)
        return Array.from({ length: 5 }, (_, at) =>
          eventAt(day, start + at * spread(random, 0.5, 2), {
            levels: praise(random),
            seconds: drawTimes(random, 12, 0.3),
            fake,
          }),
        )
      }),
  },
  {
    name: 'cán bộ điền xen giữa giờ, bấm nhanh, 25 phiếu một tuần',
    promised: true,
    make: (random, from, days) =>
      betweenCitizens(random, { from, days, perDay: 5, seconds: () => drawTimes(random, 8, 0.2) }),
  },
  {
    name: 'một điện thoại chuyền tay, 40 phiếu một buổi, mỗi tuần một buổi',
    promised: true,
    make: (random, from, days) =>
      workdays(from, days)
        .filter((day) => day % 7 === 3)
        .flatMap((day) => passRound(random, day)),
  },
  {
    name: 'gửi liên kết vào nhóm 200 người, trong giờ',
    promised: true,
    make: (random, from) =>
      Array.from({ length: 200 }, (_, at) =>
        eventAt(from, 600 - 50 * Math.log(1 - random() * 0.98), {
          levels: praise(random),
          seconds: drawTimes(random, 24, 0.4),
          device: `nhom-${at}`,
          fake,
        }),
      ),
  },
  {
    name: 'nhỏ giọt 3 phiếu một ngày, cả quý',
    promised: false,
    make: (random, from, days) =>
      betweenCitizens(random, { from, days, perDay: 3, seconds: () => drawTimes(random, 14, 0.3) }),
  },
  {
    name: 'cán bộ điền xen giữa giờ, chờ lâu như người đọc thật, 25 phiếu một tuần',
    promised: false,
    make: (random, from, days) =>
      betweenCitizens(random, { from, days, perDay: 5, seconds: () => drawTimes(random, 28, 0.45) }),
  },
  {
    name: 'chỉ mời người hài lòng',
    promised: false,
    make: () => [],
    keepsAway: ({ levels }, random) => /[123]/.test(levels) && random() < 0.7,
  },
]

function betweenCitizens(
  random: Random,
  { from, days, perDay, seconds }: { from: number; days: number; perDay: number; seconds: () => number },
): Event[] {
  return workdays(from, days).flatMap((day) =>
    Array.from({ length: perDay }, () => {
      const minute = random() < 0.55 ? spread(random, 470, 690) : spread(random, 810, 1010)
      return eventAt(day, minute, { levels: praise(random), seconds: seconds(), fake })
    }),
  )
}

/** Forty people one after the other on a clerk's telephone, each ticking that somebody else of the household levels. */
function passRound(random: Random, day: number): Event[] {
  let minute = spread(random, 480, 560)
  return Array.from({ length: 40 }, (_, at) => {
    minute += spread(random, 1, 4)
    const about = { levels: praise(random), seconds: drawTimes(random, 22, 0.3) }
    return eventAt(day, minute, { ...about, device: 'chuyen-tay', saysHousehold: at > 0, fake })
  })
}

/** The events of a town under attack, in the order they come; who is kept away is marked absent. */
export function underAttack(
  honest: Event[],
  attacker: Attacker,
  { from, days, seed }: { from: number; days: number; seed: number },
): Event[] {
  const random = createRandom(seed)
  drawNormal(random)
  const first = honest.findIndex((event) => event.atMs >= eventAt(from, 0, { levels: '', seconds: null }).atMs)
  const marked = honest.map((event, at) =>
    at >= first && attacker.keepsAway?.(event, random) ? { ...event, absent: true } : event,
  )
  return [...marked, ...attacker.make(random, from, days)].sort((a, b) => a.atMs - b.atMs)
}

import { groupBy } from '../../tallies/group-rules.ts'
import type { Finding, Past, Seen, Watch } from '../contract.ts'
import { fullestWindow, widths } from './busiest.ts'
import { pickCandidate } from './limits.ts'
import { beyondUsual } from './members.ts'
import { byArrival, countBelow, leastPast } from './past.ts'
import { weekdayOf } from './rhythm.ts'
import { gammaPoissonTail } from './tails.ts'

/** A queue of one family is no burst, however quiet the place. */
const leastBurst = 8

/** So many of a window may be one queue, who came together. */
const queue = 6

/** Minutes of the windows compared with the weekday's own rate: in shorter ones a queue is all there is. */
const rateWidths = [30, 60, 120, 240] as const

type Candidate = { chance: number; count: number; expected: number; members: readonly Seen[] }

/**
 * More arrivals within some minutes than the place knows: than the fullest window of its usual weeks, or than this weekday
 * brings at this time of the day. Two scan statistics (Naus 1965), each corrected for its windows, and for being two.
 */
export function findBurst({ from, to, judged, past }: Watch): Finding | null {
  if (past.count < leastPast) return null
  const days = [...groupBy(judged, ({ day }) => day)].map(([day, seen]) => ({ day, seen: [...seen].sort(byArrival) }))
  const found = days
    .flatMap(({ day, seen }) => [...judgeFullest(seen, past), ...judgeRates(day, seen, past)])
    .map((one) => ({ ...one, chance: one.chance * 2 * days.length }))
  const best = pickCandidate(found)
  const first = best?.members[0]
  if (!best || !first) return null
  const members = beyondUsual(best.members, best.expected, past).map(({ id }) => id)
  const about = { from, to, provenance: first.provenance, members }
  return { sign: 'burst', chance: Math.min(1, best.chance), observed: best.count, expected: best.expected, ...about }
}

/**
 * The day's fullest window of each width against the mean of each past week's fullest one. Gamma-Poisson, since a campaign
 * or an autumn of land papers may fill a day half again as full.
 */
function judgeFullest(seen: readonly Seen[], past: Past): Candidate[] {
  const minutes = seen.map(({ minute }) => minute)
  return widths.flatMap((width) => {
    const expected = past.busiest.get(width)
    if (typeof expected !== 'number') return []
    const { start, count } = fullestWindow(minutes, width)
    const chance = count < leastBurst ? 1 : gammaPoissonTail(expected, past.rhythm.shape, count) * widths.length
    return [{ chance, count, expected, members: seen.slice(start, start + count) }]
  })
}

/**
 * Every window that begins with an arrival: how many others follow, but for one queue, against the weekday's mean times
 * the share of the past at these minutes. Gamma-Poisson: days of one weekday differ. A weekday that is quiet counts as a
 * usual day, since markets move. By the number of arrivals the sum bounds the chance of any such window.
 */
function judgeRates(day: string, seen: readonly Seen[], past: Past): Candidate[] {
  const minutes = seen.map(({ minute }) => minute)
  const { byWeekday, mean, shape } = past.rhythm
  const usual = Math.max(mean, byWeekday.get(weekdayOf(day)) ?? 0)
  return rateWidths.flatMap((width) =>
    minutes.map((minute, start) => {
      const count = countBelow(minutes, minute + width) - start
      if (count <= leastBurst + queue) return { chance: 1, count, expected: 0, members: [] }
      const hits = countBelow(past.minutes, minute + width) - countBelow(past.minutes, minute) + 0.5
      const expected = (usual * hits) / past.count
      const tail = gammaPoissonTail(expected, 1 / (1 / shape + 1 / hits), count - 1 - queue)
      const chance = tail * minutes.length * rateWidths.length
      return { chance, count, expected, members: seen.slice(start, start + count) }
    }),
  )
}

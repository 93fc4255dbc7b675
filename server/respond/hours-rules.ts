import type { Provenance, ServiceMode } from '../catalogue/contract.ts'
import { dayOf, wallClockOf } from '../days.ts'
import type { Span } from '../typed/clock.ts'
import type { Week } from '../typed/week.ts'

/** When a place is open, by weekday from Monday, on the clock of Asia/Ho_Chi_Minh; null where not declared. */
export type OpeningHours = Week | null

/** People answer on the way in and on the way home. */
export const graceMinutes = 60

/** Days that differ from the week's usual course: a place's own first, then holidays and weekends worked instead. */
type Declared = readonly { day: string; works: boolean }[]

/** The hours of a day; one that is worked instead of another has the longest of the week. */
function spansOn(week: Week, day: string, declared: Declared): Span[] {
  const named = declared.find((one) => one.day === day)
  if (named && !named.works) return []
  if (named) return frameOf(week)
  return week[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? []
}

function frameOf(week: Week): Span[] {
  const spans = week.flat()
  return [[Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, until]) => until))]]
}

/** Whether this moment (ms) is within the opening hours and an hour on either side. */
export function isNearHours(week: Week, declared: Declared, ms: number): boolean {
  const clock = wallClockOf(ms)
  const minute = clock.getUTCHours() * 60 + clock.getUTCMinutes()
  return spansOn(week, dayOf(ms), declared).some(
    ([from, until]) => minute >= from - graceMinutes && minute <= until + graceMinutes,
  )
}

export type Visit = {
  provenance: Provenance
  serviceMode: ServiceMode
  /** When its page was made; null where no page of ours tells. */
  pageMadeMs: number | null
  nowMs: number
}

/**
 * Outside the hours only where neither the page nor the answer came within them: an answer that waited in a telephone
 * without a network counts. Never for online services, tickets, paper or interviews, which have no hours.
 */
export function isOutsideHours(hours: OpeningHours, declared: Declared, visit: Visit): boolean {
  const { provenance, serviceMode, pageMadeMs, nowMs } = visit
  if (!hours || serviceMode === 'online' || provenance === 'ticket' || provenance === 'entered') return false
  return ![nowMs, pageMadeMs ?? nowMs].some((ms) => isNearHours(hours, declared, ms))
}

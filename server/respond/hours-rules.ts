import type { Provenance, ServiceMode } from '../catalogue/contract.ts'
import { dayOf, wallClockOf } from '../days.ts'

/** When a place is open: minutes of the day in Asia/Ho_Chi_Minh and weekdays 1 (Monday) to 7; null where not declared. */
export type OpeningHours = { opensAt: number; closesAt: number; openDays: string } | null

type Declares = { opensAt: number | null; closesAt: number | null; openDays: string }

export const hoursOf = ({ opensAt, closesAt, openDays }: Declares): OpeningHours =>
  opensAt === null || closesAt === null ? null : { opensAt, closesAt, openDays }

/** People answer on the way in and on the way home. */
export const graceMinutes = 60

/** Days that differ from the week's usual course (holidays, weekends worked instead). */
type Declared = readonly { day: string; works: boolean }[]

export function isOpenDay(day: string, openDays: string, declared: Declared): boolean {
  const named = declared.find((one) => one.day === day)
  if (named) return named.works
  return openDays.includes(String(new Date(`${day}T00:00:00Z`).getUTCDay() || 7))
}

/** Whether this moment (ms) is within the opening hours and an hour on either side. */
export function isNearHours(hours: NonNullable<OpeningHours>, declared: Declared, ms: number): boolean {
  const clock = wallClockOf(ms)
  const minute = clock.getUTCHours() * 60 + clock.getUTCMinutes()
  if (!isOpenDay(dayOf(ms), hours.openDays, declared)) return false
  return minute >= hours.opensAt - graceMinutes && minute <= hours.closesAt + graceMinutes
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

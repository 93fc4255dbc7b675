import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Scope } from '../catalogue/contract.ts'
import { daysBefore } from '../days.ts'
import { PublicError } from '../errors.ts'
import { scopeOf } from '../staff/permission-rules.ts'
import type { Guard } from '../staff/session.ts'
import { readAskedDays } from '../typed/day.ts'
import { calendarDay, isCalendarDay } from '../typed/day-contract.ts'
import type { Precision } from './indicators.ts'

const longestRangeDays = 3660

export const Day = calendarDay('Ngày phải viết dạng YYYY-MM-DD, ví dụ 2026-11-23.')

export const isRange = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  // A day that is none has its own sentence.
  !isCalendarDay(from) || !isCalendarDay(to) || (from <= to && daysBefore(to, longestRangeDays) <= from)

export const rangeError = { error: 'Khoảng ngày phải từ trước đến sau và không dài quá mười năm.', path: ['from'] }

export const IndicatorsQuery = z.strictObject({ from: Day.optional(), to: Day.optional() }).refine(isRange, rangeError)

export type Reader = { precision: Precision; scope: Scope }

/** A key reads the whole commune exactly; a member of staff the own agencies, held back as on the screens. */
export async function readerOf(guard: Guard, request: FastifyRequest, key: 'indicators' | 'results'): Promise<Reader> {
  if (await guard.hasApiKey(request, key)) return { precision: 'exact', scope: 'all' }
  return { precision: 'held', scope: scopeOf(await guard.getStaff(request), 'results.read') }
}

/** By default 1 January to today; one given end keeps the other's default, never past it. */
export function rangeOf({ from, to }: { from?: string | undefined; to?: string | undefined }, today: string) {
  const last = to ?? laterOf(from ?? today, today)
  const first = from ?? `${last.slice(0, 4)}-01-01`
  // The end that was left out may be far from the one given.
  if (!isRange({ from: first, to: last }))
    throw new PublicError('refused', [{ path: 'from', message: rangeError.error }])
  return { from: first, to: last }
}

export const laterOf = (day: string, other: string): string => [day, other].sort()[1] as string

/** The range a page's address asks for; where it cannot be read, the default one and what was typed. */
export function readAskedRange(query: unknown, today: string) {
  const asked = readAskedDays(query, { from: 'Từ ngày', to: 'Đến ngày' })
  if (!isRange(asked.days)) asked.problems.push({ path: 'from', message: rangeError.error })
  return { asked, range: rangeOf(asked.problems.length > 0 ? {} : asked.days, today) }
}

import { z } from 'zod'
import { daysBefore } from '../days.ts'
import type { Period } from '../indicators/period-rules.ts'
import { readTypedDay } from '../typed/day.ts'

const Typed = z.string().max(100).optional()
/** As typed or as linked: any way of writing a day. Other members are other people's and left alone. */
export const PeriodQuery = z.object({ ngay: Typed, tu: Typed, den: Typed })
export type PeriodQuery = z.infer<typeof PeriodQuery>

/** What was asked for, or the sentence that says why it cannot be shown. */
export type AskedPeriod = { period: Period; problem: null } | { period: null; problem: string }

const longestDays = 3660

/** Swapped ends are turned, a future end is today; without any it is today. */
export function readAskedPeriod(query: PeriodQuery, today: string): AskedPeriod {
  const texts = [query.ngay, query.tu, query.den].map((text) => text?.trim() || undefined)
  const days = texts.map((text) => (text === undefined ? undefined : readTypedDay(text)))
  const unread = texts.find((text, index) => text !== undefined && days[index] === null)
  if (unread !== undefined)
    return refuse(`Không đọc được ngày “${unread.slice(0, 20)}”; xin ghi như 23/11/2026 rồi xem lại.`)
  const [day, from, to] = days as (string | undefined)[]
  const [first, last] = [day ?? from ?? to ?? today, day ?? to ?? (from ? laterOf(from, today) : today)].sort() as [
    string,
    string,
  ]
  if (first > today) return refuse('Ngày này chưa tới; xin chọn hôm nay hoặc một ngày trước.')
  if (daysBefore(last, longestDays) > first) return refuse('Xin chọn khoảng thời gian không quá mười năm.')
  return { period: { from: first, to: last > today ? today : last }, problem: null }
}

const refuse = (problem: string): AskedPeriod => ({ period: null, problem })

const laterOf = (day: string, other: string): string => (day > other ? day : other)

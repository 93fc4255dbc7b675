import type { ReportKind } from './contract.ts'
import type { Period } from './input/contract.ts'

const monthsOf: Record<ReportKind, number> = { annual_result: 12, annual_plan: 12, quarterly: 3, monthly: 1 }

/** The same stretch one period earlier: an unfinished year is compared with the same days of the year before. */
export function previousPeriodOf(kind: ReportKind, { from, to }: Period): Period {
  const months = monthsOf[kind]
  return { from: shiftBack(from, months, false), to: shiftBack(to, months, isLastOfMonth(to)) }
}

/** The day so many months earlier; a month's last day stays one, another day never passes the month's end. */
function shiftBack(day: string, months: number, keepsEnd: boolean): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  const first = new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 8)
  return first + String(keepsEnd ? last : Math.min(date, last)).padStart(2, '0')
}

const isLastOfMonth = (day: string): boolean =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().endsWith('01T00:00:00.000Z')

/** First day of the twelve months that end with this day's: the line that a short report is read against. */
export function yearUntil(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10)
}

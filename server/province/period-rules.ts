import { lastOfMonth } from '../publication/rules.ts'

export type Range = { from: string; to: string }

/** First and last day of "2026", "2026-Q3" or "2026-10". */
export function rangeOfPeriod(period: string): Range {
  const [year, part] = period.split('-') as [string, string | undefined]
  if (!part) return { from: `${year}-01-01`, to: `${year}-12-31` }
  const last = part.startsWith('Q') ? 3 * Number(part[1]) : Number(part)
  const first = part.startsWith('Q') ? last - 2 : last
  const monthOf = (number: number) => `${year}-${String(number).padStart(2, '0')}-01`
  return { from: monthOf(first), to: lastOfMonth(monthOf(last)) }
}

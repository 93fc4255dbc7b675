import type { Span } from '../typed/clock.ts'
import type { Week } from '../typed/week.ts'

/**
 * How a week is stored: the earliest opening and the latest closing with the days that are worked, and the whole week
 * beside it where a day differs from another or has a break. `opensAt` and `closesAt` are both null where not declared.
 */
export type StoredWeek = { opensAt: number | null; closesAt: number | null; openDays: string; week: Week | null }

/** The spans of each day from Monday; null where a place has declared no hours. */
export function weekOf({ opensAt, closesAt, openDays, week }: StoredWeek): Week | null {
  if (opensAt === null || closesAt === null) return null
  return (
    week ?? [1, 2, 3, 4, 5, 6, 7].map((day): Span[] => (openDays.includes(String(day)) ? [[opensAt, closesAt]] : []))
  )
}

/** `openDays` is kept as it was where no hours are declared. */
export function storedWeekOf(week: Week | null, { openDays }: Pick<StoredWeek, 'openDays'>): StoredWeek {
  const spans = week?.flat() ?? []
  if (week === null || spans.length === 0) return { opensAt: null, closesAt: null, openDays, week: null }
  const frame = {
    opensAt: Math.min(...spans.map(([from]) => from)),
    closesAt: Math.max(...spans.map(([, until]) => until)),
    openDays: week.map((own, day) => (own.length > 0 ? String(day + 1) : '')).join(''),
    week: null,
  }
  return isSameWeek(weekOf(frame), week) ? frame : { ...frame, week }
}

export const isSameWeek = (one: Week | null, other: Week | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

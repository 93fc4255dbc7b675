import { addDays } from '../days.ts'
import type { Holiday } from './contract.ts'

/** Days that differ from the week's usual course: public holidays, and weekends worked instead of another day. */
export type Holidays = readonly Pick<Holiday, 'day' | 'works'>[]

/** Monday to Friday unless it is a public holiday; a Saturday or Sunday only where it was declared a working day. */
export function isWorkingDay(day: string, holidays: Holidays): boolean {
  const declared = holidays.find((one) => one.day === day)
  if (declared) return declared.works
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The n-th working day after `day`, which itself does not count; with n = 0 the day itself. */
export function addWorkingDays(day: string, n: number, holidays: Holidays): string {
  let reached = day
  for (let left = n; left > 0; ) {
    reached = addDays(reached, 1)
    if (isWorkingDay(reached, holidays)) left -= 1
  }
  return reached
}

/** Working days after `from` up to and including `to`; below zero where `to` is the earlier one. */
export function workingDaysBetween(from: string, to: string, holidays: Holidays): number {
  if (to < from) return -workingDaysBetween(to, from, holidays)
  let count = 0
  for (let day = from; day < to; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day, holidays)) count += 1
  }
  return count
}

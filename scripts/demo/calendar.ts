import { addDays } from '../../server/days.ts'
import type { Chance } from './random.ts'

/** How a place lives through the week and the year. */
export type Rhythm = 'office' | 'online' | 'clinic' | 'vaccination' | 'school'

const dayMs = 86_400_000

/** First day of the lunar year in Vietnam (2030 differs from China's); ICU's lunar calendar misses some of them. */
const lunarNewYear: Record<string, string> = {
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-02',
  2031: '2031-01-23',
  2032: '2032-02-11',
  2033: '2033-01-31',
  2034: '2034-02-19',
  2035: '2035-02-08',
}
const fixedHolidays = ['01-01', '04-30', '05-01', '09-01', '09-02']

/** The moment at so many minutes after midnight in Asia/Ho_Chi_Minh. */
export const momentOf = (day: string, minutes: number): number =>
  Date.parse(`${day}T00:00:00+07:00`) + Math.round(minutes * 60_000)

/** 0 = Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** How busy a place is on a day: 1 on an ordinary working day, 0 when it is closed. */
export function busynessOn(rhythm: Rhythm, day: string): number {
  const quiet = isHoliday(day) ? 0 : nearNewYear(day) * nearKhmerNewYear(day)
  const weekday = weekdayOf(day)
  if (rhythm === 'online')
    return isHoliday(day) ? 0.1 : quiet * ([0.3, 1.2, 1.1, 1.05, 1, 0.95, 0.4][weekday] as number)
  if (rhythm === 'clinic') return quiet * ([0, 1.3, 1.1, 1, 1, 1, 0.55][weekday] as number)
  if (rhythm === 'vaccination') return isVaccinationDay(day) ? quiet : 0
  if (rhythm === 'school') return quiet * schoolWave(day)
  return quiet * ([0, 1.35, 1.05, 1, 0.95, 0.85, 0][weekday] as number)
}

/** Minutes after midnight at which somebody answers: two waves in office hours, the evening for online services. */
export function minuteOfVisit(rhythm: Rhythm, chance: Chance): number {
  const around = (middle: number, spread: number, low: number, high: number) =>
    Math.min(high, Math.max(low, middle + spread * chance.normal()))
  if (rhythm === 'online') {
    return chance.isTrue(0.45) ? around(20.2 * 60, 60, 18 * 60, 22.9 * 60) : around(10.5 * 60, 150, 6.5 * 60, 17 * 60)
  }
  if (rhythm === 'school') return around(17 * 60, 70, 6.5 * 60, 21 * 60)
  if (rhythm === 'vaccination' || chance.isTrue(0.63)) return around(8.9 * 60, 55, 7.1 * 60, 11.4 * 60)
  return around(14.6 * 60, 50, 13.1 * 60, 17.2 * 60)
}

/** Public holidays, and the Monday in lieu of one on a weekend. */
function isHoliday(day: string): boolean {
  const fromNewYear = daysFromNewYear(day)
  if (fromNewYear >= -3 && fromNewYear <= 4) return true
  // The Hùng kings' day, 10th of the 3rd lunar month: 68 or 69 days after the new year.
  if (fromNewYear === 68 || fixedHolidays.includes(day.slice(5))) return true
  const isMonday = weekdayOf(day) === 1
  return isMonday && [1, 2].some((back) => fixedHolidays.includes(addDays(day, -back).slice(5)))
}

const daysFromNewYear = (day: string): number => {
  const newYear = lunarNewYear[day.slice(0, 4)] ?? `${day.slice(0, 4)}-02-05`
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${newYear}T00:00:00Z`)) / dayMs)
}

/** People settle their papers before Tết and stay at home for a while after it. */
function nearNewYear(day: string): number {
  const from = daysFromNewYear(day)
  if (from >= -14 && from < -3) return 1.25
  return from > 4 && from <= 12 ? 0.45 : 1
}

/** Chôl Chnăm Thmây, mid-April. */
const nearKhmerNewYear = (day: string): number => (day.slice(5) >= '04-14' && day.slice(5) <= '04-16' ? 0.6 : 1)

/** The Tuesday and Wednesday of the second week of a month, as stations usually hold it. */
function isVaccinationDay(day: string): boolean {
  const date = Number(day.slice(8))
  return [2, 3].includes(weekdayOf(day)) && date >= 8 && date <= 14
}

/** Parents answer around the meetings at the end of a term and the start of the school year; else a trickle. */
function schoolWave(day: string): number {
  const date = day.slice(5)
  if (date > '05-31' && date < '08-20') return 0.01
  if (weekdayOf(day) === 0) return 0.05
  const isMeeting = (date >= '01-08' && date <= '01-20') || (date >= '05-15' && date <= '05-28')
  return isMeeting ? 1 : date >= '09-05' && date <= '09-19' ? 0.6 : 0.07
}

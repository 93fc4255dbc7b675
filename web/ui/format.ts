/** Numbers and dates as Vietnamese readers expect them: decimal comma, dotted thousands, dd/mm/yyyy. */

const nbsp = '\u00a0'
const dayMillis = 86_400_000
const weekdays = ['Chủ Nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']

/**
 * "94,1" from percents. With a target, as many decimals as it takes to stay on the right side of it:
 * 94,97 against 95 must not be printed as "95,0" beside "chưa đạt".
 */
export function formatScore(percent: number, target?: number): string {
  const digits = target === undefined ? 1 : digitsThatKeepTheSide(percent, target)
  return toComma(percent.toFixed(digits))
}

/** "94,1 %" with a space that does not break. */
export function formatPercent(percent: number, target?: number): string {
  return `${formatScore(percent, target)}${nbsp}%`
}

/** "85 %" from a whole number of percents. */
export const formatWholePercent = (percent: number): string => `${percent}${nbsp}%`

/** A target as the plan writes it: "95 %", "92,5 %". */
export function formatTarget(target: number): string {
  return `${toComma(String(Math.round(target * 100) / 100))}${nbsp}%`
}

/** "89,6 – 96,8": both ends on their own side of the target. */
export function formatInterval(lower: number, upper: number, target?: number): string {
  return `${formatScore(lower, target)}${nbsp}–${nbsp}${formatScore(upper, target)}`
}

/** "12.345" */
export function formatInteger(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
}

/** "23/11/2026" from "2026-11-23". */
export function formatDay(day: string): string {
  return day.split('-').reverse().join('/')
}

/** "23/11", for places where the year is known. */
export function formatDayShort(day: string): string {
  return formatDay(day).slice(0, 5)
}

/** "thứ Hai" from "2026-11-23". */
export function formatWeekday(day: string): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] as string
}

/** "2026-11-22" from "2026-11-23" and −1. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMillis).toISOString().slice(0, 10)
}

/** First letter in upper case: the start of a sentence. */
export function startSentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function digitsThatKeepTheSide(percent: number, target: number): number {
  const reaches = percent >= target
  const digits = [1, 2, 3, 4].find((count) => Number(percent.toFixed(count)) >= target === reaches)
  return digits ?? 4
}

const toComma = (number: string) => number.replace('.', ',')

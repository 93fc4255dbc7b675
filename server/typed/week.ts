import { plainHours, readTypedSpans, type Span, spansExample, writeSpans } from './clock.ts'

/** When a place works on Monday to Sunday; a day without spans is one off. */
export type Week = Span[][]

export const weekExample = `T2-T6 ${spansExample}; T7 7:00-11:00`

export const weekdayNames = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'] as const

const dayWord = String.raw`(?:t ?[2-7]|th[ứu] ?(?:[2-7]|hai|ba|t[ưu]|n[ăa]m|s[áa]u|b[ảa]y)|cn|ch[ủu] nh[ậa]t)(?![\p{L}\d])`
/** "T2-6": further days may be bare numbers, where no hour begins with them. */
const nextDay = String.raw`(?:${dayWord}|[2-7](?![\dhg]|[:.]\d| ?-| ?giờ))`
const daysPattern = new RegExp(
  String.raw`(?<![\p{L}\d])(?:${dayWord}(?: ?(?:-|,|&|và) ?${nextDay})*|h[ằà]ng ngày|cả tuần)`,
  'gu',
)
const closedPattern = /^(?:nghỉ|nghi|đóng cửa|không làm việc|không mở)$/

/** A day on which nobody works, in the words people have for it. */
export const isClosedWord = (typed: string): boolean => closedPattern.test(plainHours(typed).replace(/[.;,]+$/, ''))

/**
 * "T2-T6 7:00-11:30, 13:00-17:00; T7 7h-11h", "Thứ 2 đến thứ 6: 7h30–17h. Thứ 7: nghỉ" → the week; a day that is not
 * named is off. A sentence where it cannot be read.
 */
export function readTypedWeek(typed: string): Week | string {
  const text = plainHours(typed)
  const groups = [...text.matchAll(daysPattern)]
  if (groups.length === 0) return `chưa rõ là ngày nào trong tuần; xin ghi như ${weekExample}.`
  if (text.slice(0, groups[0]?.index).replace(/[\s:;,.]/g, '') !== '') return unread(typed)
  const week: (Span[] | undefined)[] = Array.from({ length: 7 })
  for (const [at, group] of groups.entries()) {
    const hours = text.slice(group.index + group[0].length, groups[at + 1]?.index).replace(/^[\s:(]+|[\s;,.)]+$/g, '')
    const days = readDays(group[0])
    const spans = isClosedWord(hours) ? [] : readTypedSpans(hours)
    if (days === null) return unread(typed)
    if (typeof spans === 'string') return `${group[0].toUpperCase()}: ${spans}`
    if (days.some((day) => week[day] !== undefined)) return `có ngày ghi hai lần: ${group[0].toUpperCase()}.`
    for (const day of days) week[day] = spans
  }
  const whole = week.map((spans) => spans ?? [])
  return whole.some((spans) => spans.length > 0) ? whole : noDay
}

const noDay = 'cần ít nhất một ngày làm việc; nơi không phục vụ nữa thì ngưng nhận phiếu ở trang của nơi ấy.'

const unread = (typed: string): string => `không đọc được “${typed.trim().slice(0, 60)}”; xin ghi như ${weekExample}.`

/** "T2-T6", "thứ 2, 4 và 6", "CN" → 0 (Monday) to 6, in order; null where it is no list of days. */
export function readTypedDays(typed: string): number[] | null {
  const text = plainHours(typed).replace(/[.;\s]+$/, '')
  const [found] = text.matchAll(daysPattern)
  if (found?.[0] === text) return readDays(text)
  // Bare numbers as in "2-6" or "2,3,4,5,6", where the column is about days.
  return /^[2-7](?: ?[-,] ?[2-7])*$/.test(text) ? readDays(text) : null
}

const numberWords = ['hai', 'ba', 'tư', 'năm', 'sáu', 'bảy']
const plainWords = ['hai', 'ba', 'tu', 'nam', 'sau', 'bay']

function readDays(text: string): number[] | null {
  if (/ngày|tuần/.test(text)) return [0, 1, 2, 3, 4, 5, 6]
  const days: number[] = []
  for (const part of text.split(/,|&|và/)) {
    const [first, last] = part.split('-').map((one) => dayIn(one.trim()))
    if (first === undefined || first < 0) return null
    if (last !== undefined && last <= first) return null
    for (let day = first; day <= (last ?? first); day += 1) days.push(day)
  }
  return new Set(days).size === days.length ? days.sort() : null
}

function dayIn(text: string): number {
  const word = text.replace(/^(?:th[ứu]|t) ?(?=[2-7hbtns])/, '')
  if (/^[2-7]$/.test(word)) return Number(word) - 2
  if (/^(cn|ch[ủu] nh[ậa]t)$/.test(text)) return 6
  return Math.max(numberWords.indexOf(word), plainWords.indexOf(word))
}

/** "T2-T6 7:00-11:30, 13:00-17:00; T7 7:00-11:00": what readTypedWeek reads as the same week. */
export function writeWeek(week: Week): string {
  const byHours = new Map<string, number[]>()
  for (const [day, spans] of week.entries())
    if (spans.length > 0) byHours.set(writeSpans(spans), [...(byHours.get(writeSpans(spans)) ?? []), day])
  return [...byHours].map(([hours, days]) => `${writeDays(days)} ${hours}`).join('; ')
}

function writeDays(days: number[]): string {
  const runs: [first: number, last: number][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run && run[1] === day - 1) run[1] = day
    else runs.push([day, day])
  }
  const nameOf = (day: number) => weekdayNames[day] as string
  return runs.map(([first, last]) => (first === last ? nameOf(first) : `${nameOf(first)}-${nameOf(last)}`)).join(', ')
}

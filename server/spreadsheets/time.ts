import { dayOf } from '../days.ts'
import { toPlainDigits } from '../typed/digits.ts'
import { fold } from './values.ts'

/** What clerks and their software write for a day or a month, in every form met so far. */
export type Period = { period: 'day' | 'month'; day: string }

/** A day or a month; null where it is neither. `monthly`: the column is about months, so a first of the month means the month. */
export function parsePeriod(value: string | number, monthly: boolean): Period | null {
  const day = typeof value === 'number' ? dayOfSerial(value) : parseDay(value)
  if (day) return monthly && day.endsWith('-01') ? { period: 'month', day } : { period: 'day', day }
  const month = typeof value === 'string' ? parseMonth(value) : null
  return month ? { period: 'month', day: `${month}-01` } : null
}

const timePattern =
  /(?:^|[\sT,])(?:lúc\s*)?(\d{1,2})\s?(?:[:h]|giờ)\s?(\d{2})(?:\s?(?:[:m]|phút)\s?(\d{2})(?:[.,]\d+)?)?\s*(am|pm|sa|ch)?\s*(z|(?:utc|gmt)?\s?[+-]\d{2}:?\d{2}|utc|gmt)?(?=$|[\s,])/iu

/** A day, also with a time before or behind; a time that states its offset is put on the clock of Vietnam first. */
function parseDay(text: string): string | null {
  const plain = toPlainDigits(text).trim()
  const time = timePattern.exec(plain)
  const day = readDay(time ? `${plain.slice(0, time.index)} ${plain.slice(time.index + time[0].length)}` : plain)
  if (!day || !time?.[5]) return day
  const [hours, minutes] = [Number(time[1]) % 24, Number(time[2])]
  const isAfternoon = /pm|ch/i.test(time[4] ?? '') && hours < 12
  const utc = Date.parse(`${day}T00:00:00Z`) + ((hours + (isAfternoon ? 12 : 0)) * 60 + minutes) * 60_000
  return dayOf(utc - offsetOf(time[5]))
}

/** "Z", "+07:00", "UTC+0700" → milliseconds ahead of UTC. */
function offsetOf(text: string): number {
  const found = /([+-])(\d{2}):?(\d{2})/.exec(text)
  if (!found) return 0
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** dd/mm/yyyy, d-m-yy, yyyy-mm-dd, "ngày 5 tháng 10 năm 2026", 05-Oct-2026, yyyymmdd, serial numbers as text. */
function readDay(text: string): string | null {
  const bare = text
    .replace(/(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day)/giu, ' ')
    .replace(/^[\s,;-]*(?:ngày\s*)?/iu, '')
    .replace(/[\s,;-]+$/u, '')
  const words = /^(\d{1,2})\s+tháng\s+(\d{1,2})\s*,?\s*năm\s+(\d{4})$/iu.exec(bare)
  const vietnamese = words ?? /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})$/.exec(bare)
  if (vietnamese) return toDay(fullYear(vietnamese[3]), vietnamese[2], vietnamese[1])
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare)
  if (iso) return toDay(iso[1], iso[2], iso[3])
  const english = /^(\d{1,2})[\s/-]([a-z]{3})[a-z]*[\s,/-]+(\d{4}|\d{2})$/i.exec(bare)
  const month = english ? monthNames.indexOf((english[2] as string).toLowerCase()) + 1 : 0
  if (english && month > 0) return toDay(fullYear(english[3]), String(month), english[1])
  return readCompact(bare)
}

/** Only digits: 20261005, 20261005081500, 05102026, or a serial number. */
function readCompact(text: string): string | null {
  if (/^\d{5}(\.\d+)?$/.test(text)) return dayOfSerial(Number(text))
  if (!/^\d{8}(\d{4}|\d{6})?$/.test(text)) return null
  const yearFirst = toDay(text.slice(0, 4), text.slice(4, 6), text.slice(6, 8))
  const yearLast = text.length === 8 ? toDay(text.slice(4), text.slice(2, 4), text.slice(0, 2)) : null
  return yearFirst ?? yearLast
}

const fullYear = (year = ''): string => (year.length === 2 ? `20${year}` : year)

/** "10/2026", "Tháng 10/2026", "tháng 10 năm 2026", "2026-10" → "2026-10". */
export function parseMonth(text: string): string | null {
  const words = fold(toPlainDigits(text))
  const found = /^(?:ky )?(?:thang|t)? ?(\d{1,2})(?: nam)? (\d{4})$/.exec(words) ?? /^(\d{4}) (\d{1,2})$/.exec(words)
  if (!found) return null
  const [year, month] = (found[1] as string).length === 4 ? [found[1], found[2]] : [found[2], found[1]]
  return toDay(year, month, '1')?.slice(0, 7) ?? null
}

/** A quarter, half or whole year names no month: "Quý III/2026", "6 tháng đầu năm 2026", "2026". */
export const isLongerPeriod = (text: string): boolean =>
  /^(quy|q)( ?[1-4]| i{1,3}| iv)?\b|\b[369] thang\b|^(nam )?20\d\d$/.test(fold(toPlainDigits(text)))

/** The month that a title names: "Báo cáo tháng 10 năm 2026", "Từ 01/10/2026 đến 31/10/2026". */
export function findMonth(title: string): string | null {
  const words = fold(toPlainDigits(title))
  if (/\bquy (i{1,3}|iv|[1-4])\b|\b[369] thang\b/.test(words)) return null
  const named = [...words.matchAll(/(?<!ngay \d{1,2} )\bthang (\d{1,2})(?: nam)? (\d{4})/g)]
  const days = [...toPlainDigits(title).matchAll(/(\d{1,2})\/(\d{1,2})\/(\d{4})/g)]
  const months = named.length
    ? named.map(([, month, year]) => toDay(year, month, '1'))
    : days.map(([, day, month, year]) => toDay(year, month, day))
  const different = new Set(months.map((day) => day?.slice(0, 7)))
  return different.size === 1 ? ([...different][0] ?? null) : null
}

/** Excel counts days from 1899-12-30; numbers outside 2000-2099 are no dates. */
function dayOfSerial(serial: number): string | null {
  const whole = Math.floor(serial)
  return whole >= 36526 && whole <= 73050 ? new Date((whole - 25569) * 86_400_000).toISOString().slice(0, 10) : null
}

function toDay(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${text}T00:00:00Z`)
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  return exists && text >= '2000' && text < '2100' ? text : null
}

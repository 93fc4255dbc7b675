import { z } from 'zod'
import { toPlainDigits } from './digits.ts'

/** Days and months as people type them. Pure: text in, YYYY-MM-DD or YYYY-MM out, and the one sentence when it is neither. */

const firstYear = 2000
const lastYear = 2099

/**
 * 28/11/2026, 8/1/26, 28-11-2026, 28.11.2026, 28112026 and 2026-11-28 → "2026-11-28". Null for anything else, a day that
 * no calendar has, and years outside 2000-2099; day before month always, whatever the browser's language.
 */
export function readTypedDay(typed: string): string | null {
  const text = plain(typed)
  const vietnamese = /^(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})()(\d{2})(\d{4})$/.exec(text)
  if (vietnamese) return toDay(vietnamese[4], vietnamese[3], vietnamese[1])
  const iso = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/.exec(text)
  return iso ? toDay(iso[1], iso[3], iso[4]) : null
}

/** 11/2026, 1/26, 11-2026, 11.2026, 112026 and 2026-11 → "2026-11". */
export function readTypedMonth(typed: string): string | null {
  const text = plain(typed)
  const vietnamese = /^(\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{4})$/.exec(text)
  const iso = /^(\d{4})[/.-](\d{1,2})$/.exec(text)
  const [year, month] = vietnamese ? [vietnamese[2], vietnamese[1]] : [iso?.[1], iso?.[2]]
  return toDay(year, month, '1')?.slice(0, 7) ?? null
}

/** "Từ ngày: không đọc được “31/02/2026”; xin ghi ngày/tháng/năm, ví dụ 28/11/2026." */
export const dayProblem = (label: string, typed: string): string =>
  `${label}: ${unread(typed)}xin ghi ngày/tháng/năm, ví dụ 28/11/2026.`

export const monthProblem = (label: string, typed: string): string =>
  `${label}: ${unread(typed)}xin ghi tháng/năm, ví dụ 11/2026.`

/** A required day in a form, named as its label names it. */
export const typedDay = (label: string) =>
  z.string({ error: dayProblem(label, '') }).transform((text, context) => {
    const day = readTypedDay(text)
    if (day !== null) return day
    context.addIssue({ code: 'custom', message: dayProblem(label, text) })
    return z.NEVER
  })

/** A day that may be left empty. */
export const optionalTypedDay = (label: string) =>
  z
    .string()
    .transform((text) => text.trim() || undefined)
    .pipe(typedDay(label).optional())
    .optional()

/** What was asked, what was typed for it, and what of that cannot be read. */
export type AskedDays<Name extends string> = {
  days: Partial<Record<Name, string>>
  typed: Partial<Record<Name, string>>
  problems: { path: string; message: string }[]
}

/** The days of an address by name and label; an empty one was not asked. */
export function readAskedDays<Name extends string>(query: unknown, labels: Record<Name, string>): AskedDays<Name> {
  const given = (query ?? {}) as Record<string, unknown>
  const asked: AskedDays<Name> = { days: {}, typed: {}, problems: [] }
  for (const name of Object.keys(labels) as Name[]) {
    const text = [given[name] ?? ''].flat().join(' ').slice(0, 100)
    if (plain(text) === '') continue
    const day = readTypedDay(text)
    asked.typed[name] = text
    if (day === null) asked.problems.push({ path: name, message: dayProblem(labels[name], text) })
    else asked.days[name] = day
  }
  return asked
}

const unread = (typed: string): string => (plain(typed) === '' ? '' : `không đọc được “${plain(typed).slice(0, 20)}”; `)

/** Digits of any script as ordinary ones; without the marks that come along when a date is copied. */
const plain = (text: string): string =>
  toPlainDigits(text)
    .replace(/\s*([/.-])\s*/g, '$1')
    .trim()

function toDay(year = '', month = '', day = ''): string | null {
  const [y, m, d] = [Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day)]
  if (y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1) return null
  const date = new Date(Date.UTC(y, m - 1, d))
  return date.getUTCDate() === d ? date.toISOString().slice(0, 10) : null
}

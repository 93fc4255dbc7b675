import { daysBefore } from '../days.ts'
import type { Period } from './period-rules.ts'

/** A calendar year, quarter or month that an address names: "2026", "2026-Q3", "2026-11". */
export type Term = Period & {
  key: string
  year: number
  /** Days that are over: what a breakdown may cover. Nothing yet where `to` is before `from`. */
  closedTo: string
}

/** Before this year nobody was asked. */
const firstYear = 2020

const shape = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/

/** The term a key names, by default the running year; null for one that is none, or still to come. */
export function termOf(key: string | undefined, today: string): Term | null {
  const [named, digits = '', quarter, month] = shape.exec(key || today.slice(0, 4)) ?? []
  if (!named) return null
  const year = Number(digits)
  const first = quarter ? 3 * Number(quarter) - 2 : Number(month ?? 1)
  const months = quarter ? 3 : month ? 1 : 12
  const from = firstOf(year, first)
  if (year < firstYear || from > today) return null
  const to = daysBefore(firstOf(year, first + months), 1)
  const yesterday = daysBefore(today, 1)
  return { key: named, year, from, to, closedTo: to < yesterday ? to : yesterday }
}

/** The first day of a month counted from 1; 13 is January of the next year. */
const firstOf = (year: number, month: number): string =>
  new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)

import { daysBefore } from '../days.ts'
import type { Period } from './period-rules.ts'

/** A calendar month or year that an address names: "2026-11", "2026". */
export type Term = Period & {
  key: string
  year: number
  /** Days that are over: what a breakdown may cover. Nothing yet where `to` is before `from`. */
  closedTo: string
}

/** Before this year nobody was asked. */
const firstYear = 2020

/** The term a key names, by default the running year; null for one that is none, or still to come. */
export function termOf(key: string | undefined, today: string): Term | null {
  const [, digits = '', month] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(key || today.slice(0, 4)) ?? []
  const [year, from] = [Number(digits), `${digits}-${month ?? '01'}-01`]
  if (year < firstYear || from > today) return null
  const to = month ? daysBefore(firstOfNext(year, Number(month)), 1) : `${digits}-12-31`
  const yesterday = daysBefore(today, 1)
  return { key: month ? `${digits}-${month}` : digits, year, from, to, closedTo: to < yesterday ? to : yesterday }
}

const firstOfNext = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)

import type { Plan } from '../catalogue/draw-rules.ts'
import { daysBefore } from '../days.ts'
import type { CodebookLine, ColumnSource, DayRange, ExportColumn } from './contract.ts'

/** Asked, and left out by the citizen. */
export const leftOut = -1

const longestName = 64

/** A variable's name from a code: "sipas-15" → "c_sipas_15"; cut, and numbered where the cut made two alike. */
export function nameColumn(prefix: string, code: string, taken: Set<string>): string {
  const whole = `${prefix}_${code}`.replace(/[^A-Za-z0-9]/g, '_')
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `_${number}`
    const name = whole.slice(0, longestName - suffix.length) + suffix
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

/** What each version says of a criterion, by its code; versions oldest first. */
export function gatherCriteria(plans: Plan[]): Map<string, (ColumnSource & { noOpinion: boolean })[]> {
  const found = new Map<string, (ColumnSource & { noOpinion: boolean })[]>()
  for (const { definition, criteria, probability } of plans) {
    criteria.forEach(({ code, official, noOpinion, text }, position) => {
      const source = { version: definition.version, text: text.vi, official, noOpinion }
      found.set(code, [...(found.get(code) ?? []), { ...source, probability: probability[position] as number }])
    })
  }
  return found
}

/** The mark of `responses.answers` as a number: null where it was not asked. */
export function levelOf(mark: string | undefined): number | null {
  if (mark === undefined || mark === '.') return null
  return mark === '-' ? leftOut : Number(mark)
}

/**
 * The range in pieces of about so many responses, so that the database sorts one while the last one is sent. Covers
 * every day, also those without a count.
 */
export function splitRange(range: DayRange, counts: { day: string; count: number }[], most: number): DayRange[] {
  const pieces: DayRange[] = []
  let from = range.from
  let sum = 0
  for (const { day, count } of counts) {
    if (sum > 0 && sum + count > most) {
      pieces.push({ from, to: daysBefore(day, 1) })
      from = day
      sum = 0
    }
    sum += count
  }
  return [...pieces, { from, to: range.to }]
}

/** A line per column, and per version where versions ask it. */
export function describeColumns(columns: ExportColumn[]): CodebookLine[] {
  return columns.flatMap((column) => {
    const { name, label, kind, missing, empty, sources } = column
    const line: CodebookLine = {
      name,
      label,
      kind,
      version: null,
      official: '',
      probability: null,
      values: column.values.map(([value, words]) => `${value} = ${words}`).join('; '),
      missing: [`trống = ${empty}`, ...missing].join('; '),
    }
    if (sources.length === 0) return [line]
    return sources.map(({ version, text, official, probability }) => ({
      ...line,
      label: text,
      version,
      official,
      probability,
    }))
  })
}

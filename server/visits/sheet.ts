import type { FieldId, PlaceId } from '../catalogue/contract.ts'
import { lastDayOf } from '../days.ts'
import { describeFormula } from '../spreadsheets/columns.ts'
import type { Cell, Role, Table } from '../spreadsheets/contract.ts'
import type { DataRow, SortedRows } from '../spreadsheets/rows.ts'
import { isLongerPeriod, type Period, parsePeriod } from '../spreadsheets/time.ts'
import { findNamed, fold, type Known, parseCount, suggestNamed } from '../spreadsheets/values.ts'
import { type ColumnRole, highestCount, type Reading, type ReadRow } from './contract.ts'

export type Targets = {
  places: (Known & { id: PlaceId; counts: 'visits' | 'people' })[]
  fields: (Known & { id: FieldId })[]
}

type Cells = Partial<Record<Role<ColumnRole>, Cell>>
type Row = { number: number; cells: Cells }
type Counted = {
  counts: { placeId: PlaceId | null; fieldId: FieldId | 0; what: string; isHeadcount: boolean }[]
} & Period

const shownRows = 12
/** A file read by the wrong column is wrong in every row: the first problems say enough. */
const mostProblems = 100

/** What is read: the table, what its columns are, its rows of data, the month where rows name no time, and what is unclear. */
export type Given = { table: Table; roles: Role<ColumnRole>[]; sorted: SortedRows; month: string; problems: string[] }

/**
 * Reads every row by the roles of its columns. Rows of one place or field and time are added up; where a file names both
 * place and field, it counts for both ways. One problem is enough for nothing to be stored.
 */
export function readSheet(
  { table, roles, sorted, month, problems: unclear }: Given,
  targets: Targets,
  today: string,
): Reading {
  const problems = [...unclear, ...checkRoles(roles, month)]
  const read = { rows: 0, sum: 0, from: '', to: '' }
  const reading: Reading = {
    counts: [],
    rows: [],
    problems,
    warnings: [],
    read,
    eachRowIsOne: !roles.includes('count'),
  }
  if (problems.length > 0) return reading
  const totals = new Map<string, Reading['counts'][number]>()
  const rules: Rules = {
    month,
    today,
    eachRowIsOne: reading.eachRowIsOne,
    isMonthly: isAboutMonths(table.header[roles.indexOf('period')] ?? ''),
    findPlace: finder(targets.places, 'nơi phục vụ'),
    findField: finder(targets.fields, 'lĩnh vực'),
  }
  for (const row of sorted.rows) {
    const formula = findFormula(row, roles)
    if (formula) problems.push(`Dòng ${row.number}: ${formula}`)
    else readRow({ number: row.number, cells: cellsByRole(row, roles) }, rules, reading, totals)
    if (problems.length >= mostProblems) break
  }
  reading.counts = [...totals.values()]
  if (reading.counts.length === 0 && problems.length === 0) problems.push('Tệp không có dòng số liệu nào.')
  problems.push(...tooHigh(reading.counts))
  if (problems.length === 0) reading.warnings.push(...compareTotals(sorted.totals, read.sum))
  return reading
}

/** "Ngày tháng" is about days. */
const isAboutMonths = (header: string): boolean => /\bthang\b/.test(fold(header)) && !/\bngay\b/.test(fold(header))

const cellsByRole = ({ cells }: DataRow, roles: Role<ColumnRole>[]): Cells =>
  Object.fromEntries(roles.map((role, index) => [role, cells[index] ?? '']))

function findFormula({ number, cells }: DataRow, roles: Role<ColumnRole>[]): string | null {
  const column = roles.findIndex((role, index) => role !== 'none' && describeFormula(cells[index] ?? '', index, number))
  return column < 0 ? null : describeFormula(cells[column] ?? '', column, number)
}

function checkRoles(roles: Role<ColumnRole>[], month: string): string[] {
  const problems: string[] = []
  if (!roles.includes('place') && !roles.includes('field'))
    problems.push('Chưa biết cột nào là nơi phục vụ hay lĩnh vực; xin chọn ít nhất một trong hai.')
  if (!roles.includes('period') && month === '')
    problems.push('Tệp không có cột ngày hay tháng; xin chọn cột đó, hoặc chọn tháng cho cả tệp ở bên dưới.')
  return problems
}

/** A file that states its own sum is checked by it: the sum may be of subtotals, so it only warns. */
function compareTotals(totals: { row: number; count: number }[], sum: number): string[] {
  const last = totals.at(-1)
  if (!last || totals.some(({ count }) => count === sum)) return []
  const parts = totals.slice(0, -1).reduce((total, { count }) => total + count, 0)
  if (totals.reduce((total, { count }) => total + count, 0) === sum || parts === sum) return []
  return [`Dòng ${last.row} của tệp ghi tổng ${last.count} nhưng các dòng đọc được cộng lại ${sum}; xin xem lại.`]
}

type Rules = {
  month: string
  isMonthly: boolean
  today: string
  eachRowIsOne: boolean
  findPlace: Finder<Targets['places'][number]>
  findField: Finder<Targets['fields'][number]>
}

function readRow(row: Row, rules: Rules, reading: Reading, totals: Map<string, Reading['counts'][number]>): void {
  const problem = (sentence: string) => reading.problems.push(`Dòng ${row.number}: ${sentence}`)
  const count = rules.eachRowIsOne ? 1 : parseCount(row.cells.count ?? '')
  if (count === null) problem(describeCount(row.cells.count ?? ''))
  const counted = readTargets(row, rules, problem)
  if (count === null || !counted) return
  const { period, day, counts } = counted
  for (const { placeId, fieldId, isHeadcount } of counts) {
    const time = isHeadcount ? { period: 'month' as const, day: `${day.slice(0, 7)}-01` } : { period, day }
    const key = `${placeId}|${fieldId}|${time.period}|${time.day}`
    const before = totals.get(key)?.count ?? 0
    totals.set(key, { placeId, fieldId, ...time, count: before + count })
  }
  const { read } = reading
  read.rows++
  read.sum += count
  if (read.from === '' || day < read.from) read.from = day
  const end = period === 'month' ? lastDayOf(day.slice(0, 7)) : day
  if (end > read.to) read.to = end
  if (reading.rows.length < shownRows) reading.rows.push(describeRow(row.number, counted, count))
}

function describeRow(row: number, { counts, period, day }: Counted, count: number): ReadRow {
  const written = day.split('-').reverse()
  return {
    row,
    what: counts.map(({ what }, index) => (index === 0 ? what : `(lĩnh vực ${what})`)).join(' '),
    period: period === 'day' ? written.join('/') : `tháng ${written.slice(1).join('/')}`,
    count,
  }
}

function describeCount(cell: Cell): string {
  if (cell === '') return 'ô số lượt để trống; không có ai thì ghi 0.'
  return `“${cell}” không phải số nguyên từ 0 trở lên.`
}

function readTargets(row: Row, rules: Rules, problem: (sentence: string) => void): Counted | null {
  const { place, field, period: cell } = row.cells
  const time = cell === undefined ? readMonth(rules.month) : parsePeriod(cell, rules.isMonthly)
  if (!time) problem(describePeriod(cell))
  else if (time.day > rules.today) problem(`thời gian “${cell ?? rules.month}” chưa đến.`)
  const ofPlace = place === undefined ? null : rules.findPlace(place, problem)
  const ofField = field === undefined ? null : rules.findField(field, problem)
  if (!time || time.day > rules.today || ofPlace === undefined || ofField === undefined) return null
  const counts: Counted['counts'] = []
  if (ofPlace) {
    const isHeadcount = ofPlace.counts === 'people'
    counts.push({ placeId: ofPlace.id, fieldId: 0, what: ofPlace.name, isHeadcount })
  }
  if (ofField) counts.push({ placeId: null, fieldId: ofField.id, what: ofField.name, isHeadcount: false })
  return { ...time, counts }
}

const readMonth = (month: string): Period | null => (month ? { period: 'month', day: `${month}-01` } : null)

function describePeriod(cell: Cell | undefined): string {
  if (cell === undefined || cell === '') return 'ô ngày hoặc tháng để trống.'
  if (isLongerPeriod(String(cell))) return `“${cell}” dài hơn một tháng; xin ghi số của từng tháng, như 10/2026.`
  return `“${cell}” không phải ngày hay tháng; xin viết như 05/10/2026 hoặc 10/2026.`
}

type Finder<T> = (cell: Cell, problem: (sentence: string) => void) => T | undefined

/** Finds what a cell names or says why not; ten thousand rows name the same few things, so each is looked up once. */
function finder<T extends Known>(things: T[], kind: string): Finder<T> {
  const known = new Map<string, { found: T | undefined; sentence: string }>()
  const look = (text: string) => {
    const found = findNamed(text, things)
    if (found) return { found, sentence: '' }
    const near = text === '' ? undefined : suggestNamed(text, things)
    const hint = near ? `; có phải “${near.name}”?` : '.'
    return { found, sentence: text === '' ? `ô ${kind} để trống.` : `không có ${kind} nào tên “${text}”${hint}` }
  }
  return (cell, problem) => {
    const text = String(cell)
    const result = known.get(text) ?? look(text)
    known.set(text, result)
    if (!result.found) problem(result.sentence)
    return result.found
  }
}

const tooHigh = (counts: Reading['counts']): string[] =>
  counts.some(({ count }) => count > highestCount)
    ? [`Có nơi hơn ${highestCount} lượt trong một kỳ; xin xem lại cột số lượt.`]
    : []

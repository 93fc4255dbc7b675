import type { FieldId, PlaceId } from '../catalogue/contract.ts'
import {
  findNamed,
  fold,
  type Known,
  type Period,
  parseCount,
  parsePeriod,
  suggestNamed,
} from '../spreadsheets/values.ts'
import { type Cell, type ColumnRole, highestCount, type Reading, type ReadRow, type Sheet } from './contract.ts'

export type Targets = {
  places: (Known & { id: PlaceId; counts: 'visits' | 'people' })[]
  fields: (Known & { id: FieldId })[]
}

/** Words of a folded header that speak for a role; the longer ones are surer. */
const headerWords: Record<Exclude<ColumnRole, 'none'>, RegExp[]> = {
  field: [/\blinh vuc\b/, /\bnhom thu tuc\b/],
  place: [/\bquay\b/, /\bdiem\b/, /\b(ten|ma) (diem|quay|truong)\b/, /\bphong kham\b/, /\btruong\b/, /\bdon vi\b/],
  period: [/\bngay\b/, /\bthang\b/, /\bky\b/, /\bthoi gian\b/, /\bngay (tiep nhan|nhan|nop)\b/],
  count: [
    ...[/\bso luong\b/, /\bso ho so\b/, /\bso luot\b/, /\bluot\b/, /\bhoc sinh\b/, /\bsi so\b/, /\btong so\b/],
    ...[/\bho so tiep nhan\b/, /\bso ho so tiep nhan\b/, /\bso ho so da tiep nhan\b/, /\bso luong tiep nhan\b/],
  ],
}

const strengthOf = (header: string, role: Exclude<ColumnRole, 'none'>): number =>
  headerWords[role].filter((word) => word.test(fold(header))).length

/** The row that looks most like a header among the first ones; the first row where none does. */
export function findHeader(rows: Cell[][]): number {
  const scores = rows.slice(0, 20).map((row) => {
    const roles = guessRoles(row.map(String)).filter((role) => role !== 'none')
    // A title such as "Số hồ sơ theo lĩnh vực, tháng 10" stands alone in its row.
    return row.filter((cell) => cell !== '').length > 1 ? roles.length : 0
  })
  const best = Math.max(...scores, 0)
  return best > 0 ? scores.indexOf(best) : 0
}

/** What each column seems to hold: every role once, at the column whose header speaks for it best. */
export function guessRoles(header: string[]): ColumnRole[] {
  const roles: ColumnRole[] = header.map(() => 'none')
  for (const role of ['field', 'place', 'period', 'count'] as const) {
    const strengths = header.map((text, index) => (roles[index] === 'none' ? strengthOf(text, role) : 0))
    const best = Math.max(...strengths, 0)
    if (best > 0) roles[strengths.indexOf(best)] = role
  }
  return roles
}

type Row = { number: number; cells: Partial<Record<ColumnRole, Cell>> }
type Counted = {
  counts: { placeId: PlaceId | null; fieldId: FieldId | 0; what: string; isHeadcount: boolean }[]
} & Period

const shownRows = 12
/** A file read by the wrong column is wrong in every row: the first problems say enough. */
const mostProblems = 100

/**
 * Reads every row by the roles of its columns. Rows of one place or field and time are added up; where a file names both
 * place and field, it counts for both ways. One problem is enough for nothing to be stored.
 */
export function readSheet(sheet: Sheet, roles: ColumnRole[], month: string, targets: Targets, today: string): Reading {
  const problems = checkRoles(roles)
  const reading: Reading = { counts: [], rows: [], problems, sums: 0, eachRowIsOne: !roles.includes('count') }
  if (problems.length > 0) return reading
  const totals = new Map<string, Reading['counts'][number]>()
  const rules: Rules = {
    ...{ month, today, eachRowIsOne: reading.eachRowIsOne },
    isMonthly: /\bthang\b/.test(fold(sheet.header[roles.indexOf('period')] ?? '')),
    findPlace: finder(targets.places, 'điểm phục vụ'),
    findField: finder(targets.fields, 'lĩnh vực'),
  }
  for (const [number, cells] of sheet.rows) {
    const row: Row = { number, cells: Object.fromEntries(roles.map((role, index) => [role, cells[index] ?? ''])) }
    if (isSum(cells)) reading.sums++
    else readRow(row, rules, reading, totals)
    if (problems.length >= mostProblems) break
  }
  reading.counts = [...totals.values()]
  if (reading.counts.length === 0 && problems.length === 0) problems.push('Tệp không có dòng số liệu nào.')
  problems.push(...tooHigh(reading.counts))
  return reading
}

function checkRoles(roles: ColumnRole[]): string[] {
  const twice = (['place', 'field', 'period', 'count'] as const).filter(
    (role) => roles.filter((one) => one === role).length > 1,
  )
  const problems = twice.map((role) => `Có hai cột cùng được chọn là “${roleNames[role]}”; xin chỉ chọn một.`)
  if (!roles.includes('place') && !roles.includes('field'))
    problems.push('Chưa biết cột nào là điểm phục vụ hay lĩnh vực; xin chọn ít nhất một trong hai.')
  return problems
}

const roleNames: Record<ColumnRole, string> = {
  place: 'Điểm phục vụ',
  field: 'Lĩnh vực',
  period: 'Ngày hoặc tháng',
  count: 'Số lượt',
  none: 'Không dùng',
}

/** "Tổng cộng" at the end of a table would count everything twice. */
const isSum = (cells: Cell[]): boolean =>
  cells.some((cell) => /^(tong|tong cong|tong so|cong|toan xa|luy ke)$/.test(fold(String(cell))))

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
  if (cell === undefined) return 'tệp không có cột ngày hay tháng; xin chọn tháng cho cả tệp.'
  if (cell === '') return 'ô ngày hoặc tháng để trống.'
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

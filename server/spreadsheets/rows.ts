import type { Cell, LeftOut, Table, TableRow } from './contract.ts'
import { isColumnNumbers } from './find.ts'
import { fold, parseCount } from './values.ts'

/** Which columns say what a row is about, which one counts, and all that are read. */
export type RowUses = { names: number[]; count: number | undefined; used: number[] }

export type DataRow = { number: number; cells: Cell[]; section: string }
export type SortedRows = {
  rows: DataRow[]
  leftOut: LeftOut[]
  /** What rows of totals state, to be compared with the sum of what was read. */
  totals: { row: number; count: number }[]
  problems: string[]
}

type Why = LeftOut['why']
type State = { section: string; isSigned: boolean; sum: number; at: number }

/** Tells rows of data from totals, headings, column numbers, repeated headers, signatures and hidden rows. */
export function sortRows(table: Table, uses: RowUses, skipped: ReadonlySet<number>): SortedRows {
  const found = new Map<Why, number[]>()
  const sorted: SortedRows = { rows: [], leftOut: [], totals: [], problems: [] }
  const groups = findGroups(table, uses)
  const state: State = { section: '', isSigned: false, sum: 0, at: 0 }
  for (const [at, row] of table.rows.entries()) {
    const [number, cells] = row
    const group = groups.get(number)
    if (group && group.parts !== group.count) sorted.problems.push(describeGroup(number, group))
    const why = skipped.has(number) ? 'hidden' : group ? 'total' : judge(row, { ...state, at }, table, uses)
    if (why === 'section') state.section = cells.map(String).find((text) => text.length > 3) ?? state.section
    if (why === 'signature') state.isSigned = true
    const count = countOf(cells, uses)
    if (why === 'total' && count !== null && !group) sorted.totals.push({ row: number, count })
    if (why) found.set(why, [...(found.get(why) ?? []), number])
    else {
      sorted.rows.push({ number, cells, section: state.section })
      state.sum += count ?? 0
    }
  }
  sorted.leftOut = [...found].map(([why, rows]) => ({ why, count: rows.length, rows: rows.slice(0, 12) }))
  if (table.blankRows > 0) sorted.leftOut.push({ why: 'blank', count: table.blankRows, rows: [] })
  return sorted
}

const countOf = (cells: Cell[], { count }: RowUses): number | null =>
  count === undefined ? null : parseCount(cells[count] ?? '')

function judge([, cells]: TableRow, { isSigned, sum, at }: State, table: Table, uses: RowUses): Why | null {
  const isMarked = cells.some((cell) => String(cell).startsWith('('))
  if ((at === 0 || isMarked) && isColumnNumbers(cells)) return 'numbers'
  if (isHeaderAgain(cells, table.header)) return 'header'
  if (isTotal(cells, uses) || isUnnamedSum(cells, uses, sum)) return 'total'
  const isComplete = uses.used.length > 1 && uses.used.every((column) => (cells[column] ?? '') !== '')
  const isNumbered = uses.used.length < 2 && parseCount(cells[numberingOf(table) ?? -1] ?? '') !== null
  if (!isComplete && !isNumbered && (isSigned || isSignature(cells, uses))) return 'signature'
  return isSection(cells, table, uses) ? 'section' : null
}

/** Printed pages repeat the header. */
function isHeaderAgain(cells: Cell[], header: string[]): boolean {
  const columns = [...cells.keys()].filter((column) => cells[column] !== '')
  return (
    columns.length > 1 &&
    columns.every((column) => {
      const text = fold(String(cells[column]))
      return text.length > 1 && fold(header[column] ?? '').includes(text)
    })
  )
}

const totalWords =
  /^(tổng(?! hợp| đài| công ty)|cộng(?! đồng| tác)|lũy kế|luỹ kế|toàn xã|toàn phường|toàn đặc khu|total|grand total|subtotal|sum)(?![\p{L}])/iu
const plainTotals = /^(tong|tong cong|tong so|tong cong so|cong|cong don|luy ke|toan xa|toan phuong|total|grand total)$/

/** "Tổng cộng" would count everything twice; it stands where rows say what they are about, or as their first words. */
function isTotal(cells: Cell[], { names }: RowUses): boolean {
  const texts = cells.filter((cell) => typeof cell === 'string' && cell !== '' && parseCount(cell) === null)
  return [...names.map((column) => cells[column] ?? ''), ...texts.slice(0, 2)].some((cell) => {
    const text = String(cell)
      .replace(/^[^\p{L}]+/u, '')
      .replace(/^(?:[ivx]+|[a-d])[.)]\s*/iu, '')
    return totalWords.test(text) || plainTotals.test(fold(text))
  })
}

/** A last number without a name that equals all above it. */
const isUnnamedSum = (cells: Cell[], uses: RowUses, sum: number): boolean =>
  sum > 0 &&
  countOf(cells, uses) === sum &&
  uses.used.every((column) => column === uses.count || (cells[column] ?? '') === '')

const signers =
  /^(nguoi (lap|bao cao|tong hop|thong ke|kiem tra|viet|ky)|(pho )?(thu truong|chu tich|giam doc|hieu truong|truong phong|truong tram|truong ban)|ke toan|lanh dao|can bo (lap|thong ke|tong hop)|cong chuc (lap|thong ke|tong hop)|ky (ten|ghi|va|dong)|noi nhan|tm|kt|tl|tuq|xac nhan|da ky|ghi chu|luu y|chu thich|nguon|chu ky)\b/
const dateLine = /\bngay (\d{1,2} )?thang (\d{1,2} )?nam\b/

function isSignature(cells: Cell[], uses: RowUses): boolean {
  if (countOf(cells, uses) !== null) return false
  return cells.some((cell) => {
    const text = fold(String(cell))
    return signers.test(text) || dateLine.test(text) || /^(\*|\(ký)/i.test(String(cell))
  })
}

const groupLabel = /^(?:[IVX]{1,5}|[A-HĐ]|[a-h])\s*[.)]?$/
const headingStart = /^(?:(?:[IVX]{1,5}|[A-HĐ])\s*[.)/]|phần |nhóm |khối |mục )/iu

/** A heading of the rows below: nothing is counted in it. */
function isSection(cells: Cell[], table: Table, uses: RowUses): boolean {
  const filled = [...cells.keys()].filter((column) => cells[column] !== '')
  const others = uses.used.filter((column) => !uses.names.includes(column))
  if (others.some((column) => (cells[column] ?? '') !== '' && cells[column] !== cells[filled[0] as number]))
    return false
  const numbering = numberingOf(table)
  const texts = new Set(filled.filter((column) => column !== numbering).map((column) => cells[column]))
  if (texts.size !== 1 || parseCount([...texts][0] as Cell) !== null) return false
  const label = String(cells[numbering ?? -1] ?? '')
  if (groupLabel.test(label)) return true
  if (label !== '' && label !== [...texts][0]) return false
  const isMerged = filled.length > 1
  const isNamed = filled.some((column) => uses.names.includes(column))
  return (
    isMerged || (!isNamed && table.header.length > 1) || numbering !== null || headingStart.test(String([...texts][0]))
  )
}

const numberingOf = ({ header }: Table): number | null => {
  const column = header.findIndex((text) => /^(stt|tt|so tt|so thu tu|no|thu tu)$/.test(fold(text)))
  return column < 0 ? null : column
}

type Group = { label: string; count: number; parts: number }

/** Rows numbered I, II or 1, 2 that state the sum of the rows 1, 2 or 1.1, 1.2 below them. */
function findGroups(table: Table, uses: RowUses): Map<number, Group> {
  const groups = new Map<number, Group>()
  const numbering = numberingOf(table)
  if (numbering === null || uses.count === undefined) return groups
  const labels = table.rows.map(([, cells]) => String(cells[numbering] ?? ''))
  const levels = labels.map(levelOf)
  for (const [at, [number, cells]] of table.rows.entries()) {
    const level = levels[at] as number | null
    const count = countOf(cells, uses)
    if (level === null || count === null || (levels[at + 1] ?? -1) <= level) continue
    const end = levels.findIndex((other, index) => index > at && other !== null && other <= level)
    const below = [...levels.keys()].slice(at + 1, end < 0 ? undefined : end)
    const parts = below.filter((index) => levels[index] === levels[at + 1])
    const sum = parts.reduce((total, index) => total + (countOf(table.rows[index]?.[1] ?? [], uses) ?? 0), 0)
    groups.set(number, { label: labels[at] as string, count, parts: sum })
  }
  return groups
}

function levelOf(label: string): number | null {
  if (/^[IVX]{1,5}[.)]?$|^[A-HĐ][.)]?$/.test(label)) return 0
  const numbers = /^\d{1,3}(?:\.\d{1,3})*\.?$/.exec(label)
  return numbers ? label.split('.').filter(Boolean).length : null
}

const describeGroup = (row: number, { label, count, parts }: Group): string =>
  `Dòng ${row}: nhóm ${label} ghi ${count} nhưng các dòng bên dưới cộng lại ${parts}; xin xem lại trong tệp.`

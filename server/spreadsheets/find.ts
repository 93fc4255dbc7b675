import { isNumber } from './columns.ts'
import { type Book, type Cell, type Grid, mostRows, type Table, type TableChoice, type TableRow } from './contract.ts'
import { parsePeriod } from './time.ts'

/** How many roles a header and the rows below it speak for. */
export type ScoreHeader = (header: string[], rows: TableRow[]) => number

const rowsSearched = 40
const mostLines = 4

/** The table of a file: where the person says, otherwise where the header speaks for most roles; or one sentence. */
export function findTable(book: Book, choice: TableChoice, score: ScoreHeader): Table | string {
  const indices = choice.sheet !== undefined && book.sheets[choice.sheet] ? [choice.sheet] : [...book.sheets.keys()]
  const found = indices
    .map((sheet) => ({ sheet, ...findHeader(book.sheets[sheet] as Grid, choice, score) }))
    .sort((a, b) => b.points - a.points || a.sheet - b.sheet)[0]
  if (!found) return 'Tệp không có trang tính nào có số liệu.'
  const table = cutTable(book.sheets[found.sheet] as Grid, found)
  if (table.rows.length === 0 && choice.headerRow === undefined)
    return 'Tệp không có dòng số liệu nào dưới dòng tên cột.'
  return table.rows.length > mostRows ? 'Tệp có hơn 10.000 dòng; xin tách theo tháng rồi nhập từng tệp.' : table
}

type Found = { at: number; lines: number; points: number }

function findHeader({ rows }: Grid, { headerRow, lines }: TableChoice, score: ScoreHeader): Found {
  const chosen = headerRow === undefined ? -1 : rows.findIndex(([number]) => number === headerRow)
  if (chosen >= 0) return { at: chosen, lines: lines ?? countLines(rows, chosen), points: 1 }
  const candidates = rows.slice(0, rowsSearched).map((_, at) => {
    const lines = countLines(rows, at)
    const isLast = at + lines >= rows.length
    return {
      at,
      lines,
      points: isLast || !mayBeHeader(rows, at) ? 0 : score(joinLines(rows, at, lines), rows.slice(at + lines)),
    }
  })
  const best = Math.max(...candidates.map(({ points }) => points), 0)
  const found = best > 0 ? candidates.find(({ points }) => points === best) : undefined
  return found ?? { at: 0, lines: 1, points: 0 }
}

/** A title stands alone in its row, and half a row of numbers is data. */
function mayBeHeader(rows: TableRow[], at: number): boolean {
  const texts = filled(rows[at])
  const isAlone = new Set(texts).size < 2 && filled(rows[at + 1]).length > 1
  return texts.length > 0 && !isAlone && texts.filter(isNumber).length * 2 < texts.length
}

const filled = (row: TableRow | undefined): Cell[] => (row?.[1] ?? []).filter((cell) => cell !== '')

/** A header's further lines name parts of the groups above them and hold no number and no time. */
function countLines(rows: TableRow[], at: number): number {
  let lines = 1
  while (
    lines < mostLines &&
    rows[at + lines] &&
    isContinued(rows[at + lines - 1]?.[1] ?? [], rows[at + lines]?.[1] ?? [])
  )
    lines++
  return lines
}

function isContinued(above: Cell[], below: Cell[]): boolean {
  if (above.filter((cell) => cell !== '').length < 2 || isColumnNumbers(below)) return false
  const columns = [...below.keys()].filter((column) => (below[column] ?? '') !== '' && below[column] !== above[column])
  const isPart = (column: number) => {
    const [left, top, right] = [above[column - 1] ?? '', above[column] ?? '', above[column + 1] ?? '']
    if (top === '') return above.slice(0, column).some((cell) => cell !== '')
    return top === right || top === left || (right === '' && (below[column + 1] ?? '') !== '')
  }
  const isData = (cell: Cell) => isNumber(cell) || parsePeriod(cell, false) !== null
  return columns.length > 0 && columns.every((column) => isPart(column) && !isData(below[column] ?? ''))
}

/** "(1) (2) (3)=(4)+(5)" or "A B 1 2" below a header: the columns' numbers, in order. */
export function isColumnNumbers(cells: Cell[]): boolean {
  const texts = cells.map(String).filter((text) => text !== '')
  const labels = texts.map((text) => /^\(?\s*(\d{1,2}|[a-zđ])\s*\)?\s*(?:=\s*[\d()+\-\s*/:=a-z]+)?$/i.exec(text)?.[1])
  if (texts.length < 2 || labels.some((label) => label === undefined)) return false
  const numbers = labels.filter((label) => /^\d/.test(label as string)).map(Number)
  const isOrdered = numbers.every((number, index) => index === 0 || number === (numbers[index - 1] as number) + 1)
  const isMarked = texts.some((text) => text.startsWith('(')) || numbers.length < labels.length
  return isOrdered && (numbers[0] ?? 1) <= 3 && (isMarked || (numbers.length >= 3 && numbers[0] === 1))
}

/** Each column's words from top to bottom; a group's name holds for the columns right of it that have a part of their own. */
function joinLines(rows: TableRow[], at: number, lines: number): string[] {
  const head = rows.slice(at, at + lines).map(([, cells]) => cells.map(String))
  const width = Math.max(...head.map((cells) => cells.length))
  return Array.from({ length: width }, (_, column) => {
    const parts = head.map((cells, line) => cells[column] || groupOf(head, line, column))
    return [...new Set(parts.filter(Boolean))].join(' · ').slice(0, 200)
  })
}

function groupOf(head: string[][], line: number, column: number): string {
  const hasPart = head.slice(line + 1).some((cells) => (cells[column] ?? '') !== '')
  const isTopFree = head.slice(0, line).every((cells) => (cells[column] ?? '') === '')
  if (!hasPart || !isTopFree || line === head.length - 1) return ''
  return (head[line] ?? []).slice(0, column).findLast((text) => text !== '') ?? ''
}

function cutTable({ rows }: Grid, { at, lines, sheet }: Found & { sheet: number }): Table {
  const body = rows.slice(at + lines)
  const width = Math.max(...rows.slice(at).map(([, cells]) => cells.length), 1)
  const joined = joinLines(rows, at, lines)
  const headerRow = rows[at]?.[0] ?? 1
  const title = rows
    .slice(0, at)
    .flatMap(([, cells]) => [...new Set(cells.map(String))])
    .filter(Boolean)
    .join(' ')
  const last = body.at(-1)?.[0] ?? headerRow
  return {
    sheet,
    headerRow,
    lines,
    title: title.slice(0, 1000),
    header: Array.from({ length: width }, (_, column) => joined[column] ?? ''),
    rows: body,
    blankRows: Math.max(0, last - headerRow - lines + 1 - body.length),
  }
}

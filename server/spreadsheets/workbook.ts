import type { Sheet, Cell as SourceCell } from 'hucre/xlsx'
import type { Cell } from './contract.ts'
import { parseCount } from './values.ts'

export type RawGrid = { name: string; rows: unknown[][]; hiddenRows: number[]; hiddenColumns: number[] }
export type RawBook = { sheets: RawGrid[]; hiddenSheets: number }

/** The sheets that Excel shows, merged cells filled and dates written by their number format; null where it is broken. */
export async function readWorkbook(bytes: Buffer): Promise<RawBook | null> {
  let hiddenSheets = 0
  const { readXlsx } = await import('hucre/xlsx')
  const workbook = await readXlsx(bytes, {
    readStyles: true,
    sheets: ({ hidden, veryHidden }) => {
      if (hidden || veryHidden) hiddenSheets++
      return !hidden && !veryHidden
    },
  }).catch(() => null)
  return workbook && { sheets: workbook.sheets.map(toGrid), hiddenSheets }
}

function toGrid(sheet: Sheet): RawGrid {
  const rows: Cell[][] = sheet.rows.map((row, at) =>
    Array.from(row, (value, column) => writeCell(value, sheet.cells?.get(`${at},${column}`))),
  )
  fillMerged(rows, sheet.merges ?? [])
  const hidden = [...(sheet.rowDefs ?? [])].filter(([, { hidden }]) => hidden).map(([at]) => at + 1)
  const columns = (sheet.columns ?? []).flatMap((column, at) => (column?.hidden ? [at] : []))
  return { name: sheet.name, rows, hiddenRows: hidden, hiddenColumns: columns }
}

/** The number format decides what a date means: Excel makes the first of October of "10/2026" and shows the month. */
function writeCell(value: unknown, cell: SourceCell | undefined): Cell {
  const isLost = cell?.formula !== undefined && (value === null || value === undefined)
  if (isLost) return `=${cell.formula}`
  if (value instanceof Date) return writeDate(value, cell?.style?.numFmt ?? '')
  return typeof value === 'number' ? value : String(value ?? '')
}

function writeDate(date: Date, format: string): string {
  if (Number.isNaN(date.getTime())) return ''
  const letters =
    format
      .toLowerCase()
      .replace(/\[(h+|m+|s+)\]/g, '$1')
      .replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|am\/pm/g, '')
      .split(';')[0] ?? ''
  if (/[hs]/.test(letters) && !/[yd]/.test(letters)) return writeTime(date)
  const isMonth = letters.includes('m') && letters.includes('y') && !/[dhs]/.test(letters)
  if (isMonth) return date.toISOString().slice(0, 7)
  return /^y+$/.test(letters.trim()) ? String(date.getUTCFullYear()) : date.toISOString().slice(0, 10)
}

/** A time alone is a part of Excel's day zero, which the reader calls 31/12/1899; a whole day is its end, 24:00. */
function writeTime(date: Date): string {
  const minutes = Math.round((date.getTime() - Date.UTC(1899, 11, 31)) / 60_000)
  if (minutes < 0 || minutes > 1440) return date.toISOString().slice(0, 10)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

type Merge = { startRow: number; startCol: number; endRow: number; endCol: number }

/** A merged text stands in each of its cells; a merged number only in its first, where it is counted once. */
function fillMerged(rows: Cell[][], merges: Merge[]): void {
  for (const { startRow, startCol, endRow, endCol } of merges) {
    const text = rows[startRow]?.[startCol] ?? ''
    if (text === '' || parseCount(text) !== null) continue
    for (const row of rows.slice(startRow, endRow + 1))
      for (let column = startCol; column <= Math.min(endCol, 200); column++) row[column] = text
  }
}

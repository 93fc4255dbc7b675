import type { Cell, CellStyle, CellValue, WriteSheet } from 'hucre/xlsx'
import { formatCell } from '../content/numbers-rules.ts'
import type { Table, TableCell } from '../contract.ts'
import { measureText, wrapWords } from '../pdf/fonts.ts'
import { alignOf } from '../print-rules.ts'

export const defaultFont = { name: 'Times New Roman', size: 12 }
const border = { style: 'thin', color: { rgb: 'BFBFBF' } } as const
const borders = { top: border, right: border, bottom: border, left: border }
export const headStyle: CellStyle = {
  font: { ...defaultFont, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EEEEEE' } },
  border: borders,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}
/** A character of the default font, by which Excel counts widths, and a line of it; points. */
const character = 6
const line = 16
/** In characters. */
const widest = 60
/** In points; Excel allows no more. */
const highest = 409

/** A table alone on its sheet, so that people can filter and calculate: header in the first row, values as values. */
export function writeSheet(name: string, table: Table): WriteSheet {
  const cells = new Map<string, Partial<Cell>>()
  for (const index of table.columns.keys()) cells.set(`0,${index}`, { style: headStyle })
  table.rows.forEach((row, rowIndex) => {
    table.columns.forEach((column, index) => {
      const cell = row[index] ?? { kind: 'text', text: '' }
      cells.set(`${rowIndex + 1},${index}`, { style: styleOf(cell, alignOf(column, cell)) })
    })
  })
  const columns = fitColumns(table)
  const head = table.columns.map(({ title }) => title)
  const rows = table.rows.map((row) => table.columns.map((_, index) => readValue(row[index])))
  return {
    name,
    cells,
    columns,
    freezePane: { rows: 1 },
    rows: [head, ...rows],
    rowDefs: fitRows([head, ...rows], columns),
    pageSetup: {
      paperSize: 'a4',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '$1:$1',
      orientation: table.columns.length > 6 ? 'landscape' : 'portrait',
    },
  }
}

/** What was not measured stays empty: a dash in a column of numbers would stop a sum. */
function readValue(cell: TableCell | undefined): CellValue {
  if (!cell) return null
  if (cell.kind === 'text') return cell.text
  if (cell.kind === 'date') return new Date(`${cell.day}T00:00:00Z`)
  return cell.value !== null && Number.isFinite(cell.value) ? cell.value : null
}

function styleOf(cell: TableCell, horizontal: 'left' | 'center' | 'right'): CellStyle {
  const bold = cell.kind === 'text' && cell.bold === true
  return {
    font: { ...defaultFont, ...(bold ? { bold } : {}) },
    border: borders,
    alignment: { horizontal, vertical: 'top', ...(cell.kind === 'text' ? { wrapText: true } : {}) },
    ...(cell.kind === 'text' ? {} : { numFmt: formatOf(cell) }),
  }
}

/** Excel writes the commas and dots of its own language; the values are percents already, so the sign is only written. */
function formatOf(cell: Exclude<TableCell, { kind: 'text' }>): string {
  if (cell.kind === 'date') return 'dd/mm/yyyy'
  const places = cell.decimals > 0 ? `.${'0'.repeat(cell.decimals)}` : ''
  return `#,##0${places}${cell.unit ? '" %"' : ''}`
}

/** A long text goes on in the next line of its cell. */
function fitColumns({ columns, rows }: Table): { width: number }[] {
  const measure = (text: string, bold = false) => measureText(text, { size: defaultFont.size, bold })
  return columns.map(({ title }, index) => {
    const words = title.split(' ').map((word) => measure(word, true))
    const cells = rows.map((row) => (row[index] ? measure(formatCell(row[index])) : 0))
    const longest = Math.max(measure(title, true) / 2, ...words, ...cells)
    return { width: Math.min(widest, Math.ceil(longest / character) + 3) }
  })
}

/** Heights are written, as not every program finds them: by the text with the most lines. Only for text cells. */
export function fitRows(rows: CellValue[][], columns: { width: number }[]): Map<number, { height: number }> {
  const style = { size: defaultFont.size, bold: true }
  return new Map(
    rows.map((row, index) => {
      const counts = row.map((cell, column) => {
        const room = (columns[column]?.width ?? widest) * character - 4
        return typeof cell === 'string' ? wrapWords(cell, room, style).length : 1
      })
      return [index, { height: Math.min(highest, Math.max(1, ...counts) * line + 2) }]
    }),
  )
}

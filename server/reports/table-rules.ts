import { formatCell } from './content/numbers-rules.ts'
import type { Table } from './contract.ts'

export type TextStyle = { size: number; bold?: boolean; italic?: boolean }
/** Width in points. */
export type MeasureText = (text: string, style: TextStyle) => number

export type Columns = { size: number; widths: number[] }

/** Left and right of a cell's text, in points. */
export const cellPadding = 4

const tableSizes = [12, 11, 10, 9, 8]
/** A longer word is broken rather than given a third of the table. */
const greatestShare = 0.34

/** The largest letters at which no word breaks within its column, and widths near those wished for; points. */
export function layoutColumns(table: Table, width: number, measure: MeasureText): Columns {
  for (const size of tableSizes) {
    const least = leastWidths(table, size, width, measure)
    if (sum(least) <= width) return { size, widths: shareWidth(table, width, least) }
  }
  const least = leastWidths(table, 8, width, measure)
  return { size: 8, widths: least.map((one) => (one * width) / sum(least)) }
}

function leastWidths({ columns, rows }: Table, size: number, width: number, measure: MeasureText): number[] {
  const widest = (text: string, bold: boolean) =>
    Math.max(0, ...text.split(' ').map((word) => measure(word, { size, bold })))
  return columns.map((column, index) => {
    const cells = rows.map((row) => row[index]).filter((cell) => cell !== undefined)
    const words = cells.map((cell) => widest(formatCell(cell), cell.kind === 'text' && cell.bold === true))
    // Half a point against rounding to Word's twentieths.
    const least = Math.max(widest(column.title, true), ...words) + 2 * cellPadding + 0.5
    return Math.min(least, width * Math.max(greatestShare, 1 / columns.length))
  })
}

/** Gives narrow columns their least width first and shares the rest as wished. */
function shareWidth({ columns }: Table, width: number, least: number[]): number[] {
  const fixed = new Set<number>()
  for (;;) {
    const rest = width - sum(least.filter((_, index) => fixed.has(index)))
    const wished = sum(columns.filter((_, index) => !fixed.has(index)).map((column) => column.width))
    const widths = columns.map((column, index) =>
      fixed.has(index) ? (least[index] ?? 0) : (rest * column.width) / wished,
    )
    const narrow = widths.flatMap((one, index) => (!fixed.has(index) && one < (least[index] ?? 0) ? [index] : []))
    if (narrow.length === 0) return widths
    for (const index of narrow) fixed.add(index)
    if (fixed.size === columns.length) return least.map((one) => (one * width) / sum(least))
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)

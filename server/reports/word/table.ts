import {
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { formatCell } from '../content/numbers-rules.ts'
import type { Table as ReportTable, Run, TableColumn } from '../contract.ts'
import { measureText } from '../pdf/fonts.ts'
import { alignOf, printWords } from '../print-rules.ts'
import { type Columns, cellPadding, layoutColumns } from '../table-rules.ts'
import { halves } from './styles.ts'
import { alignments, writeRuns } from './text.ts'

/** Caption, a real table whose header is repeated on every page, note. `width` in points. */
export function writeTable(table: ReportTable, width: number): (Paragraph | Table)[] {
  const columns = layoutColumns(table, width, measureText)
  const grid = columns.widths.map((one) => Math.round(one * 20))
  const note = table.rows.length === 0 ? [printWords.emptyTable, table.note] : [table.note]
  return [
    new Paragraph({ style: 'Caption', keepNext: true, children: writeRuns([{ text: table.caption }]) }),
    new Table({
      columnWidths: grid,
      layout: TableLayoutType.FIXED,
      width: { size: grid.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
      margins: { left: cellPadding * 20, right: cellPadding * 20, top: 50, bottom: 50 },
      rows: [writeHeader(table, columns), ...table.rows.map((row) => writeRow(table, row, columns))],
    }),
    ...note.map((text) => new Paragraph({ style: 'Note', children: writeRuns(text ? [{ text }] : []) })),
  ]
}

function writeHeader({ columns }: ReportTable, layout: Columns): TableRow {
  const cells = columns.map(({ title }, index) =>
    writeCell({ text: title, bold: true }, { align: 'center', layout, index, isHeader: true }),
  )
  return new TableRow({ tableHeader: true, cantSplit: true, children: cells })
}

function writeRow({ columns }: ReportTable, row: ReportTable['rows'][number], layout: Columns): TableRow {
  const children = columns.map((column, index) => {
    const cell = row[index] ?? { kind: 'text', text: '' }
    const run = { text: formatCell(cell), bold: cell.kind === 'text' && cell.bold === true }
    return writeCell(run, { align: alignOf(column, cell), layout, index, isHeader: false })
  })
  return new TableRow({ cantSplit: true, children })
}

type CellPosition = { align: TableColumn['align']; layout: Columns; index: number; isHeader: boolean }

function writeCell(run: Run, { align, layout, index, isHeader }: CellPosition) {
  return new TableCell({
    width: { size: Math.round((layout.widths[index] ?? 0) * 20), type: WidthType.DXA },
    ...(isHeader ? { shading: { type: ShadingType.CLEAR, fill: 'EEEEEE', color: 'auto' } } : {}),
    ...(isHeader ? { verticalAlign: VerticalAlignTable.CENTER } : {}),
    children: [
      new Paragraph({
        alignment: alignments[align],
        keepNext: isHeader,
        children: writeRuns([run], { size: halves(layout.size) }),
      }),
    ],
  })
}

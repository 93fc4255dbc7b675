import { setImmediate as nextTurn } from 'node:timers/promises'
import { formatCell } from '../content/numbers-rules.ts'
import type { Run, Table } from '../contract.ts'
import { alignOf, printWords, sizes } from '../print-rules.ts'
import { type Columns, cellPadding, layoutColumns } from '../table-rules.ts'
import { measureText } from './fonts.ts'
import type { Line } from './lines.ts'
import type { Pages } from './pages.ts'
import { type Look, placeLine, setText, spoken, writeParagraph } from './text.ts'

type Cell = { runs: Run[]; look: Look; lines: Line[]; x: number }
type Row = { cells: Cell[]; lineHeight: number; height: number; tag: 'TH' | 'TD' }

const above = 3
const leading = 1.22

/** Caption, header repeated on every page, rows that stay whole where a page can hold them, note. */
export async function writeTable(pages: Pages, table: Table): Promise<void> {
  const columns = layoutColumns(table, pages.width, measureText)
  const titles = table.columns.map(({ title }): [Run, Look['align']] => [headCell(title), 'center'])
  const header = setRow(pages, columns, titles, 'TH')
  const first = table.rows[0] && setRow(pages, columns, textsOf(table, table.rows[0]), 'TD')
  const keepWith = Math.min(header.height + (first?.height ?? 20) + 4, pages.room / 2)
  const look: Look = { size: sizes.caption, bold: true, align: 'center', before: 8, keepWith }
  writeParagraph(pages, [{ text: table.caption }], look)
  pages.y += 3
  await writeRows(pages, table, columns, header)
  if (table.rows.length === 0) writeNote(pages, printWords.emptyTable)
  if (table.note) writeNote(pages, table.note)
  pages.y += 4
}

const headCell = (text: string): Run => ({ text, bold: true })

const textsOf = (table: Table, row: Table['rows'][number]) =>
  table.columns.map((column, index): [Run, Look['align']] => {
    const cell = row[index] ?? { kind: 'text', text: '' }
    return [{ text: formatCell(cell), bold: cell.kind === 'text' && cell.bold === true }, alignOf(column, cell)]
  })

const writeNote = (pages: Pages, text: string) =>
  writeParagraph(pages, [{ text }], { size: sizes.note, italic: true, align: 'left', before: 3, leading: 1.2 })

function setRow(pages: Pages, columns: Columns, texts: [Run, Look['align']][], tag: Row['tag']): Row {
  let x = pages.left
  let lineHeight = columns.size * leading
  const cells = texts.map(([run, align], index) => {
    const width = (columns.widths[index] ?? 0) - 2 * cellPadding
    const look: Look = { size: columns.size, align, width, x: x + cellPadding, leading }
    const set = setText([run], look, width)
    lineHeight = Math.max(lineHeight, set.lineHeight)
    x += columns.widths[index] ?? 0
    return { runs: [run], look, lines: set.lines, x: x - (columns.widths[index] ?? 0) }
  })
  const most = Math.max(1, ...cells.map(({ lines }) => lines.length))
  return { cells, lineHeight, height: most * lineHeight + 2 * above, tag }
}

async function writeRows(pages: Pages, table: Table, columns: Columns, header: Row): Promise<void> {
  const leave = pages.enter('Table')
  writeRow(pages, header)
  for (const texts of table.rows) {
    for (const row of splitRow(setRow(pages, columns, textsOf(table, texts), 'TD'), pages.room - header.height)) {
      if (pages.ensure(row.height)) repeatHeader(pages, header)
      writeRow(pages, row)
    }
    // A row takes some milliseconds: citizens' answers go between two of them.
    await nextTurn()
  }
  leave()
}

/** A row higher than a page goes on on the next. */
function splitRow(row: Row, room: number): Row[] {
  if (row.height <= room) return [row]
  const most = Math.max(1, Math.floor((room - 2 * above) / row.lineHeight))
  const longest = Math.max(...row.cells.map(({ lines }) => lines.length))
  return Array.from({ length: Math.ceil(longest / most) }, (_, index) => {
    const cells = row.cells.map((cell) => ({ ...cell, lines: cell.lines.slice(index * most, (index + 1) * most) }))
    const count = Math.max(1, ...cells.map(({ lines }) => lines.length))
    return { ...row, cells, height: count * row.lineHeight + 2 * above }
  })
}

function writeRow(pages: Pages, row: Row): void {
  drawGrid(pages, row)
  pages.within('TR', () => {
    for (const cell of row.cells) {
      const element = pages.open(row.tag, { ...spoken(cell.runs), ...(row.tag === 'TH' ? { scope: 'Column' } : {}) })
      element.add(() => drawCell(pages, cell, row))
      element.end()
    }
  })
  pages.y += row.height
}

/** Read aloud once, at the table's beginning. */
function repeatHeader(pages: Pages, header: Row): void {
  drawGrid(pages, header)
  pages.doc.markContent('Artifact', { type: 'Pagination' })
  for (const cell of header.cells) drawCell(pages, cell, header)
  pages.doc.endMarkedContent()
  pages.y += header.height
}

function drawCell(pages: Pages, cell: Cell, row: Row): void {
  const top = pages.y
  const free = row.tag === 'TH' ? row.height - 2 * above - cell.lines.length * row.lineHeight : 0
  pages.y += above + free / 2
  for (const line of cell.lines) {
    placeLine(pages, line, cell.look, row.lineHeight)
    pages.y += row.lineHeight
  }
  pages.y = top
}

function drawGrid(pages: Pages, row: Row): void {
  const { doc, y } = pages
  doc.markContent('Artifact', { type: 'Layout' }).save().lineWidth(0.5)
  for (const { x, look } of row.cells) {
    doc.rect(x, y, (look.width ?? 0) + 2 * cellPadding, row.height)
    if (row.tag === 'TH') doc.fillAndStroke('#eee', '#000')
    else doc.stroke('#000')
  }
  doc.restore().endMarkedContent()
}

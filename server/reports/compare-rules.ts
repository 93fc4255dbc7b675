import { formatCell } from './content/numbers-rules.ts'
import type { Block, ReportDocument, Run, Table, TableCell, TableColumn } from './contract.ts'
import type { DocumentChanges, FigureChange, TextChange } from './record-contract.ts'

/** What changed between two documents: cells of tables with their names, texts under their headings. */
export function compareDocuments(before: ReportDocument, after: ReportDocument): DocumentChanges {
  return { figures: compareTables(before, after), texts: compareTexts(before, after) }
}

/** Stands for a cell of a row that is not there. */
const absent = 'không có'

function compareTables(before: ReportDocument, after: ReportDocument): FigureChange[] {
  const [old, now] = [cellsOf(before), cellsOf(after)]
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    const place = (now.get(key) ?? old.get(key)) as PlacedCell
    const [was, is] = [old.get(key)?.text ?? absent, now.get(key)?.text ?? absent]
    return was === is ? [] : [{ table: place.table, row: place.row, column: place.column, before: was, after: is }]
  })
}

type PlacedCell = Pick<FigureChange, 'table' | 'row' | 'column'> & { text: string }

function cellsOf(document: ReportDocument): Map<string, PlacedCell> {
  const cells = new Map<string, PlacedCell>()
  for (const table of tablesOf(document)) {
    const seen = new Map<string, number>()
    for (const row of table.rows) {
      const name = nameRow(table, row)
      const times = (seen.get(name) ?? 0) + 1
      seen.set(name, times)
      table.columns.forEach((column, index) => {
        const cell = row[index]
        if (!cell || isName(column) || column.title === order) return
        const key = JSON.stringify([table.id, name, times, column.title])
        cells.set(key, { table: table.caption, row: name, column: column.title, text: formatCell(cell) })
      })
    }
  }
  return cells
}

const tablesOf = (document: ReportDocument): Table[] => [
  ...blocksOf(document).flatMap((block) => (block.kind === 'table' ? [block.table] : [])),
  ...document.sheets.map(({ table }) => table),
]

const blocksOf = ({ body, appendices }: ReportDocument): Block[] => [...body, ...appendices.flatMap((one) => one.body)]

const order = 'TT'
/** Columns that say what a row is about; the others say what was found. */
const isName = ({ align, title }: TableColumn): boolean =>
  (align !== 'right' && title !== order && title !== 'Kết luận') || title === 'Phiên bản'

const nameRow = ({ columns }: Table, row: TableCell[]): string =>
  columns.flatMap((column, index) => (isName(column) && row[index] ? [formatCell(row[index])] : [])).join(' · ')

function compareTexts(before: ReportDocument, after: ReportDocument): TextChange[] {
  const [old, now] = [textsOf(before), textsOf(after)]
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((section) => {
    const [was, is] = [old.get(section) ?? [], now.get(section) ?? []]
    const [removed, added] = [without(was, is), without(is, was)]
    return removed.length + added.length > 0 ? [{ section, removed, added }] : []
  })
}

/** What is in the one list and not in the other, each as often as it is there. */
function without(texts: string[], others: string[]): string[] {
  const left = [...others]
  return texts.filter((text) => {
    const index = left.indexOf(text)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

const opening = 'Phần đầu'

function textsOf(document: ReportDocument): Map<string, string[]> {
  const texts = new Map<string, string[]>([[opening, [document.subject]]])
  const add = (section: string, block: Block) => texts.set(section, [...(texts.get(section) ?? []), ...linesOf(block)])
  let section = opening
  for (const block of document.body) {
    if (block.kind === 'heading') section = withoutNumber(block.text)
    add(section, block)
  }
  for (const { title, body } of document.appendices) for (const block of body) add(title, block)
  return texts
}

/** A part keeps its name when another comes before it. */
const withoutNumber = (heading: string): string => heading.replace(/^[IVX\d]+\.\s+/, '')

const joinRuns = (runs: Run[]): string => runs.map(({ text }) => text).join('')

function linesOf(block: Block): string[] {
  if (block.kind === 'paragraph') return [joinRuns(block.runs)]
  if (block.kind === 'list') return block.items.map(joinRuns)
  return block.kind === 'chart' ? [block.chart.alternative] : []
}

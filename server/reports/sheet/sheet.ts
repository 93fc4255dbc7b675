import type { Cell, CellValue, WriteSheet } from 'hucre/xlsx'
import type { Block, ReportDocument, Table } from '../contract.ts'
import { prepareDocument, titleOf } from '../print-rules.ts'
import { defaultFont, fitRows, headStyle, writeSheet } from './cells.ts'
import { nameSheets } from './names.ts'

const words = {
  contents: 'Mục lục',
  title: 'Tên văn bản',
  issuer: 'Đơn vị ban hành',
  period: 'Kỳ số liệu',
  fingerprint: 'Mã SHA-256 của số liệu gốc',
  head: ['Trang tính', 'Nội dung', 'Số dòng', 'Ghi chú'],
}

/** A sheet for each table of the report and for each further one, after a list of them; the same bytes each time. */
export async function drawWorkbook(document: ReportDocument): Promise<Buffer> {
  const clean = prepareDocument(document)
  const tables = listTables(clean)
  const [contents = '', ...names] = nameSheets([words.contents, ...tables.map(({ name }) => name)])
  const sheets = tables.map(({ table }, index) => writeSheet(names[index] ?? '', table))
  const { writeXlsx } = await import('hucre/xlsx')
  const bytes = await writeXlsx({
    defaultFont,
    // Fixed dates instead of the clock's: they go into the file.
    properties: { title: titleOf(clean), creator: clean.issuer, created: fixedTime, modified: fixedTime },
    sheets: [writeContents(contents, clean, tables, names), ...sheets],
  })
  return Buffer.from(bytes)
}

const fixedTime = new Date('2026-01-01T00:00:00Z')

type Named = { name: string; table: Table }

function listTables({ body, appendices, sheets }: ReportDocument): Named[] {
  const blocks: Block[] = [...body, ...appendices.flatMap((appendix) => appendix.body)]
  const printed = blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : []))
  return [...printed.map((table) => ({ name: table.caption, table })), ...sheets]
}

function writeContents(name: string, document: ReportDocument, tables: Named[], names: string[]): WriteSheet {
  const facts = listFacts(document)
  const first = facts.length + 2
  const cells = new Map<string, Partial<Cell>>()
  facts.forEach((_, row) => {
    cells.set(`${row},0`, { style: { font: { ...defaultFont, bold: true }, alignment: { vertical: 'top' } } })
    cells.set(`${row},1`, { style: { alignment: { wrapText: true, vertical: 'top' } } })
  })
  for (const index of words.head.keys()) cells.set(`${first - 1},${index}`, { style: headStyle })
  tables.forEach((_, index) => {
    for (const column of [1, 3]) cells.set(`${first + index},${column}`, { style: wrapped })
    cells.set(`${first + index},0`, linkTo(names[index] ?? ''))
    cells.set(`${first + index},2`, { style: { alignment: { horizontal: 'center', vertical: 'top' } } })
  })
  const lines = tables.map(({ table }, index): CellValue[] => [
    ...[names[index] ?? '', table.caption, table.rows.length, table.note ?? null],
  ])
  const columns = [36, 66, 10, 50].map((width) => ({ width }))
  const rows = [...facts, [], words.head, ...lines]
  return {
    name,
    cells,
    columns,
    rows,
    rowDefs: fitRows(rows, columns),
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  }
}

function listFacts(document: ReportDocument): string[][] {
  const { issuer, period, fingerprint } = document
  return [
    [words.title, titleOf(document)],
    [words.issuer, issuer],
    ...(period ? [[words.period, period]] : []),
    ...(fingerprint ? [[words.fingerprint, fingerprint]] : []),
  ]
}

const wrapped = { alignment: { wrapText: true, vertical: 'top' } } as const

const linkTo = (name: string): Partial<Cell> => ({
  style: { font: { ...defaultFont, underline: true, color: { rgb: '0B6B57' } }, alignment: { vertical: 'top' } },
  hyperlink: { target: '', location: `'${name.replaceAll("'", "''")}'!A1` },
})

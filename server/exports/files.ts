import { Readable } from 'node:stream'
import { strToU8, Zip, ZipDeflate } from 'fflate'
import type { CellValue, ColumnDef } from 'hucre/xlsx'
import { csvCell } from '../csv-rules.ts'
import type { Cell, ExportColumn, ExportFormat } from './contract.ts'

/** What a file is made of: rows come a batch at a time and only as fast as they are taken. */
export type ExportContent = {
  columns: ExportColumn[]
  batches: AsyncGenerator<Cell[][]>
  /** Small files beside the data in a zip. */
  beside: { name: string; text: string }[]
}

type FileKind = { extension: string; type: string; write: (content: ExportContent) => Readable }

/** Pieces made ahead of who takes them: sixteen, the default, outlive the collector's first rounds. */
const few = { highWaterMark: 2 }

export const fileKinds: Record<ExportFormat, FileKind> = {
  csv: {
    extension: 'csv',
    type: 'text/csv; charset=utf-8',
    write: ({ columns, batches }) => Readable.from(writeCsv(columns, batches), few),
  },
  xlsx: {
    extension: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: writeWorkbook,
  },
  jsonl: {
    extension: 'jsonl',
    type: 'application/x-ndjson; charset=utf-8',
    write: ({ columns, batches }) => Readable.from(writeJsonLines(columns, batches), few),
  },
  spss: {
    extension: 'zip',
    type: 'application/zip',
    write: (content) => Readable.from(writeZip(content), few),
  },
}

/** The data's name in the zip, which its syntax reads. */
export const dataName = 'phieu.csv'

/** RFC 4180 with the mark by which Excel knows UTF-8. Only texts can begin like a formula: numbers are our own. */
async function* writeCsv(columns: ExportColumn[], batches: AsyncIterable<Cell[][]>): AsyncGenerator<string> {
  const isText = columns.map(({ kind }) => kind === 'text')
  const write = (cell: Cell, index: number) =>
    cell === null ? '' : isText[index] ? csvCell(String(cell)) : String(cell)
  yield `\uFEFF${columns.map(({ name }) => name).join(',')}\r\n`
  for await (const rows of batches) yield rows.map((row) => `${row.map(write).join(',')}\r\n`).join('')
}

async function* writeJsonLines(columns: ExportColumn[], batches: AsyncIterable<Cell[][]>): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name)
  for await (const rows of batches) {
    yield rows
      .map((row) => `${JSON.stringify(Object.fromEntries(row.map((cell, index) => [names[index], cell])))}\n`)
      .join('')
  }
}

function writeWorkbook({ columns, batches }: ExportContent): Readable {
  const defs: ColumnDef[] = columns.map(({ name, kind }) => ({
    header: name,
    width: Math.max(10, Math.min(24, name.length + 2)),
    ...(kind === 'day' && { style: { numFmt: 'dd/mm/yyyy' } }),
  }))
  const days = columns.flatMap(({ kind }, index) => (kind === 'day' ? [index] : []))
  const options = { name: 'Phieu', columns: defs, freezePane: { rows: 1 } }
  return Readable.from(streamWorkbook(writeSheetRows(batches, days), options))
}

async function* streamWorkbook(
  rows: AsyncGenerator<CellValue[]>,
  options: Parameters<typeof import('hucre/xlsx')['writeXlsxStream']>[1],
): AsyncGenerator<Uint8Array> {
  const { writeXlsxStream } = await import('hucre/xlsx')
  yield* Readable.fromWeb(writeXlsxStream(rows, options) as Parameters<typeof Readable.fromWeb>[0])
}

async function* writeSheetRows(batches: AsyncIterable<Cell[][]>, days: number[]): AsyncGenerator<CellValue[]> {
  for await (const rows of batches) {
    for (const row of rows) {
      const cells: CellValue[] = row.map((cell) => (typeof cell === 'string' ? toXmlText(cell) : cell))
      for (const day of days) cells[day] = new Date(`${row[day]}T00:00:00Z`)
      yield cells
    }
  }
}

/** XML 1.0 has no way to write these two, and Excel calls the whole file damaged for one of them. */
const toXmlText = (text: string): string => text.replace(/[\uFFFE\uFFFF]/g, '\uFFFD')

/** The CSV with its syntax and codebook. SPSS ends a case at every line break, also inside quotes. */
async function* writeZip({ columns, batches, beside }: ExportContent): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  for (const { name, text } of beside) addFile(zip, name).push(strToU8(text), true)
  const data = addFile(zip, dataName)
  for await (const text of writeCsv(columns, onOneLine(batches))) {
    data.push(strToU8(text))
    yield* chunks.splice(0)
  }
  data.push(new Uint8Array(0), true)
  zip.end()
  yield* chunks
}

function addFile(zip: Zip, name: string): ZipDeflate {
  const file = new ZipDeflate(name, { level: 6 })
  zip.add(file)
  return file
}

async function* onOneLine(batches: AsyncIterable<Cell[][]>): AsyncGenerator<Cell[][]> {
  const flat = (cell: Cell) => (typeof cell === 'string' ? cell.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ') : cell)
  for await (const rows of batches) yield rows.map((row) => row.map(flat))
}

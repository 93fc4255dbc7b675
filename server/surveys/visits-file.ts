import { parseCsv } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'
import { toOneLine } from '../typed-text.ts'
import { type Cell, longestCell, mostColumns, mostRows, type Sheet } from './visits-contract.ts'
import { findHeader } from './visits-sheet.ts'

export const largestFileBytes = 5 * 1024 * 1024
/** What an .xlsx may unpack to: twenty times the largest file, far less than would trouble the server. */
const largestUnpackedBytes = 100 * 1024 * 1024

/** The table in a CSV or XLSX file, under the row that `findRow` takes for its header; or one sentence on why there is none. */
export async function readFile(bytes: Buffer, file: string, findRow = findHeader): Promise<Sheet | string> {
  if (bytes.length === 0) return 'Tệp trống; xin chọn tệp khác.'
  if (isOldExcel(bytes)) return 'Đây là tệp Excel đời cũ (.xls); xin mở bằng Excel, lưu lại thành .xlsx rồi chọn lại.'
  const grid = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await readWorkbook(bytes) : readText(bytes)
  return typeof grid === 'string' ? grid : toSheet(grid, file, findRow)
}

/** OLE containers, and the HTML that some software calls .xls. */
const isOldExcel = (bytes: Buffer): boolean =>
  bytes.readUInt8(0) === 0xd0 && bytes.subarray(0, 4).toString('hex') === 'd0cf11e0'
    ? true
    : /^\s*(\ufeff)?\s*<(!doctype|html|\?xml|table|meta)/i.test(bytes.subarray(0, 200).toString('utf8'))

async function readWorkbook(bytes: Buffer): Promise<Cell[][] | string> {
  const broken = 'Không đọc được tệp Excel này; xin mở bằng Excel, lưu lại rồi chọn lại.'
  if (unpackedBytes(bytes) > largestUnpackedBytes) return 'Tệp Excel quá lớn; xin chỉ giữ lại trang tính cần nhập.'
  const workbook = await readXlsx(bytes, {
    sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
    maxRows: mostRows + 50,
    // Whatever the reader says about the file, the person is told what to do with it.
  }).catch(() => null)
  if (!workbook) return broken
  const sheet = workbook.sheets.find(({ rows }) => rows.filter((row) => row.some((cell) => cell !== null)).length > 1)
  return sheet ? sheet.rows.map((row) => row.map(toCell)) : 'Tệp không có trang tính nào có số liệu.'
}

/**
 * What a zip says its parts unpack to. The reader stops each part at the size it states here, so this bounds the memory
 * a file can take; a part that states none counts as too large.
 */
function unpackedBytes(zip: Buffer): number {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  if (end < 0 || end + 22 > zip.length) return 0
  let at = zip.readUInt32LE(end + 16)
  let total = 0
  for (let left = zip.readUInt16LE(end + 10); left > 0 && at + 46 <= zip.length; left--) {
    const [packed, unpacked] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)]
    total += packed > 0 && unpacked === 0 ? Number.POSITIVE_INFINITY : unpacked
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return total
}

function readText(bytes: Buffer): Cell[][] | string {
  const text = decode(bytes)
  if (text.includes('\u0000')) return 'Tệp này không phải bảng CSV hay Excel; xin chọn tệp khác.'
  // Excel writes and reads a first line that names the separator.
  const named = /^sep=(.)\r?\n/i.exec(text)
  const rows = parseCsv(named ? text.slice(named[0].length) : text, {
    ...(named?.[1] ? { delimiter: named[1] } : {}),
    maxRows: mostRows + 50,
  })
  const empty: Cell[][] = named ? [['']] : []
  return [...empty, ...rows.map((row) => row.map(toCell))]
}

/** UTF-8 and UTF-16 with or without a mark, otherwise the old Vietnamese code page of Windows. */
function decode(bytes: Buffer): string {
  if (bytes.readUInt8(0) === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes.readUInt8(0) === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const head = bytes.subarray(0, 1000)
  if (head.filter((byte, index) => index % 2 === 1 && byte === 0).length > head.length / 8)
    return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8: what older Vietnamese Windows writes.
    return new TextDecoder('windows-1258').decode(bytes)
  }
}

function toCell(value: unknown): Cell {
  if (typeof value === 'number') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (value === null || value === undefined) return ''
  return toOneLine(String(value)).slice(0, longestCell)
}

function toSheet(grid: Cell[][], file: string, findRow: typeof findHeader): Sheet | string {
  const at = findRow(grid)
  const header = (grid[at] ?? []).slice(0, mostColumns).map(String)
  const rows = grid
    .map((row, index): Sheet['rows'][number] => [index + 1, row.slice(0, header.length)])
    .slice(at + 1)
    .filter(([, row]) => row.some((cell) => cell !== ''))
  if (rows.length === 0) return 'Tệp không có dòng số liệu nào dưới dòng tên cột.'
  if (rows.length > mostRows) return 'Tệp có hơn 10.000 dòng; xin tách theo tháng rồi nhập từng tệp.'
  const title = grid.slice(0, at).flat().filter(Boolean).join(' ').slice(0, 1000)
  return { file: toCell(file).toString().slice(0, 120) || 'tệp', title, header, rows }
}

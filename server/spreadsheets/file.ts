import { toOneLine } from '../typed/text.ts'
import { type Book, type Cell, type Grid, longestCell, mostColumns, mostGridRows } from './contract.ts'
import { isOldFont, readText } from './text.ts'
import { type RawBook, type RawGrid, readWorkbook } from './workbook.ts'

export const largestFileBytes = 5 * 1024 * 1024
/** What an .xlsx may unpack to: twenty times the largest file, far less than would trouble the server. */
const largestUnpackedBytes = 100 * 1024 * 1024
/** The preview carries the whole file to the next request, so that nothing is stored before the clerk agrees. */
export const largestBookBytes = 8 * 1024 * 1024

/** Every sheet of a CSV or XLSX file as cells, each cut at `longest` letters; or one sentence on why there is none. */
export async function readBook(bytes: Buffer, file: string, longest = longestCell): Promise<Book | string> {
  if (bytes.length === 0) return 'Tệp trống; xin chọn tệp khác.'
  const foreign = nameForeign(bytes)
  if (foreign) return `Đây là ${foreign}; xin mở bằng Excel, lưu lại thành .xlsx rồi chọn lại.`
  const raw = await readRaw(bytes)
  if (typeof raw === 'string') return raw
  const sheets = raw.sheets.map((grid) => toGrid(grid, longest)).filter(({ rows }) => rows.length > 1)
  const problem = findProblem(sheets)
  if (problem) return problem
  return { file: String(toCell(file, longest)).slice(0, 120) || 'tệp', sheets, hiddenSheets: raw.hiddenSheets }
}

/** OLE containers, the HTML that some software calls .xls, and the formats of other programs. */
function nameForeign(bytes: Buffer): string | null {
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') return 'tệp Excel đời cũ (.xls) hoặc có mật khẩu'
  const head = bytes.subarray(0, 200)
  if (/^\s*(\ufeff)?\s*<(!doctype|html|\?xml|table|meta)/i.test(head.toString('utf8'))) return 'trang web mang tên .xls'
  if (head.includes('opendocument.spreadsheet')) return 'tệp OpenDocument (.ods)'
  return head.includes('%PDF-') ? 'tệp PDF' : null
}

async function readRaw(bytes: Buffer): Promise<RawBook | string> {
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') {
    const rows = readText(bytes)
    if (!rows) return 'Tệp này không phải bảng CSV hay Excel; xin chọn tệp khác.'
    return { sheets: [{ name: '', rows, hiddenRows: [], hiddenColumns: [] }], hiddenSheets: 0 }
  }
  if (unpackedBytes(bytes) > largestUnpackedBytes) return 'Tệp Excel quá lớn; xin chỉ giữ lại trang tính cần nhập.'
  return (await readWorkbook(bytes)) ?? 'Không đọc được tệp Excel này; xin mở bằng Excel, lưu lại rồi chọn lại.'
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

/** Blank rows go before anything is counted; the others keep their number in the file. */
function toGrid({ name, rows, hiddenRows, hiddenColumns }: RawGrid, longest: number): Grid {
  const numbered = rows
    .map((row, index): [number, Cell[]] => [index + 1, trimEnd(row.map((cell) => toCell(cell, longest)))])
    .filter(([, row]) => row.length > 0)
  const kept = new Set(numbered.map(([number]) => number))
  return {
    name: String(toCell(name, longest)).slice(0, 100),
    rows: numbered,
    hiddenRows: hiddenRows.filter((number) => kept.has(number)),
    hiddenColumns: hiddenColumns.filter((column) => column < mostColumns),
  }
}

function toCell(value: unknown, longest: number): Cell {
  if (typeof value === 'number') return value
  return toOneLine(String(value ?? '')).slice(0, longest)
}

const trimEnd = (row: Cell[]): Cell[] => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1)

function findProblem(sheets: Grid[]): string | null {
  if (sheets.length === 0) return 'Tệp không có dòng số liệu nào dưới dòng tên cột.'
  if (sheets.length > 30) return 'Tệp có hơn 30 trang tính; xin chỉ giữ lại trang cần nhập.'
  if (sheets.some(({ rows }) => rows.length > mostGridRows))
    return 'Tệp có hơn 10.000 dòng; xin tách theo tháng rồi nhập từng tệp.'
  if (sheets.some(({ rows }) => rows.some(([, row]) => row.length > mostColumns)))
    return `Bảng có hơn ${mostColumns} cột; xin bỏ bớt các cột không cần rồi nhập lại.`
  const head = sheets.flatMap(({ rows }) => rows.slice(0, 30).flatMap(([, row]) => row)).join(' ')
  if (isOldFont(head))
    return 'Chữ trong tệp dùng phông cũ (.VnTime, VNI), không phải Unicode; xin chuyển sang Unicode rồi chọn lại.'
  return null
}

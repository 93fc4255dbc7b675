import type { Cell } from '../spreadsheets/contract.ts'
import { readBook } from '../spreadsheets/file.ts'
import type { Part, TextEdit, TextEntry } from './contract.ts'

const columns = [
  ['Phần', 26],
  ['Mã câu', 26],
  ['Tiếng Việt', 60],
  ['Tiếng Anh', 50],
  ['Tiếng Khmer', 70],
  ['Đã duyệt', 10],
  ['Dài nhất', 10],
  ['Dấu đối chiếu', 26],
] as const

const guide = [
  ['Sửa cột “Tiếng Khmer”. Câu nào đã đọc kỹ, thấy đúng thì ghi x vào cột “Đã duyệt”.'],
  ['Giữ nguyên {1}, {2}, {}: đó là chỗ trang điền số, tên, ngày. Không ghi dài hơn cột “Dài nhất” (ký tự).'],
  [
    'Không sửa các cột khác, nhất là “Mã câu” và “Dấu đối chiếu”: nhờ chúng, Ý Dân biết câu nào vừa được người khác sửa.',
  ],
  ['Có thể xóa các dòng không sửa. Lưu lại thành .xlsx rồi nạp ở trang “Bản tiếng Khmer”.'],
]

/** All texts as a workbook, for a translator without an account. */
export async function writeSheet(parts: Part[]): Promise<Buffer> {
  const { writeXlsx } = await import('hucre/xlsx')
  const rows = parts.flatMap((part) => part.texts.map((entry) => rowOf(part, entry)))
  const bytes = await writeXlsx({
    sheets: [
      {
        name: sheetName,
        columns: columns.map(([, width]) => ({ width })),
        rows: [columns.map(([name]) => name), ...rows],
      },
      { name: 'Hướng dẫn', columns: [{ width: 110 }], rows: guide },
    ],
  })
  return Buffer.from(bytes)
}

const sheetName = 'Bản dịch'

const rowOf = ({ title }: Part, { part, key, vi, en, km, review, most, pair }: TextEntry) =>
  [title, `${part} ${key}`, vi, en, km, review ? 'x' : '', most, pair] as (string | number)[]

export type SheetRow = { row: number; edit: TextEdit }

/** Longer than any text: a cell cut off would be a text cut off. */
const longestText = 4000

/** The rows of a file that name a text, or one sentence on why there are none. */
export async function readSheet(bytes: Buffer, file: string): Promise<SheetRow[] | string> {
  const book = await readBook(bytes, file, longestText)
  if (typeof book === 'string') return book
  for (const { rows } of book.sheets) {
    const at = rows.findIndex(([, cells]) => needed.every((name) => cells.some((cell) => isNamed(cell, name))))
    if (at < 0) continue
    const header = rows[at]?.[1] ?? []
    const found = rows.slice(at + 1).flatMap(([row, cells]) => toRow(row, header, cells))
    return found.length > 0 ? found : 'Tệp không có dòng nào có mã câu.'
  }
  return `Không thấy các cột ${needed.map((name) => `“${name}”`).join(', ')}; xin dùng tệp tải về từ trang này.`
}

const needed = ['Mã câu', 'Tiếng Khmer', 'Dấu đối chiếu']

const isNamed = (cell: Cell | undefined, name: string) =>
  String(cell ?? '')
    .trim()
    .toLowerCase() === name.toLowerCase()

function toRow(row: number, header: Cell[], cells: Cell[]): SheetRow[] {
  const cell = (name: string) => String(cells[header.findIndex((one) => isNamed(one, name))] ?? '').trim()
  const [part = '', key = ''] = cell('Mã câu').split(' ')
  if (!part) return []
  const reviewed = ['x', 'có', '1', 'true', 'rồi'].includes(cell('Đã duyệt').toLowerCase()) ? 'yes' : 'keep'
  return [{ row, edit: { part, key, text: cell('Tiếng Khmer'), seen: cell('Dấu đối chiếu'), reviewed } }]
}

/** Rows that say the same text twice: which one is meant, nobody knows. */
export function findTwice(rows: SheetRow[]): { row: number; message: string }[] {
  const seen = new Map<string, number>()
  return rows.flatMap(({ row, edit }) => {
    const name = `${edit.part} ${edit.key}`
    const first = seen.get(name)
    if (first !== undefined) return [{ row, message: `trùng mã câu với dòng ${first}; xin giữ một dòng.` }]
    seen.set(name, row)
    return []
  })
}

import type { Version } from '../catalogue/catalogue.ts'
import { csvLine } from '../csv-rules.ts'
import type { Codebook, CodebookLine, DayRange, ExportColumn } from './contract.ts'
import { describeColumns } from './rules.ts'

const notes = [
  'Mỗi dòng là một phiếu. Thứ tự dòng: ngày, nơi phục vụ, rồi xáo trộn bằng hàm băm có khóa; không cho biết ai gửi trước.',
  'Chỉ có phiếu của những ngày đã khép. Tệp giữ cả những ngày, những nơi có dưới 5 phiếu: dùng trong nội bộ, không đưa lên mạng.',
  'Tiêu chí: 1 đến 5 là mức hài lòng; trống là không hỏi phiếu này; -1 là có hỏi, người dân bỏ qua; 0 là không dùng hoặc không có ý kiến.',
  'Cột probability của bảng mã: xác suất tiêu chí được hỏi trong một phiếu, theo phiên bản. Phiếu giấy và phỏng vấn hỏi đủ: xác suất 1.',
  'Điểm hài lòng = 100 × tổng y / tổng m trên các phiếu standing = counted; y, m tính với trọng số 1/xác suất, chia cho tổng trọng số được hỏi.',
  'Trong CSV, chữ bắt đầu bằng = + - @, và mã mà bảng tính đổi thành số hay ngày (như 24E5, MAR2), có thêm dấu nháy đơn ở đầu; chương trình đọc tệp xin bỏ dấu đó. XLSX và JSON không có.',
]

/** What every column of a file means. */
export function writeCodebook(versions: Version[], columns: ExportColumn[], { from, to }: DayRange): Codebook {
  const newest = versions.at(-1) as Version
  const { title, source } = newest.definition
  return {
    questionnaire: newest.code,
    title: title.vi,
    source,
    from,
    to,
    lines: describeColumns(columns),
    notes,
  }
}

const head = ['column', 'label', 'type', 'version', 'official', 'values', 'missing', 'probability']

/** The same as a file of its own, which a program can read. */
export const codebookCsv = ({ lines }: Codebook): string => `\uFEFF${csvLine(head)}${lines.map(writeLine).join('')}`

const writeLine = ({ name, label, kind, version, official, values, missing, probability }: CodebookLine): string =>
  csvLine([...[name, label, kind, version ?? null, official, values, missing], ...[probability]])

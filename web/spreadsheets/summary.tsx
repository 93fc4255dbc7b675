import type { LeftOut, TableView } from '../../server/spreadsheets/contract.ts'
import { formatInteger } from '../ui/format.ts'

const reasons: Record<LeftOut['why'], string> = {
  total: 'dòng tổng',
  section: 'dòng tiêu đề nhóm',
  numbers: 'dòng đánh số cột',
  header: 'dòng tên cột lặp lại',
  signature: 'dòng ngày, chữ ký, ghi chú',
  hidden: 'dòng đang ẩn',
  blank: 'dòng trống',
}

const shownRows = 6

/** Which rows are not counted, and why; nothing where every row is. */
export function describeLeftOut({ leftOut, book }: TableView<string>): string | null {
  const parts = leftOut.map(({ why, count, rows }) => {
    const shown = rows.slice(0, shownRows).join(', ')
    const where = shown && ` (dòng ${shown}${count > shownRows ? '…' : ''})`
    return `${formatInteger(count)} ${reasons[why]}${where}`
  })
  if (book.hiddenSheets > 0) parts.push(`${formatInteger(book.hiddenSheets)} trang tính đang ẩn`)
  return parts.length > 0 ? `Để ngoài: ${parts.join('; ')}.` : null
}

const shownProblems = 20

/** The first problems, one a line, and how many there are beside them. */
export const ProblemList = ({ problems }: { problems: string[] }) => (
  <ul>
    {problems.slice(0, shownProblems).map((problem) => (
      <li key={problem}>{problem}</li>
    ))}
    {problems.length > shownProblems && (
      <li>{`và ít nhất ${formatInteger(problems.length - shownProblems)} chỗ nữa.`}</li>
    )}
  </ul>
)

/** Which row of the file a line of the preview is about; narrow screens have no head above it. */
export const RowCell = ({ row }: { row: number }) => (
  <td>
    <span class="narrow-only">Dòng </span>
    {row}
  </td>
)

import type { ImportPreview, Reading } from '../../server/visits/contract.ts'
import { links } from '../links.ts'
import { TableColumns, TableState } from '../spreadsheets/columns.tsx'
import { describeLeftOut, ProblemList, RowCell } from '../spreadsheets/summary.tsx'
import { DayField } from '../ui/day-field.tsx'
import { formatDay, formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type VisitsPreviewPageProps = { preview: ImportPreview; seen: string; shell: Shell }

/** What a file says as the server understood it; the sheet itself waits in the form, nothing is stored yet. */
export function renderVisitsPreviewPage({ preview, seen, shell }: VisitsPreviewPageProps, assets: StaffAssets): string {
  const title = 'Xem trước khi ghi'
  const { view, reading } = preview
  const lead = `Tệp ${view.book.file}, ${formatInteger(view.table.rows.length)} dòng dưới dòng tên cột. Chưa ghi gì cả.`
  const children = (
    <>
      <p class="back">
        <a href={links.importVisits}>‹ Chọn tệp khác</a>
      </p>
      <PageHead title={title} lead={lead} />
      {preview.unseen && (
        <Notice kind="warning" title="Cách đọc cột vừa đổi nên chưa ghi; xin xem lại bên dưới rồi bấm Ghi." />
      )}
      <form method="post" action={links.importVisits} encType="multipart/form-data">
        <TableState view={view} seen={seen} />
        <Outcome preview={preview} />
        {reading.rows.length > 0 && <Rows preview={preview} />}
        <TableColumns view={view}>
          {!view.roles.includes('period') && <Month month={preview.month} typed={preview.monthTyped} />}
        </TableColumns>
      </form>
    </>
  )
  return renderStaffPage({ title, shell, islands: ['day'], children }, assets)
}

const Month = ({ month, typed }: { month: string; typed: string | null }) => (
  <DayField
    kind="month"
    name="month"
    label="Tháng của cả tệp"
    hint="Chỉ dùng khi không có cột ngày hoặc tháng."
    value={typed ?? month}
    problem={typed === null ? undefined : monthUnread}
  />
)

const monthUnread = 'Tháng của cả tệp: không đọc được; xin ghi tháng/năm, ví dụ 11/2026.'

const shownProblems = 20

function Outcome({ preview }: { preview: ImportPreview }) {
  const { problems } = preview.reading
  if (problems.length === 0) return <Difference preview={preview} />
  return (
    <Notice kind="problem" title="Chưa ghi được; xin đổi cách đọc cột, hoặc sửa trong tệp rồi chọn lại:">
      <ProblemList problems={problems} />
      <LeftOutLine preview={preview} />
    </Notice>
  )
}

const LeftOutLine = ({ preview }: { preview: ImportPreview }) => {
  const sentence = describeLeftOut(preview.view)
  return sentence ? <p>{sentence}</p> : null
}

/** What was read, in one line: whether the denominator is right is seen here, before anything is stored. */
function describeRead({ read: { rows, sum, from, to } }: Reading): string {
  const time = from === to ? `ngày ${formatDay(from)}` : `từ ${formatDay(from)} đến ${formatDay(to)}`
  return `Đọc ${formatInteger(rows)} dòng, cộng ${formatInteger(sum)} lượt, ${time}.`
}

function Difference({ preview }: { preview: ImportPreview }) {
  const { difference, reading, view } = preview
  const { added, changed, same } = difference
  if (added + changed.length === 0) {
    return (
      <Notice kind="done" title="Không có gì thay đổi: mọi số trong tệp này đã được ghi rồi.">
        <p>{describeRead(reading)}</p>
        <LeftOutLine preview={preview} />
      </Notice>
    )
  }
  const parts = [
    added > 0 && `${formatInteger(added)} số mới`,
    changed.length > 0 && `${formatInteger(changed.length)} số thay đổi`,
    same > 0 && `${formatInteger(same)} số giữ nguyên`,
  ].filter(Boolean)
  return (
    <div class="card padded visits-outcome">
      <h2>{`Sẽ ghi ${parts.join(', ')}`}</h2>
      <p class="visits-read">{describeRead(reading)}</p>
      <LeftOutLine preview={preview} />
      {reading.warnings.map((warning) => (
        <Notice key={warning} kind="warning" title={warning} />
      ))}
      {view.roles.includes('place') && view.roles.includes('field') && (
        <p>Tệp có cả nơi phục vụ và lĩnh vực: ghi theo từng cách, không cộng hai cách vào nhau.</p>
      )}
      {reading.eachRowIsOne && <p>Tệp không có cột số lượt nên mỗi dòng được tính là một lượt.</p>}
      <Changed changed={changed} />
      <button type="submit" name="action" value="store" class="button">
        {`Ghi ${formatInteger(added + changed.length)} số`}
      </button>
    </div>
  )
}

function Changed({ changed }: { changed: ImportPreview['difference']['changed'] }) {
  if (changed.length === 0) return null
  const rest = changed.length - shownProblems
  return (
    <ul>
      {changed.slice(0, shownProblems).map(({ what, before, after }) => (
        <li key={what}>{`${what}: ${formatInteger(before)} → ${formatInteger(after)}`}</li>
      ))}
      {rest > 0 && <li>{`và ${formatInteger(rest)} số nữa.`}</li>}
    </ul>
  )
}

const Rows = ({ preview }: { preview: ImportPreview }) => (
  <section class="card visits-columns">
    <h2>Các dòng đầu được hiểu như sau</h2>
    <table class="listing">
      <thead>
        <tr>
          <th scope="col">Dòng</th>
          <th scope="col">Nơi hoặc lĩnh vực</th>
          <th scope="col">Thời gian</th>
          <th scope="col" class="number">
            Số lượt
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.reading.rows.map(({ row, what, period, count }) => (
          <tr key={row}>
            <RowCell row={row} />
            <th scope="row">{what}</th>
            <td>{period}</td>
            <td class="number">
              {formatInteger(count)}
              <span class="narrow-only"> lượt</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

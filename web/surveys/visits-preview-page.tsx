import type { ColumnRole, ImportPreview } from '../../server/surveys/visits-contract.ts'
import { links } from '../links.ts'
import { DayField } from '../ui/day-field.tsx'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type VisitsPreviewPageProps = { preview: ImportPreview; seen: string; shell: Shell }

const roles: [ColumnRole, string][] = [
  ['none', 'Không dùng'],
  ['place', 'Điểm phục vụ'],
  ['field', 'Lĩnh vực'],
  ['period', 'Ngày hoặc tháng'],
  ['count', 'Số lượt'],
]

/** What a file says as the server understood it; the sheet itself waits in the form, nothing is stored yet. */
export function renderVisitsPreviewPage({ preview, seen, shell }: VisitsPreviewPageProps, assets: StaffAssets): string {
  const title = 'Xem trước khi ghi'
  const { sheet, reading } = preview
  const lead = `Tệp ${sheet.file}, ${formatInteger(sheet.rows.length)} dòng. Chưa ghi gì cả.`
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
        <input type="hidden" name="sheet" value={JSON.stringify(sheet)} />
        <input type="hidden" name="seen" value={seen} />
        <Outcome preview={preview} />
        {reading.rows.length > 0 && <Rows preview={preview} />}
        <Columns preview={preview} />
      </form>
    </>
  )
  return renderStaffPage({ title, shell, islands: ['day'], children }, assets)
}

function Columns({ preview }: { preview: ImportPreview }) {
  const { sheet, month } = preview
  return (
    <section class="card visits-columns">
      <h2>Mỗi cột là gì: xin đổi nếu chưa đúng</h2>
      <table class="listing">
        <thead>
          <tr>
            <th scope="col">Cột trong tệp</th>
            <th scope="col">Ví dụ</th>
            <th scope="col">Đọc là</th>
          </tr>
        </thead>
        <tbody>
          {sheet.header.map((header, index) => (
            <tr key={index}>
              <th scope="row">{header || `Cột ${index + 1}`}</th>
              <td class="visits-example">{exampleOf(preview, index)}</td>
              <td>
                <RoleSelect header={header || `Cột ${index + 1}`} index={index} role={preview.roles[index] ?? 'none'} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="visits-month">
        <DayField
          kind="month"
          name="month"
          label="Tháng của cả tệp"
          hint="Chỉ dùng khi không có cột ngày hoặc tháng."
          value={preview.monthTyped ?? month}
          problem={preview.monthTyped === null ? undefined : monthUnread}
        />
        <button type="submit" name="action" value="preview" class="button quiet">
          Đọc lại
        </button>
      </div>
    </section>
  )
}

const monthUnread = 'Tháng của cả tệp: không đọc được; xin ghi tháng/năm, ví dụ 11/2026.'

function exampleOf({ sheet }: ImportPreview, index: number): string {
  const values = sheet.rows.map(([, cells]) => String(cells[index] ?? '')).filter(Boolean)
  return [...new Set(values)].slice(0, 3).join('; ')
}

function RoleSelect({ header, index, role }: { header: string; index: number; role: ColumnRole }) {
  return (
    <select name={`cot-${index}`} aria-label={`Cột ${header} đọc là`}>
      {roles.map(([value, label]) => (
        <option key={value} value={value} selected={value === role}>
          {label}
        </option>
      ))}
    </select>
  )
}

const shownProblems = 20

function Outcome({ preview }: { preview: ImportPreview }) {
  const { problems } = preview.reading
  if (problems.length === 0) return <Difference preview={preview} />
  const rest = problems.length - shownProblems
  return (
    <Notice kind="problem" title="Chưa ghi được; xin sửa trong tệp rồi chọn lại, hoặc đổi cách đọc cột:">
      <ul>
        {problems.slice(0, shownProblems).map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
        {rest > 0 && <li>{`và ít nhất ${formatInteger(rest)} chỗ nữa.`}</li>}
      </ul>
    </Notice>
  )
}

function Difference({ preview }: { preview: ImportPreview }) {
  const { difference, reading } = preview
  const { added, changed, same } = difference
  if (added + changed.length === 0) {
    return <Notice kind="done" title="Không có gì thay đổi: mọi số trong tệp này đã được ghi rồi." />
  }
  const parts = [
    added > 0 && `${formatInteger(added)} số mới`,
    changed.length > 0 && `${formatInteger(changed.length)} số thay đổi`,
    same > 0 && `${formatInteger(same)} số giữ nguyên`,
  ].filter(Boolean)
  return (
    <div class="card padded visits-outcome">
      <h2>{`Sẽ ghi ${parts.join(', ')}`}</h2>
      {preview.roles.includes('place') && preview.roles.includes('field') && (
        <p>Tệp có cả điểm phục vụ và lĩnh vực: ghi theo từng cách, không cộng hai cách vào nhau.</p>
      )}
      {reading.eachRowIsOne && <p>Tệp không có cột số lượt nên mỗi dòng được tính là một lượt.</p>}
      {reading.sums > 0 && <p>{`Bỏ qua ${formatInteger(reading.sums)} dòng tổng cộng.`}</p>}
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
            <td>
              <span class="narrow-only">Dòng </span>
              {row}
            </td>
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

import type { ImportedPlace, ImportReading, PlaceSheet } from '../../server/places/import-contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type PlacesPreviewPageProps = { sheet: PlaceSheet; reading: ImportReading; shell: Shell }

const shownProblems = 30

/** What a file says as the server understood it; the sheet itself waits in the form, nothing is stored yet. */
export function renderPlacesPreviewPage({ sheet, reading, shell }: PlacesPreviewPageProps, assets: StaffAssets) {
  const title = 'Xem trước khi thêm'
  const { places, problems } = reading
  const lead = `Tệp ${sheet.file}, ${formatInteger(sheet.rows.length)} dòng. Chưa ghi gì cả.`
  const children = (
    <>
      <p class="back">
        <a href={links.importPlaces}>‹ Chọn tệp khác</a>
      </p>
      <PageHead title={title} lead={lead} />
      {problems.length > 0 ? <Problems problems={problems} /> : <Store sheet={sheet} count={places.length} />}
      {places.length > 0 && <Rows places={places} />}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Problems = ({ problems }: { problems: string[] }) => (
  <Notice kind="problem" title="Chưa thêm được; xin sửa trong tệp rồi chọn lại:">
    <ul>
      {problems.slice(0, shownProblems).map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
      {problems.length > shownProblems && (
        <li>{`và ít nhất ${formatInteger(problems.length - shownProblems)} chỗ nữa.`}</li>
      )}
    </ul>
  </Notice>
)

const Store = ({ sheet, count }: { sheet: PlaceSheet; count: number }) => (
  <form class="card padded" method="post" action={links.importPlaces} encType="multipart/form-data">
    <input type="hidden" name="sheet" value={JSON.stringify(sheet)} />
    <p class="form-words">Điểm nào chưa có mã thì Ý Dân đặt mã khi ghi. Thêm xong, xin in tờ dán cho từng điểm.</p>
    <button type="submit" name="action" value="store" class="button">
      {`Thêm ${formatInteger(count)} điểm phục vụ`}
    </button>
  </form>
)

const Rows = ({ places }: { places: ImportedPlace[] }) => (
  <section class="card visits-columns">
    <h2>Các điểm đọc được</h2>
    <table class="listing">
      <thead>
        <tr>
          <th scope="col">Dòng</th>
          <th scope="col">Điểm phục vụ</th>
          <th scope="col">Cơ quan</th>
          <th scope="col">Bộ câu hỏi</th>
          <th scope="col">Mã</th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ row, name, agency, questionnaire, fields, code }) => (
          <tr key={row}>
            <td>
              <span class="narrow-only">Dòng </span>
              {row}
            </td>
            <th scope="row">
              {name.vi}
              {name.en !== name.vi && <small lang="en">{name.en}</small>}
              {name.km !== name.vi && <small lang="km">{name.km}</small>}
            </th>
            <td>{agency.name}</td>
            <td>
              {questionnaire.name}
              {fields.length > 0 && <small>{fields.map((field) => field.name).join(', ')}</small>}
            </td>
            <td class="made-code">{code || 'tự đặt'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

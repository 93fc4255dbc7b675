import type { ImportedPlace, LevelQuestion, PlacesPreview } from '../../server/places/import-contract.ts'
import { links } from '../links.ts'
import { TableColumns, TableState } from '../spreadsheets/columns.tsx'
import { describeLeftOut, ProblemList } from '../spreadsheets/summary.tsx'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type PlacesPreviewPageProps = { preview: PlacesPreview; seen: string; shell: Shell }

/** What a file says as the server understood it; the sheet itself waits in the form, nothing is stored yet. */
export function renderPlacesPreviewPage({ preview, seen, shell }: PlacesPreviewPageProps, assets: StaffAssets) {
  const title = 'Xem trước khi thêm'
  const { view, reading } = preview
  const { places, questions, problems } = reading
  const lead = `Tệp ${view.book.file}, ${formatInteger(view.table.rows.length)} dòng dưới dòng tên cột. Chưa ghi gì cả.`
  const children = (
    <>
      <p class="back">
        <a href={links.importPlaces}>‹ Chọn tệp khác</a>
      </p>
      <PageHead title={title} lead={lead} />
      {preview.unseen && (
        <Notice kind="warning" title="Cách đọc tệp vừa đổi nên chưa ghi; xin xem lại bên dưới rồi bấm Thêm." />
      )}
      <form method="post" action={links.importPlaces} encType="multipart/form-data">
        <TableState view={view} seen={seen} />
        {problems.length > 0 ? <Problems preview={preview} /> : <Store preview={preview} />}
        {questions.length > 0 && <Levels questions={questions} />}
        {places.length > 0 && <Rows places={places} />}
        <TableColumns view={view} />
      </form>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const LeftOutLine = ({ preview }: { preview: PlacesPreview }) => {
  const sentence = describeLeftOut(preview.view)
  return sentence ? <p>{sentence}</p> : null
}

const Problems = ({ preview }: { preview: PlacesPreview }) => (
  <Notice kind="problem" title="Chưa thêm được; xin trả lời bên dưới, hoặc sửa trong tệp rồi chọn lại:">
    <ProblemList problems={preview.reading.problems} />
    <LeftOutLine preview={preview} />
  </Notice>
)

const Store = ({ preview }: { preview: PlacesPreview }) => (
  <div class="card padded visits-outcome">
    <p class="form-words">Nơi nào chưa có mã thì Ý Dân đặt mã khi ghi. Thêm xong, xin in tờ dán cho từng nơi.</p>
    <LeftOutLine preview={preview} />
    <button type="submit" name="action" value="store" class="button">
      {`Thêm ${formatInteger(preview.reading.places.length)} nơi phục vụ`}
    </button>
  </div>
)

/** A school of several levels is several places, each with its own questionnaire and poster, unless the clerk says otherwise. */
const Levels = ({ questions }: { questions: LevelQuestion[] }) => (
  <section class="card padded visits-levels">
    <h2>Trường có nhiều cấp học</h2>
    <p>Mỗi cấp có bộ câu hỏi riêng: nên lập mỗi cấp một nơi phục vụ, mỗi nơi một tờ dán.</p>
    {questions.map((question) => (
      <label key={question.row}>
        <span>{`Dòng ${question.row}: ${question.name}`}</span>
        <select name={`cap-${question.row}`}>
          {answersFor(question).map(([value, label]) => (
            <option key={value} value={value} selected={value === question.answer}>
              {label}
            </option>
          ))}
        </select>
      </label>
    ))}
    <button type="submit" name="action" value="preview" class="button quiet">
      Xem lại
    </button>
  </section>
)

function answersFor({ levels, answer }: LevelQuestion): [string, string][] {
  const every: [string, string] = [
    levels.map(({ code }) => code).join('+'),
    `${levels.length} nơi: ${levels.map(({ name }) => name).join('; ')}`,
  ]
  const pairs = levels.length > 2 ? levels.slice(1).map((level, index) => [levels[index] ?? level, level]) : []
  return [
    ...(answer === '' ? [['', 'Xin chọn'] as [string, string]] : []),
    ...(levels.length > 1 ? [every] : []),
    ...pairs.map((pair): [string, string] => [
      pair.map(({ code }) => code).join('+'),
      `2 nơi: ${pair.map(({ name }) => name).join('; ')}`,
    ]),
    ...levels.map(({ code, name }): [string, string] => [code, `Một nơi: ${name}`]),
    ['none', 'Không thêm trường này'],
  ]
}

const Rows = ({ places }: { places: ImportedPlace[] }) => (
  <section class="card visits-columns">
    <h2>Các nơi đọc được</h2>
    <table class="listing">
      <thead>
        <tr>
          <th scope="col">Dòng</th>
          <th scope="col">Nơi phục vụ</th>
          <th scope="col">Đơn vị</th>
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
              {name.en && <small lang="en">{name.en}</small>}
              {name.km && <small lang="km">{name.km}</small>}
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

import type { OwnDay } from '../../server/catalogue/contract.ts'
import {
  type ImportedPlace,
  type LevelQuestion,
  nothingToStore,
  type PlaceChange,
  type PlacesPreview,
} from '../../server/places/import/contract.ts'
import { links } from '../links.ts'
import { TableColumns, TableState } from '../spreadsheets/columns.tsx'
import { describeLeftOut, ProblemList, RowCell } from '../spreadsheets/summary.tsx'
import { formatDay, formatInteger, startSentence } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type PlacesPreviewPageProps = { preview: PlacesPreview; seen: string; shell: Shell }

/** What a file says as the server understood it; the sheet itself waits in the form, nothing is stored yet. */
export function renderPlacesPreviewPage({ preview, seen, shell }: PlacesPreviewPageProps, assets: StaffAssets) {
  const title = 'Xem trước khi ghi'
  const { view, reading } = preview
  const { places, changes, questions, problems } = reading
  const lead = `Tệp ${view.book.file}, ${formatInteger(view.table.rows.length)} dòng dưới dòng tên cột. Chưa ghi gì cả.`
  const children = (
    <>
      <p class="back">
        <a href={links.importPlaces}>‹ Chọn tệp khác</a>
      </p>
      <PageHead title={title} lead={lead} />
      {preview.unseen && (
        <Notice kind="warning" title="Cách đọc tệp vừa đổi nên chưa ghi; xin xem lại bên dưới rồi bấm ghi." />
      )}
      <form method="post" action={links.importPlaces} encType="multipart/form-data">
        <TableState view={view} seen={seen} />
        {problems.length > 0 ? <Problems preview={preview} /> : <Store preview={preview} />}
        {questions.length > 0 && <Levels questions={questions} />}
        {changes.length > 0 && <Changes changes={changes} />}
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

const Problems = ({ preview }: { preview: PlacesPreview }) => {
  const { problems } = preview.reading
  // A file that says what is stored has nothing to be mended.
  const isDone = problems.length === 1 && problems[0] === nothingToStore
  const title = isDone
    ? (problems[0] as string)
    : 'Chưa ghi được; xin trả lời bên dưới, hoặc sửa trong tệp rồi chọn lại:'
  return (
    <Notice kind={isDone ? 'done' : 'problem'} title={title}>
      {!isDone && <ProblemList problems={problems} />}
      <LeftOutLine preview={preview} />
    </Notice>
  )
}

const Store = ({ preview }: { preview: PlacesPreview }) => {
  const { places, changes, unchanged } = preview.reading
  return (
    <div class="card padded visits-outcome">
      {places.length > 0 && (
        <p class="form-words">Nơi nào chưa có mã thì Ý Dân đặt mã khi ghi. Thêm xong, xin in tờ dán cho từng nơi.</p>
      )}
      {unchanged > 0 && (
        <p class="form-words">{`${formatInteger(unchanged)} dòng giống những gì đã lưu, không đổi gì.`}</p>
      )}
      <LeftOutLine preview={preview} />
      <button type="submit" name="action" value="store" class="button">
        {startSentence(
          [
            places.length > 0 && `thêm ${formatInteger(places.length)} nơi phục vụ`,
            changes.length > 0 && `đổi giờ, ngày riêng của ${formatInteger(changes.length)} nơi`,
          ]
            .filter(Boolean)
            .join(', '),
        )}
      </button>
    </div>
  )
}

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

/** What is stored and what the row makes of it. */
const Changes = ({ changes }: { changes: PlaceChange[] }) => (
  <section class="card visits-columns">
    <h2>Nơi đã có, đổi giờ hoặc ngày riêng</h2>
    <table class="listing">
      <thead>
        <tr>
          <th scope="col">Dòng</th>
          <th scope="col">Nơi phục vụ</th>
          <th scope="col">Giờ làm việc</th>
          <th scope="col">Ngày riêng</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ row, code, name, hours, added, removed }) => (
          <tr key={row}>
            <RowCell row={row} />
            <th scope="row">
              {name}
              <small class="made-code">{code}</small>
            </th>
            <td>
              {hours ? <b>{hours.after || 'không xét'}</b> : 'giờ giữ nguyên'}
              {hours && <small>{`Trước: ${hours.before || 'chưa ghi'}`}</small>}
            </td>
            <td>
              {added.length + removed.length === 0 && 'ngày riêng giữ nguyên'}
              {added.map((own) => (
                <span key={own.day}>{`Thêm ${ownDayInWords(own)}`}</span>
              ))}
              {removed.map((own) => (
                <span key={own.day}>{`Bỏ ${ownDayInWords(own)}`}</span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const ownDayInWords = ({ day, works, note }: OwnDay): string => `${formatDay(day)} ${works ? 'làm' : 'nghỉ'}: ${note}`

const Rows = ({ places }: { places: ImportedPlace[] }) => {
  const withTimes = places.some(({ hours, ownDays }) => hours !== '' || ownDays.length > 0)
  return (
    <section class="card visits-columns">
      <h2>Nơi thêm mới</h2>
      <table class="listing">
        <thead>
          <tr>
            <th scope="col">Dòng</th>
            <th scope="col">Nơi phục vụ</th>
            <th scope="col">Đơn vị</th>
            <th scope="col">Bộ câu hỏi</th>
            {withTimes && <th scope="col">Giờ làm việc</th>}
            <th scope="col">Mã</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ row, name, agency, questionnaire, fields, code, hours, ownDays }) => (
            <tr key={row}>
              <RowCell row={row} />
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
              {withTimes && (
                <td>
                  {hours || 'không xét'}
                  {ownDays.map((own) => (
                    <small key={own.day}>{ownDayInWords(own)}</small>
                  ))}
                </td>
              )}
              <td class="made-code">{code || 'tự đặt'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

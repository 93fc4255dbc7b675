import type { ExportChoice, ExportFormat } from '../../server/exports/contract.ts'
import { type ExportLink, links } from '../links.ts'
import { DayField } from '../ui/day-field.tsx'
import { formatDay, formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type ExportPageProps = { choice: ExportChoice; shell: Shell }

const title = 'Xuất dữ liệu'

const formats: Record<ExportFormat, { name: string; hint: string }> = {
  xlsx: { name: 'Excel (XLSX)', hint: 'Mở bằng Excel, LibreOffice; lọc và cộng được ngay.' },
  csv: { name: 'CSV', hint: 'Cho mọi phần mềm thống kê.' },
  spss: { name: 'SPSS', hint: 'Tệp nén gồm CSV, cú pháp .sps có đủ nhãn và bảng mã.' },
  jsonl: { name: 'JSON, mỗi dòng một phiếu', hint: 'Cho người viết chương trình.' },
}

/** Which responses, in which format; how many there are is said before anything is sent. */
export function renderExportPage({ choice, shell }: ExportPageProps, assets: StaffAssets): string {
  const children = (
    <>
      <PageHead
        title={title}
        lead="Tải từng phiếu đã thu về để phân tích: không có mã phiếu, không có giờ gửi, không có số điện thoại. Mỗi lần tải được ghi vào nhật ký."
      />
      {choice.questionnaires.length === 0 ? <NothingToExport /> : <Choosing choice={choice} />}
    </>
  )
  return renderStaffPage({ title, shell, islands: ['export', 'day'], children }, assets)
}

const NothingToExport = () => (
  <section class="card padded">
    <h2>Chưa có nơi phục vụ nào</h2>
    <p>Tài khoản này chưa thuộc đơn vị nào có nơi phục vụ. Xin nhờ người quản trị thêm đơn vị vào tài khoản.</p>
  </section>
)

const Choosing = ({ choice }: { choice: ExportChoice }) => (
  <div class="export">
    <form class="card padded export-form" method="get" action={links.exports()}>
      {choice.problem && <Notice kind="problem" title={choice.problem} />}
      <Questionnaires choice={choice} />
      <Days choice={choice} />
      <Places choice={choice} />
      <Formats choice={choice} />
      <fieldset class="field">
        <legend>Ý kiến viết thêm</legend>
        <label class="choice">
          <input type="checkbox" name="y-kien" value="co" checked={choice.asked.comments} />
          <span>
            Kèm lời người dân viết
            <small>
              Số điện thoại, số giấy tờ, địa chỉ thư được che. Ý kiến về thái độ cán bộ không nằm trong tệp.
            </small>
          </span>
        </label>
      </fieldset>
      <button type="submit" class="button quiet">
        Xem số phiếu
      </button>
    </form>
    {choice.found && <Found choice={choice} found={choice.found} />}
  </div>
)

const Questionnaires = ({ choice: { questionnaires, asked } }: { choice: ExportChoice }) => (
  <p class="field">
    <label for="bo">Bộ câu hỏi</label>
    <select id="bo" name="bo">
      {questionnaires.map(({ code, title: name }) => (
        <option key={code} value={code} selected={code === asked.questionnaire}>
          {name}
        </option>
      ))}
    </select>
  </p>
)

const Days = ({ choice: { asked, lastDay } }: { choice: ExportChoice }) => (
  <div class="export-days">
    <DayField name="tu" label="Từ ngày" max={lastDay} value={asked.from} />
    <DayField name="den" label="Đến hết ngày" max={lastDay} value={asked.to} />
    <p class="field-hint">Phiếu của hôm nay xuất được từ ngày mai, khi ngày đã khép.</p>
  </div>
)

function Places({ choice: { places } }: { choice: ExportChoice }) {
  const chosen = places.filter((place) => place.chosen).length
  const agencies = [...new Set(places.map(({ agency }) => agency))]
  return (
    <details class="field export-places" open={chosen > 0}>
      <summary>
        {chosen > 0 ? `Chỉ ${chosen} nơi phục vụ đã chọn` : 'Tất cả nơi phục vụ; bấm để chỉ chọn vài nơi'}
      </summary>
      {agencies.map((agency) => (
        <fieldset key={agency}>
          <legend>{agency}</legend>
          {places
            .filter((place) => place.agency === agency)
            .map(({ code, name, chosen: isChosen }) => (
              <label key={code} class="choice">
                <input type="checkbox" name="diem" value={code} checked={isChosen} />
                <span>
                  {name} <small>{code}</small>
                </span>
              </label>
            ))}
        </fieldset>
      ))}
    </details>
  )
}

const Formats = ({ choice: { asked } }: { choice: ExportChoice }) => (
  <fieldset class="field">
    <legend>Loại tệp</legend>
    <div class="export-formats">
      {(Object.keys(formats) as ExportFormat[]).map((format) => (
        <label key={format} class="choice">
          <input type="radio" name="dang" value={format} checked={format === asked.format} />
          <span>
            {formats[format].name}
            <small>{formats[format].hint}</small>
          </span>
        </label>
      ))}
    </div>
  </fieldset>
)

type FoundProps = { choice: ExportChoice; found: NonNullable<ExportChoice['found']> }

function Found({ choice, found }: FoundProps) {
  const { asked } = choice
  const link = linkOf(choice)
  return (
    <section class="card padded export-found" aria-labelledby="se-tai">
      <h2 id="se-tai">Tệp sẽ tải</h2>
      <p class="export-count">
        <strong>{formatInteger(found.rows)}</strong> phiếu
      </p>
      <dl class="export-facts">
        <dt>Thời gian</dt>
        <dd>
          {formatDay(asked.from)} – {formatDay(asked.to)}
        </dd>
        <dt>Loại tệp</dt>
        <dd>{formats[asked.format].name}</dd>
        <dt>Số cột</dt>
        <dd>{formatInteger(found.columns)}</dd>
        <dt>Phiên bản</dt>
        <dd>{found.versions.join(', ')}</dd>
      </dl>
      {found.rows > 0 ? (
        <a
          class="button wide"
          href={links.exportFile(link)}
          data-export
          data-rows={found.rows}
          data-format={asked.format}
        >
          Tải tệp về
        </a>
      ) : (
        <p>Không có phiếu nào trong thời gian và những nơi này. Xin chọn thời gian dài hơn.</p>
      )}
      <div class="export-progress" data-progress hidden>
        <progress max={found.rows} aria-label="Đã nhận" />
        <p data-status role="status" />
        <button type="button" class="button small" data-cancel>
          Dừng tải
        </button>
      </div>
      <p class="export-codebook">
        Ý nghĩa từng cột: <a href={links.codebook(link)}>xem bảng mã</a> hoặc{' '}
        <a href={links.codebookFile(link)}>tải bảng mã (CSV)</a>.
      </p>
      <p class="field-hint">
        Tệp có từng phiếu của cả những ngày ít người trả lời: dùng để phân tích trong nội bộ, không đưa lên mạng.
      </p>
    </section>
  )
}

const linkOf = ({ asked, places }: ExportChoice): ExportLink => ({
  bo: asked.questionnaire,
  tu: asked.from,
  den: asked.to,
  dang: asked.format,
  diem: places
    .filter(({ chosen }) => chosen)
    .map(({ code }) => code)
    .join(','),
  ...(asked.comments && { 'y-kien': 'co' }),
})

import type { Problem } from '../../server/problems.ts'
import type { ReportKind } from '../../server/reports/contract.ts'
import type { IssuerChoice, MakeForm, Preset, ReportLine } from '../../server/reports/record-contract.ts'
import { links } from '../links.ts'
import { formatDayOf } from '../ui/moment.ts'
import { PageHead } from '../ui/page-head.tsx'
import { ProblemList, problemAt, SelectField } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { FileLinks, StateTag } from './parts.tsx'
import { kindNames, shortHash } from './words.ts'

export type ReportsView = {
  lines: ReportLine[]
  years: string[]
  filter: { kind: string; year: string }
  isEmpty: boolean
  choices: { presets: Preset[]; issuers: IssuerChoice[] }
  /** The kind whose periods the form offers. */
  making: ReportKind
  values: MakeForm
  problems: Problem[]
}

/** Every report within reach, and the form that makes a new draft. */
export function renderReportsPage({ view, shell }: { view: ReportsView; shell: Shell }, assets: StaffAssets): string {
  const title = 'Báo cáo'
  const children = (
    <>
      <PageHead
        title={title}
        lead="Lập bản thảo từ số liệu các ngày đã khép, bổ sung nguyên nhân và kiến nghị, duyệt, rồi tải Word, PDF, Excel."
      />
      {view.problems.length > 0 && <ProblemList title="Chưa lập được, xin xem lại:" problems={view.problems} />}
      {view.choices.issuers.length > 0 && <NewReport view={view} />}
      {view.isEmpty ? <First /> : <Records view={view} />}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

/** Kind first, by address, then its periods: one short list instead of every period of every kind. */
const NewReport = ({ view: { choices, values, problems, making } }: { view: ReportsView }) => (
  <form class="card padded report-make" method="post" action={links.reports()}>
    <h2 id="lap">Lập báo cáo</h2>
    <nav class="segments" aria-label="Loại báo cáo">
      {(Object.keys(kindNames) as (keyof typeof kindNames)[]).map((kind) => (
        <a key={kind} href={links.makeReport(kind)} aria-current={kind === making ? 'true' : undefined}>
          {kindNames[kind]}
        </a>
      ))}
    </nav>
    <div class="report-make-fields">
      <SelectField
        name="period"
        label="Kỳ"
        problem={problemAt(problems, 'period')}
        value={values.period}
        options={choices.presets.filter(({ kind }) => kind === making).map(({ key, label }) => ({ value: key, label }))}
        {...(choices.presets.every(({ kind }) => kind !== making) && { empty: 'Chưa có kỳ nào có phiếu' })}
      />
      <SelectField
        name="issuer"
        label="Đơn vị ban hành, lĩnh vực"
        problem={problemAt(problems, 'issuer')}
        value={values.issuer}
        options={choices.issuers.map(({ key, label }) => ({ value: key, label }))}
      />
      <button class="button" type="submit">
        Lập bản thảo
      </button>
    </div>
  </form>
)

const First = () => (
  <section class="card padded">
    <h2>Chưa có báo cáo nào</h2>
    <p class="lead">
      Chọn kỳ và đơn vị ở trên: hệ thống viết sẵn bản thảo theo thể thức văn bản hành chính, với đủ bảng, biểu đồ và phụ
      lục. Bản đã duyệt được giữ nguyên từng chữ.
    </p>
  </section>
)

const Records = ({ view }: { view: ReportsView }) => (
  <>
    <Filter view={view} />
    <section class="card">
      {view.lines.length === 0 ? (
        <p class="padded">Không có báo cáo nào như vậy.</p>
      ) : (
        <table class="listing report-list">
          <thead>
            <tr>
              <th scope="col">Báo cáo</th>
              <th scope="col">Trạng thái</th>
              <th scope="col">Lập, duyệt</th>
              <th scope="col">Mã kiểm tra</th>
              <th scope="col">Tải về</th>
            </tr>
          </thead>
          <tbody>
            {view.lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  </>
)

const Filter = ({ view: { filter, years } }: { view: ReportsView }) => (
  <form class="report-filter" method="get" action={links.reports()}>
    <label>
      <span>Loại</span>
      <select name="loai">
        <option value="">Mọi loại</option>
        {Object.entries(kindNames).map(([kind, name]) => (
          <option key={kind} value={kind} selected={kind === filter.kind}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span>Năm</span>
      <select name="nam">
        <option value="">Mọi năm</option>
        {years.map((year) => (
          <option key={year} value={year} selected={year === filter.year}>
            {year}
          </option>
        ))}
      </select>
    </label>
    <button class="button small" type="submit">
      Xem
    </button>
  </form>
)

const Line = ({ line }: { line: ReportLine }) => (
  <tr>
    <th scope="row">
      <a href={links.report(line.id)}>{line.title}</a>
      <small>
        {line.agency} · bản {line.version}
      </small>
    </th>
    <td>
      <StateTag state={line.state} />
      {line.correctedBy && (
        <small>
          đã có <a href={links.report(line.correctedBy.id)}>bản đính chính {line.correctedBy.version}</a>
        </small>
      )}
    </td>
    <td>
      Lập: {line.madeBy}
      <small>{formatDayOf(line.madeAt)}</small>
      {line.approvedBy && line.approvedAt && (
        <>
          Duyệt: {line.approvedBy}
          <small>{formatDayOf(line.approvedAt)}</small>
        </>
      )}
    </td>
    <td>
      <span class="narrow-only">Mã kiểm tra: </span>
      <code title={line.hash}>{shortHash(line.hash)}</code>
    </td>
    <td>
      <FileLinks report={line} label={`${line.title}, bản ${line.version}`} />
    </td>
  </tr>
)

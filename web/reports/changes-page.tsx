import type { DocumentChanges, FigureChange, TextChange } from '../../server/reports/record-contract.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type ReportChangesView = {
  title: string
  lead: string
  back: string
  changes: DocumentChanges
  /** Newer figures that may replace those of a draft. */
  fresh: { action: string; hash: string; freshHash: string } | null
}

/** What differs between two versions, or between a draft and today's figures. */
export function renderReportChangesPage(
  { view, shell }: { view: ReportChangesView; shell: Shell },
  assets: StaffAssets,
): string {
  const { figures, texts } = view.changes
  const title = view.fresh ? 'Lấy số liệu mới' : 'So sánh hai bản'
  const children = (
    <>
      <p class="back">
        <a href={view.back}>‹ {view.title}</a>
      </p>
      <PageHead title={title} lead={view.lead} />
      {figures.length + texts.length === 0 ? (
        <section class="card padded">
          <h2>Không có gì khác</h2>
          <p class="lead">Số liệu và câu chữ giống hệt nhau.</p>
        </section>
      ) : (
        <>
          {view.fresh && <Replace fresh={view.fresh} />}
          <Figures figures={figures} />
          <Texts texts={texts} />
        </>
      )}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Replace = ({ fresh }: { fresh: NonNullable<ReportChangesView['fresh']> }) => (
  <form class="card padded report-replace" method="post" action={fresh.action}>
    <input type="hidden" name="hash" value={fresh.hash} />
    <input type="hidden" name="fresh" value={fresh.freshHash} />
    <p>Nguyên nhân và kiến nghị đã viết được giữ lại.</p>
    <button class="button" type="submit">
      Thay bằng số liệu mới
    </button>
  </form>
)

/** More would not be read; the workbook holds every figure. */
const mostShown = 300
/** A longer list opens by its name. */
const mostOpen = 16

function Figures({ figures }: { figures: FigureChange[] }) {
  if (figures.length === 0) return null
  const shown = figures.slice(0, mostShown)
  const tables = [...new Set(shown.map(({ table }) => table))]
  return (
    <section class="card report-changes">
      <h2>Số liệu thay đổi ({figures.length})</h2>
      {tables.map((table) => (
        <OneTable key={table} table={table} figures={shown.filter((one) => one.table === table)} />
      ))}
      {figures.length > mostShown && (
        <p class="padded">Còn {figures.length - mostShown} số khác; xin xem trong tệp Excel của hai bản.</p>
      )}
    </section>
  )
}

const OneTable = ({ table, figures }: { table: string; figures: FigureChange[] }) => (
  <details open={figures.length <= mostOpen}>
    <summary>
      {table} ({figures.length})
    </summary>
    <table class="listing">
      <thead>
        <tr>
          <th scope="col">Nội dung</th>
          <th scope="col">Số</th>
          <th scope="col" class="number">
            Trước
          </th>
          <th scope="col" class="number">
            Nay
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.map((one, index) => (
          <Figure key={index} change={one} />
        ))}
      </tbody>
    </table>
  </details>
)

const Figure = ({ change: { row, column, before, after } }: { change: FigureChange }) => (
  <tr>
    <th scope="row">{row}</th>
    <td>{column}</td>
    <td class="number">
      <span class="narrow-only">Trước: </span>
      {before}
    </td>
    <td class="number">
      <span class="narrow-only">Nay: </span>
      <b>{after}</b>
    </td>
  </tr>
)

const Texts = ({ texts }: { texts: TextChange[] }) =>
  texts.length === 0 ? null : (
    <section class="card padded report-changes-texts">
      <h2>Câu chữ thay đổi</h2>
      {texts.map(({ section, removed, added }) => (
        <div key={section}>
          <h3>{section}</h3>
          {removed.map((text) => (
            <p key={text}>
              <span class="report-was">Trước</span> <del>{text}</del>
            </p>
          ))}
          {added.map((text) => (
            <p key={text}>
              <span class="report-is">Nay</span> <ins>{text}</ins>
            </p>
          ))}
        </div>
      ))}
    </section>
  )

import type { Codebook, CodebookLine, ExportQuery } from '../../server/exports/contract.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type CodebookPageProps = { codebook: Codebook; query: ExportQuery; shell: Shell }

const kinds: Record<CodebookLine['kind'], string> = { text: 'chữ', number: 'số', day: 'ngày' }

/** What every column of the file means. */
export function renderCodebookPage({ codebook, query, shell }: CodebookPageProps, assets: StaffAssets): string {
  const title = 'Bảng mã'
  const { diem, ...rest } = query
  const link = { ...rest, diem: diem.join(',') }
  const children = (
    <>
      <PageHead title={title} lead={`${codebook.title}, ${formatDay(codebook.from)} – ${formatDay(codebook.to)}`}>
        <p class="codebook-links">
          <a href={links.codebookFile(link)}>Tải bảng mã (CSV)</a>{' '}
          <a href={links.exports(link)}>Về trang xuất dữ liệu</a>
        </p>
      </PageHead>
      <section class="card padded codebook-notes">
        <h2>Cách đọc tệp</h2>
        <ul>
          {codebook.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
          <li>Nguồn của bộ câu hỏi: {codebook.source}</li>
        </ul>
      </section>
      <section class="card codebook" aria-label="Các cột">
        <table class="listing">
          <thead>
            <tr>
              <th scope="col">Cột</th>
              <th scope="col">Nội dung</th>
              <th scope="col">Giá trị</th>
              <th scope="col">Xác suất được hỏi</th>
            </tr>
          </thead>
          <tbody>
            {codebook.lines.map((line) => (
              <Line key={`${line.name} ${line.version}`} line={line} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Line = ({ line }: { line: CodebookLine }) => (
  <tr>
    <th scope="row">
      <code>{line.name}</code>
      <small>
        {kinds[line.kind]}
        {line.version !== null && `, phiên bản ${line.version}`}
      </small>
    </th>
    <td>
      {line.official && `${line.official}. `}
      {line.label}
    </td>
    <td>
      {line.values}
      <small>Thiếu: {line.missing}</small>
    </td>
    <td>
      {line.probability !== null && (
        <>
          <span class="narrow-only">Xác suất được hỏi: </span>
          {String(Math.round(line.probability * 10_000) / 10_000).replace('.', ',')}
        </>
      )}
    </td>
  </tr>
)

import type { ReportSummary } from '../../server/reports/record-contract.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { formatMoment } from '../ui/moment.ts'
import { FileLinks, StateTag } from './parts.tsx'
import { shortHash } from './words.ts'

/** Where a report stands, its files and its fingerprint. */
export const ReportFacts = ({ report }: { report: ReportSummary }) => (
  <section class="card padded">
    <h2>Tải về</h2>
    <FileLinks report={report} label="báo cáo" />
    <p class="report-jump">
      <a href="#van-ban">Đọc văn bản</a>
    </p>
    <dl class="report-facts">
      <Fact name="Kỳ" value={`${formatDay(report.from)} – ${formatDay(report.to)}`} />
      <Person name="Lập" who={report.madeBy} at={report.madeAt} />
      <Person name="Duyệt" who={report.approvedBy} at={report.approvedAt} />
      <Person name="Công bố" who={report.publishedBy} at={report.publishedAt} />
      <div>
        <dt>Mã kiểm tra</dt>
        <dd>
          <code title={report.hash}>{shortHash(report.hash)}</code>{' '}
          <a href={links.verifyReport(report.id)}>Kiểm tra lại</a>
        </dd>
      </div>
    </dl>
  </section>
)

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)

const Person = ({ name, who, at }: { name: string; who: string | null; at: string | null }) =>
  who && at ? <Fact name={name} value={`${who}, ${formatMoment(at)}`} /> : null

/** The other versions, each to open and to compare with. */
export const Versions = ({ report, versions }: { report: ReportSummary; versions: ReportSummary[] }) => {
  const others = versions.filter(({ id }) => id !== report.id)
  if (others.length === 0) return null
  return (
    <section class="card padded">
      <h2>Các bản khác</h2>
      <ul class="report-versions">
        {others.map((one) => (
          <li key={one.id}>
            <a href={links.report(one.id)}>Bản {one.version}</a> <StateTag state={one.state} />
            <br />
            <a
              href={
                one.version < report.version
                  ? links.compareReports(report.id, one.id)
                  : links.compareReports(one.id, report.id)
              }
            >
              So sánh với bản {one.version}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

import type { ReportSummary } from '../../server/reports/record-contract.ts'
import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { ProblemList } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { ReportDocumentView } from './document.tsx'
import { ReportFacts, Versions } from './facts.tsx'
import type { ReportView } from './page-props.ts'
import { StateTag } from './parts.tsx'
import { Approve, Correct, OwnWords, Publish } from './steps.tsx'

/** One report: what it says, where it stands, and the next step. */
export function renderReportPage({ view, shell }: { view: ReportView; shell: Shell }, assets: StaffAssets): string {
  const { report, title, problems } = view
  const children = (
    <>
      <p class="back">
        <a href={links.reports()}>‹ Báo cáo</a>
      </p>
      <PageHead title={title} lead={`${report.agency} · bản ${report.version}`}>
        <StateTag state={report.state} />
      </PageHead>
      {problems.length > 0 && <ProblemList title="Chưa lưu được, xin xem lại:" problems={problems} />}
      <Corrections report={report} versions={view.versions} />
      <div class="report-layout">
        <aside class="report-side" aria-label="Việc với báo cáo này">
          <ReportFacts report={report} />
          <Steps view={view} />
          <Versions report={report} versions={view.versions} />
        </aside>
        <ReportDocumentView page={view.page} />
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

function Corrections({ report, versions }: { report: ReportSummary; versions: ReportSummary[] }) {
  const { correctedBy, correctsId, correctionReason } = report
  const corrected = versions.find(({ id }) => id === correctsId)
  return (
    <>
      {correctedBy && (
        <Notice
          kind="warning"
          title={
            correctedBy.state === 'draft'
              ? `Đang có bản thảo đính chính: bản ${correctedBy.version}`
              : `Báo cáo này đã được bản ${correctedBy.version} đính chính và thay thế`
          }
        >
          <p>
            <a href={links.report(correctedBy.id)}>Mở bản {correctedBy.version}</a>
          </p>
        </Notice>
      )}
      {corrected && (
        <Notice kind="warning" title={`Bản này đính chính bản ${corrected.version}`}>
          <p>Lý do: {correctionReason}</p>
          <p>
            <a href={links.compareReports(report.id, corrected.id)}>Xem những gì đã thay đổi</a>
          </p>
        </Notice>
      )}
    </>
  )
}

const Steps = ({ view }: { view: ReportView }) => {
  const { report, mayMake, mayApprove, versions } = view
  const isNewest = versions[0]?.id === report.id
  if (report.state === 'draft')
    return (
      <>
        {mayMake && <OwnWords view={view} />}
        {mayApprove && <Approve view={view} />}
      </>
    )
  return (
    <>
      {report.state === 'approved' && mayApprove && <Publish report={report} />}
      {mayMake && isNewest && <Correct view={view} />}
    </>
  )
}

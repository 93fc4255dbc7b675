import type { Verification } from '../../server/reports/record-contract.ts'
import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type ReportVerifyView = Verification & { id: number; title: string }

/** Whether a report is what was kept, and whether it can be made again. */
export function renderReportVerifyPage(
  { view, shell }: { view: ReportVerifyView; shell: Shell },
  assets: StaffAssets,
): string {
  const title = 'Kiểm tra báo cáo'
  const children = (
    <>
      <p class="back">
        <a href={links.report(view.id)}>‹ {view.title}</a>
      </p>
      <PageHead
        title={title}
        lead="Hệ thống viết lại văn bản từ số liệu đã lưu cùng báo cáo rồi so từng chữ với văn bản đang giữ."
      />
      <Outcome view={view} />
      <section class="card padded report-verify">
        <dl class="report-facts">
          <Fact name="Văn bản đang giữ" value={view.hash} />
          <Fact name="Văn bản viết lại" value={view.remadeHash ?? 'không viết lại được'} />
          <Fact name="Phiên bản đã lập" value={view.madeWith} />
          <Fact name="Phiên bản kiểm tra" value={view.checkedWith} />
        </dl>
        <p>Mã kiểm tra là SHA-256 của văn bản. Hai bản có cùng mã thì giống nhau từng chữ, từng số.</p>
      </section>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

function Outcome({ view: { intact, remade, madeWith, checkedWith } }: { view: ReportVerifyView }) {
  if (!intact)
    return (
      <Notice kind="problem" title="Văn bản đang giữ không khớp với mã kiểm tra">
        <p>Có người đã sửa thẳng vào cơ sở dữ liệu. Xin giữ nguyên hiện trạng và báo người quản trị.</p>
      </Notice>
    )
  if (remade === 'same') return <Notice kind="done" title="Khớp: viết lại từ số liệu đã lưu được đúng văn bản này" />
  const versions =
    madeWith === checkedWith
      ? 'Cùng một phiên bản chương trình mà kết quả khác nhau: số liệu đã lưu có thể đã bị sửa. Xin báo người quản trị.'
      : `Báo cáo được lập bằng phiên bản ${madeWith}; muốn viết lại đúng từng chữ, xin kiểm tra bằng phiên bản ấy.`
  return (
    <Notice
      kind="warning"
      title={
        remade === 'different'
          ? 'Văn bản nguyên vẹn, nhưng phiên bản này viết lại ra văn bản khác'
          : 'Văn bản nguyên vẹn, nhưng phiên bản này không đọc được số liệu đã lưu'
      }
    >
      <p>{versions}</p>
    </Notice>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <code>{value}</code>
    </dd>
  </div>
)

import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type VisitsImportPageProps = { problem: string | null; shell: Shell }

/** Choosing a file; nothing is stored before its preview was seen. */
export function renderVisitsImportPage({ problem, shell }: VisitsImportPageProps, assets: StaffAssets): string {
  const title = 'Nhập lượt phục vụ từ tệp'
  const children = (
    <>
      <p class="back">
        <a href={links.visits()}>‹ Lượt phục vụ</a>
      </p>
      <PageHead title={title} lead="Lấy số từ tệp mà phần mềm một cửa, phần mềm khám bệnh hay bảng Excel xuất ra." />
      <div class="column">
        {problem && <Notice kind="problem" title={problem} />}
        <form class="card padded" method="post" action={links.importVisits} encType="multipart/form-data">
          <div class="field">
            <label for="tep">Tệp Excel (.xlsx) hoặc CSV</label>
            <p class="field-hint">Tối đa 5 MB và 10.000 dòng.</p>
            <input class="visits-file" type="file" id="tep" name="tep" accept=".xlsx,.csv,.txt" required />
          </div>
          <button type="submit" class="button">
            Xem trước
          </button>
        </form>
        <Needs />
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Needs = () => (
  <section class="card padded visits-needs">
    <h2>Tệp cần có gì</h2>
    <ul>
      <li>Một cột ghi nơi phục vụ (quầy, phòng khám, trường) hoặc lĩnh vực; có cả hai càng tốt.</li>
      <li>Một cột ngày hoặc tháng; không có thì chọn tháng cho cả tệp ở bước sau.</li>
      <li>Một cột số lượt; không có thì mỗi dòng được tính là một lượt, như danh sách hồ sơ.</li>
    </ul>
    <p>
      Chỉ số đếm được ghi lại; tên người và mọi cột khác không được lưu. Nhập lại đúng tệp cũ thì không có gì thay đổi.
    </p>
  </section>
)

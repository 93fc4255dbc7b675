import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

export type PlacesImportPageProps = { problem: string | null; shell: Shell }

/** Choosing a file; nothing is stored before its preview was seen. */
export function renderPlacesImportPage({ problem, shell }: PlacesImportPageProps, assets: StaffAssets): string {
  const title = 'Nhập nơi phục vụ từ tệp'
  const children = (
    <>
      <p class="back">
        <a href={links.places}>‹ Nơi phục vụ, mã QR</a>
      </p>
      <PageHead title={title} lead="Thêm nhiều trường, quầy, phòng khám, ghi giờ làm việc của nhiều nơi cùng lúc." />
      <div class="column">
        {problem && <Notice kind="problem" title={problem} />}
        <form class="card padded" method="post" action={links.importPlaces} encType="multipart/form-data">
          <div class="field">
            <label for="tep">Tệp Excel (.xlsx) hoặc CSV</label>
            <p class="field-hint">
              Tối đa 500 dòng. <a href={links.placesTemplate}>Tải tệp mẫu</a> rồi điền, hoặc dùng danh sách sẵn có: tên
              cột viết có dấu hay không dấu đều được. Để ghi giờ làm việc cho các nơi đã có:{' '}
              <a href={links.placesFile}>tải danh sách hiện nay</a>, điền rồi chọn lại.
            </p>
            <input class="visits-file" type="file" id="tep" name="tep" accept=".xlsx,.csv,.txt" required />
          </div>
          <button type="submit" class="button">
            Xem trước
          </button>
        </form>
        <section class="card padded visits-needs">
          <h2>Tệp cần có gì</h2>
          <ul>
            <li>Bắt buộc: cột tên nơi phục vụ.</li>
            <li>Nên có: đơn vị, bộ câu hỏi hoặc cấp học. Thiếu thì Ý Dân đoán theo tên, như “Trường Mầm non …”.</li>
            <li>Tùy ý: lĩnh vực, mã, tên tiếng Anh, tên tiếng Khmer, giờ làm việc, ngày nghỉ và ngày làm thêm.</li>
            <li>Dòng mang mã đã có chỉ đổi giờ và ngày riêng của nơi ấy; ô trống giữ nguyên.</li>
          </ul>
          <p>Một dòng chưa đúng thì cả tệp chưa được ghi, để không phải tìm xem dòng nào đã vào.</p>
        </section>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

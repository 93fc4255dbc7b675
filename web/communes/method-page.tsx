import { boardLinks } from '../board-links.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

/** How communes are compared, in words; the formulas are in METHOD.md, chapter 13. */
export function renderMethodPage({ shell }: { shell: Shell }, assets: StaffAssets): string {
  const title = 'Cách so sánh các xã'
  const children = (
    <>
      <p class="back">
        <a href={boardLinks.board()}>‹ Toàn tỉnh</a>
      </p>
      <PageHead title={title} lead="Vì sao không xếp hạng, và thế nào là khác thật." />
      <div class="column">
        <section class="card padded">
          <h2>Biểu đồ hình phễu</h2>
          <p>
            Mỗi xã một dấu: càng sang phải càng nhiều phiếu, càng lên cao điểm càng cao. Vạch ngang là mức chung của
            tỉnh, mỗi người trả lời nặng như nhau. Hai giới hạn quanh vạch ấy rộng ở bên trái, hẹp dần về bên phải, vì
            xã ít phiếu dao động nhiều chỉ do may rủi. Trong giới hạn 95&nbsp;%: khác nhau như vậy là bình thường. Ngoài
            95&nbsp;%: đáng xem. Ngoài 99,8&nbsp;%: khác hẳn.
          </p>
          <p>
            Nếu mọi xã thật ra như nhau, trong 102 xã vẫn có khoảng 1 đến 4 xã ra ngoài giới hạn 95&nbsp;% do may rủi.
            Vì vậy “thấp hơn, cần xem” là lời mời tìm hiểu, không phải kết luận về xã.
          </p>
        </section>
        <section class="card padded">
          <h2>Hiệu ứng thiết kế và độ khác nhau thật</h2>
          <p>
            Một người trả lời vài tiêu chí, các câu của một người giống nhau: máy suy ra từ khoảng tin cậy của từng xã
            một phiếu đáng giá bao nhiêu câu trả lời độc lập, và dùng chung một mức cho cả tỉnh. Nếu các xã thật sự khác
            nhau nhiều hơn may rủi thì giới hạn được nới theo độ khác nhau chung đó, sau khi bỏ ảnh hưởng của một phần
            mười thấp nhất và cao nhất: chỉ xã khác với độ khác nhau thường thấy mới ra ngoài.
          </p>
          <p>
            Nguồn: D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202, và Quality and Safety in Health Care
            14 (2005) 347-351. Công thức: METHOD.md, mục 14.
          </p>
        </section>
        <section class="card padded">
          <h2>Số đã đổi sau khi khép kỳ</h2>
          <p>
            Số của một kỳ đã khép lẽ ra đứng yên. Mỗi ngày bảng này đọc lại các kỳ đã khép; số nào khác đi được giữ cả
            hai bản. Có báo cáo mới thay báo cáo đã duyệt thì ghi là đính chính, có định nghĩa chỉ tiêu mới thì ghi là
            đổi cách tính, còn lại ghi là chưa nêu lý do.
          </p>
        </section>
        <section class="card padded">
          <h2>Làm chứng cho sổ cái</h2>
          <p>
            Mỗi giờ bảng này đọc lần ký mới nhất của sổ cái từng xã, kiểm tra rằng sổ chỉ dài thêm, và nhớ lần ký đó. Sổ
            bị lùi, bị viết lại hay đổi khóa mà không bàn giao thì được nói ra, kèm cả hai lần ký. Bảng này không bao
            giờ thấy một phiếu nào.
          </p>
        </section>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

import type { TodayView } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { formatDay, shiftDay } from '../ui/format.ts'

/** A day without answers: on the first day it leads to the posters, later it only says so. */
export function EmptyDay({ view, firstDay }: { view: TodayView; firstDay: boolean }) {
  return (
    <section class="card empty-day">
      <h2>{titleOf(view)}</h2>
      {view.isToday && <p class="lead">Khi người dân trả lời, số phiếu hiện ngay ở đây, không cần tải lại trang.</p>}
      {view.isToday && <Steps />}
      <p class="empty-day-actions">
        {view.isToday && (
          <a class="button" href={links.places}>
            In tờ dán mã QR
          </a>
        )}
        {!firstDay && <a href={links.today(shiftDay(view.from, -1))}>Xem ngày trước đó</a>}
      </p>
    </section>
  )
}

function titleOf({ isToday, from, day }: TodayView): string {
  if (isToday) return 'Chưa có phiếu nào hôm nay'
  if (from === day) return `Ngày ${formatDay(day)} không có phiếu nào`
  return `Từ ${formatDay(from)} đến ${formatDay(day)} không có phiếu nào`
}

const Steps = () => (
  <ol class="steps">
    <li>
      <b>In tờ dán mã QR</b> cho từng quầy, phòng khám, trường: khổ A4, A5 hoặc phiếu nhỏ kẹp giấy hẹn.
    </li>
    <li>
      <b>Dán nơi dễ thấy</b>, ngang tầm mắt, chỗ người dân đứng chờ hoặc nhận kết quả.
    </li>
    <li>
      <b>Mời người dân quét</b> bằng Zalo hoặc camera điện thoại khi xong việc, rồi để người dân tự trả lời.
    </li>
  </ol>
)

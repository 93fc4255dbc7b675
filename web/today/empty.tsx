import type { Offer, TodayView } from '../../server/today/contract.ts'
import { links } from '../links.ts'
import { formatDay, formatWeekday } from '../ui/format.ts'

/** A day without answers: before the very first it leads to them, later it names the day that is shown instead. */
export function EmptyDay({ view }: { view: TodayView }) {
  const { isToday, lastOpen, offer } = view
  const silent = view.agencies.flatMap(({ places }) => places.filter((place) => place.silent).map(({ name }) => name))
  return (
    <section class="card empty-day">
      <h2>{titleOf(view)}</h2>
      {isToday && <p class="lead">Khi người dân trả lời, số phiếu hiện ngay ở đây, không cần tải lại trang.</p>}
      {silent.length > 0 && (
        <p>
          <b>Im lặng đã lâu trong giờ làm việc:</b> {silent.join('; ')}. Xin xem tờ dán mã QR còn ở quầy không.
        </p>
      )}
      {lastOpen && (
        <p>{`Dưới đây là ngày gần nhất có phiếu: ${formatWeekday(lastOpen.day)} ${formatDay(lastOpen.day)}.`}</p>
      )}
      {isToday && !lastOpen && <Steps offer={offer} />}
    </section>
  )
}

function titleOf({ isToday, from, day }: TodayView): string {
  if (isToday) return 'Chưa có phiếu nào hôm nay'
  if (from === day) return `Ngày ${formatDay(day)} không có phiếu nào`
  return `Từ ${formatDay(from)} đến ${formatDay(day)} không có phiếu nào`
}

/** Until the first answer ever; the button is one that this reader may press. */
const Steps = ({ offer }: { offer: Offer }) => (
  <>
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
    <p class="empty-day-actions">
      {offer === 'posters' && (
        <a class="button" href={links.places}>
          In tờ dán mã QR
        </a>
      )}
      {offer === 'tickets' && (
        <a class="button" href={links.tickets}>
          Phát phiếu một lần
        </a>
      )}
    </p>
  </>
)

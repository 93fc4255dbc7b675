import type { PlaceView } from '../../../server/today/place/contract.ts'
import { links } from '../../links.ts'
import { formatInteger } from '../../ui/format.ts'
import { reasonNames } from './reason-words.ts'

type SetAsideProps = { view: PlaceView; reasons: NonNullable<PlaceView['reasons']> }

/** What came in and does not count, by reason; who decided what stands on the page of review. */
export function SetAside({ view: { place, from, to, hasToday }, reasons }: SetAsideProps) {
  const closed = reasons.reduce((sum, { count }) => sum + count, 0)
  return (
    <section class="card" aria-labelledby="de-rieng">
      <h2 id="de-rieng" class="card-title">
        Phiếu để riêng, không tính vào điểm
      </h2>
      {closed > 0 && (
        <table class="figures-table">
          <thead>
            <tr>
              <th scope="col">Lý do</th>
              <th scope="col" class="number">
                Phiếu
              </th>
            </tr>
          </thead>
          <tbody>
            {reasons.map(({ reason, count }) => (
              <tr key={reason}>
                <th scope="row">{reasonNames[reason]}</th>
                <td class="number">{formatInteger(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="card-note">
        {closed === 0 && 'Không có phiếu nào phải để riêng trong các ngày đã khép. '}
        {hasToday &&
          place.setAside > closed &&
          `Hôm nay thêm ${formatInteger(place.setAside - closed)}, xem được từ ngày mai. `}
        <a href={links.review({ tu: from, den: to, diem: place.code })}>Xem phiếu để riêng của nơi này</a>
      </p>
    </section>
  )
}

import type { TicketRate } from '../../server/tickets/contract.ts'
import { links } from '../links.ts'
import { RateSentence } from './tickets-page.tsx'

type PlaceProofsProps = { code: string; rate: TicketRate; mayMake: boolean; mayEnrol: boolean }

/** On the place's page: what makes its answers believable, and how many of those served answered. */
export const PlaceProofs = ({ code, rate, mayMake, mayEnrol }: PlaceProofsProps) => (
  <section class="card padded place-funnel" id="kiem-chung">
    <h2>Phiếu có kiểm chứng</h2>
    <RateSentence rate={rate} />
    <p class="ticket-links">
      {mayMake && (
        <a class="button quiet" href={links.placeTickets(code)}>
          Phiếu một lần
        </a>
      )}
      {mayEnrol && (
        <a class="button quiet" href={links.placeDevices(code)}>
          Máy tính bảng, màn hình đặt tại chỗ
        </a>
      )}
    </p>
  </section>
)

import type { TicketRate } from '../../server/tickets/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { formatDay, formatInteger, formatPercent } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'

type PlaceLine = { code: string; name: string; fields: { code: string; name: string }[]; rate: TicketRate }

export type TicketsPageProps = {
  agencies: { name: string; places: PlaceLine[] }[]
  /** How many days a ticket is taken. */
  days: number
  may: { make: boolean; configure: boolean }
  shell: Shell
}

const title = 'Phiếu một lần'

/** Where a clerk gives out a ticket with one press, and others find the sheets. */
export function renderTicketsPage({ agencies, days, may, shell }: TicketsPageProps, assets: StaffAssets): string {
  const children = (
    <>
      <PageHead
        title={title}
        lead="Mỗi hồ sơ trả xong, đưa người dân một phiếu. Phiếu chứng tỏ người trả lời đã được phục vụ, và cho biết bao nhiêu phần trăm đã trả lời."
      />
      {agencies.length === 0 && <Notice kind="warning" title="Chưa có nơi phục vụ nào đang mở" />}
      {agencies.map(({ name, places }) => (
        <section class="ticket-agency" key={name}>
          <h2>{name}</h2>
          <ul class="ticket-places">
            {places.map((place) => (
              <PlaceItem key={place.code} place={place} mayMake={may.make} />
            ))}
          </ul>
        </section>
      ))}
      {may.configure && <DaysForm days={days} />}
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const PlaceItem = ({ place, mayMake }: { place: PlaceLine; mayMake: boolean }) => (
  <li class="card padded ticket-place">
    <h3>{place.name}</h3>
    <RateSentence rate={place.rate} />
    <form method="post" action={links.giveTicket(place.code)}>
      <FieldPick id={`linh-vuc-${place.code}`} fields={place.fields} />
      <button class="button" type="submit" aria-label={`Phát một phiếu của ${place.name}`}>
        Phát một phiếu
      </button>
    </form>
    {mayMake && (
      <p>
        <a href={links.placeTickets(place.code)} aria-label={`In nhiều phiếu, xem các đợt đã phát của ${place.name}`}>
          In nhiều phiếu, xem các đợt đã phát
        </a>
      </p>
    )}
  </li>
)

/** The true response rate of closed days. */
export const RateSentence = ({ rate: { given, used, rate } }: { rate: TicketRate }) => (
  <p class="ticket-rate">
    {given === 0 ? (
      '30 ngày qua chưa phát phiếu nào.'
    ) : rate === null ? (
      <>
        30 ngày qua phát <b>{formatInteger(given)}</b> phiếu; từ 20 phiếu mới tính tỷ lệ trả lời.
      </>
    ) : (
      <>
        30 ngày qua phát <b>{formatInteger(given)}</b> phiếu, <b>{formatInteger(used)}</b> phiếu được trả lời: tỷ lệ trả
        lời <b>{formatPercent(rate * 100)}</b>
      </>
    )}
  </p>
)

type FieldPickProps = { id: string; fields: { code: string; name: string }[]; chosen?: string }

export const FieldPick = ({ id, fields, chosen }: FieldPickProps) =>
  fields.length === 0 ? null : (
    <div class="field">
      <label for={id}>Lĩnh vực</label>
      <select class="pick" id={id} name="field">
        <option value="">Để người dân chọn</option>
        {fields.map(({ code, name }) => (
          <option key={code} value={code} selected={code === chosen}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )

const DaysForm = ({ days }: { days: number }) => (
  <form class="card padded ticket-days" method="post" action={links.ticketDays}>
    <Field
      name="days"
      label="Số ngày phiếu dùng được"
      hint="Tính từ ngày lập. Chỉ áp dụng cho phiếu lập từ nay về sau."
      value={String(days)}
      input={{ type: 'number', min: 1, max: 366, required: true }}
    />
    <button class="button quiet" type="submit">
      Lưu thời hạn
    </button>
  </form>
)

export type GivenPageProps = {
  place: { code: string; name: string }
  field: string
  expiresOn: string
  code: string
  link: string
  /** The symbol, drawn by our own server. */
  qr: string
  shell: Shell
}

/** One ticket, large enough to be scanned across the counter. */
export function renderGivenPage(
  { place, field, expiresOn, code, link, qr, shell }: GivenPageProps,
  assets: StaffAssets,
): string {
  const children = (
    <>
      <p class="back">
        <a href={links.tickets}>‹ {title}</a>
      </p>
      <PageHead title="Mời người dân quét mã này" lead={place.name} />
      <section class="card padded ticket-given">
        <div class="ticket-qr" dangerouslySetInnerHTML={{ __html: qr }} />
        <p class="ticket-link">{link.replace(/^https?:\/\//, '')}</p>
        <p>Dùng một lần, đến hết ngày {formatDay(expiresOn)}. Rời trang này thì mã không hiện lại.</p>
        <div class="ticket-actions">
          {(['80', '58'] as const).map((paper) => (
            <form key={paper} method="post" action={links.printTicket(place.code)} target="_blank" rel="noopener">
              <input type="hidden" name="ticket" value={code} />
              <button class="button quiet" type="submit" name="paper" value={paper}>
                In giấy {paper} mm
              </button>
            </form>
          ))}
          <form method="post" action={links.giveTicket(place.code)}>
            <input type="hidden" name="field" value={field} />
            <button class="button" type="submit">
              Phát phiếu tiếp theo
            </button>
          </form>
        </div>
      </section>
    </>
  )
  return renderStaffPage({ title: 'Phát một phiếu', shell, children }, assets)
}

import type { FunnelPeriod } from '../../server/places/contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { PlaceCard, type PlaceWithQr, posterSizes } from './card.tsx'
import { FunnelNote, FunnelPeriods } from './funnel.tsx'

export type PlacesPageProps = {
  agencies: { code?: string; name: string; places: PlaceWithQr[] }[]
  /** Of the openings shown with each place. */
  period?: FunnelPeriod
  /** PUBLIC_URL is not set: codes lead to this machine's address in the local network. */
  publicUrlMissing: boolean
  origin: string
  /** Whether codes are written in capitals only (a sparser code, where the reader app allows it). */
  capitals: boolean
  mayChange: boolean
  shell: Shell
}

const printForm = 'in-to-dan'

export function renderPlacesPage(props: PlacesPageProps, assets: StaffAssets): string {
  const title = 'Nơi phục vụ, mã QR'
  const agencies = props.agencies.filter(({ places }) => places.length > 0)
  const children = (
    <>
      <PageHead title={title} lead="Mỗi nơi phục vụ có một mã riêng. In tờ dán, đặt nơi người dân dễ thấy nhất.">
        {props.mayChange && <Additions />}
      </PageHead>
      {props.publicUrlMissing && <TrialNotice origin={props.origin} />}
      {agencies.length > 0 ? <PrintBar /> : <NoPlaces />}
      {agencies.length > 0 && props.period && <Openings period={props.period} />}
      {agencies.map((agency) => (
        <AgencyPlaces key={agency.name} {...agency} mayChange={props.mayChange} />
      ))}
      {props.mayChange && <QrSettings capitals={props.capitals} />}
    </>
  )
  return renderStaffPage({ title, shell: props.shell, islands: ['places'], children }, assets)
}

const Additions = () => (
  <p class="button-row">
    <a class="button" href={links.newPlace()}>
      Thêm nơi phục vụ
    </a>
    <a class="button quiet" href={links.importPlaces}>
      Nhập từ tệp
    </a>
  </p>
)

const Openings = ({ period }: { period: FunnelPeriod }) => (
  <section class="openings" aria-label="Mở trang và gửi phiếu">
    <FunnelPeriods period={period} linkTo={links.placesFor} />
    <FunnelNote />
  </section>
)

const TrialNotice = ({ origin }: { origin: string }) => (
  <Notice kind="warning" title="Tờ dán in lúc này mang dấu BẢN THỬ">
    <p>
      Mã đang dẫn tới <code>{origin}</code>, chỉ mở được trong mạng nội bộ này. Để in bản chính thức, xin đặt{' '}
      <code>PUBLIC_URL=https://tên-miền-của-xã</code> rồi khởi động lại Ý Dân.
    </p>
  </Notice>
)

const NoPlaces = () => (
  <Notice kind="warning" title="Đơn vị của Ông/Bà chưa có nơi phục vụ nào">
    <p>Xin báo người quản trị để lập nơi phục vụ và gắn với đơn vị.</p>
  </Notice>
)

const PrintBar = () => (
  <form id={printForm} class="print-bar card" method="get" action={links.posters([])}>
    <fieldset>
      <legend>In nhiều nơi vào một tệp PDF: đánh dấu các nơi bên dưới, chọn khổ rồi bấm in</legend>
      {posterSizes.map(({ size, label }, index) => (
        <label key={size} class="choice">
          <input type="radio" name="co" value={size} checked={index === 0} /> {label}
        </label>
      ))}
    </fieldset>
    <button type="submit" class="button">
      In các nơi đã chọn<span data-picked-count=""></span>
    </button>
  </form>
)

type AgencyPlacesProps = PlacesPageProps['agencies'][number] & { mayChange: boolean }

function AgencyPlaces({ code, name, places, mayChange }: AgencyPlacesProps) {
  const open = places.filter((place) => place.open).map(({ code }) => code)
  return (
    <section class="card agency-places">
      <div class="agency-places-head">
        <h2>{name}</h2>
        {open.length > 1 && (
          <p>
            In cả {formatInteger(open.length)} nơi đang mở:{' '}
            {posterSizes.map(({ size, label }) => (
              <a key={size} class="size-link" href={links.posters(open, size)}>
                {label}
              </a>
            ))}
          </p>
        )}
      </div>
      <ul class="place-cards">
        {places.map((place, index) => (
          <PlaceCard
            key={place.code}
            place={place}
            printForm={printForm}
            mayChange={mayChange}
            isFirst={index === 0}
            isLast={index === places.length - 1}
          />
        ))}
      </ul>
      {mayChange && code && (
        <p class="agency-places-foot">
          <a href={links.newPlace(code)}>Thêm nơi ở đơn vị này</a>
        </p>
      )}
    </section>
  )
}

const QrSettings = ({ capitals }: { capitals: boolean }) => (
  <section class="card padded">
    <h2>Cài đặt mã QR</h2>
    <form class="qr-settings" method="post" action={links.qrSettings}>
      <label class="choice">
        <input type="checkbox" name="capitals" value="yes" checked={capitals} />
        <span>
          Viết địa chỉ trong mã toàn chữ in hoa
          <small>
            Mã thưa hơn, dễ quét hơn khi in nhỏ. Chỉ nên bật sau khi đã thử quét một tờ bằng Zalo và bằng camera của vài
            loại điện thoại.
          </small>
        </span>
      </label>
      <button type="submit" class="button quiet">
        Lưu cài đặt
      </button>
    </form>
    <p class="after-form">
      <a href={links.firstRun}>Các bước bắt đầu</a>
    </p>
  </section>
)

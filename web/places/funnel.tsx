import type { Funnel, FunnelPeriod } from '../../server/places/contract.ts'
import { links } from '../links.ts'
import { formatInteger, formatPercent } from '../ui/format.ts'

const periodNames: Record<FunnelPeriod, string> = { '1': 'Hôm nay', '7': '7 ngày qua', '30': '30 ngày qua' }

type FunnelPeriodsProps = { period: FunnelPeriod; linkTo: (period: FunnelPeriod) => string }

export const FunnelPeriods = ({ period, linkTo }: FunnelPeriodsProps) => (
  <nav class="segments" aria-label="Thời gian đếm lượt mở trang">
    {(['1', '7', '30'] as const).map((one) => (
      <a key={one} href={linkTo(one)} aria-current={one === period ? 'page' : undefined}>
        {periodNames[one]}
      </a>
    ))}
  </nav>
)

export const FunnelNote = () => (
  <p class="funnel-note">
    Lượt mở trang đếm mỗi lần trang đánh giá được mở: mở hai lần là hai lượt. Riêng việc quét mã thì không máy nào thấy
    được. Tỷ lệ có thể quá 100&nbsp;% khi phiếu gửi chậm hoặc một trang gửi nhiều phiếu.
  </p>
)

/** "Mở trang 40 → gửi 30 phiếu (75,0 %)". */
export function FunnelSentence({ funnel }: { funnel: Funnel }) {
  const { opened, sent, share } = funnel
  return (
    <p class="funnel-sentence">
      Mở trang <b>{formatInteger(opened)}</b> → gửi <b>{formatInteger(sent)}</b> phiếu
      {share !== null && ` (${formatPercent(share * 100)})`}
    </p>
  )
}

const channelNames: Record<string, string> = {
  qr: 'Tờ dán mã QR',
  ticket: 'Phiếu nhỏ phát kèm kết quả',
  web: 'Liên kết, tin nhắn',
  kiosk: 'Máy đặt tại quầy',
}

type PlaceFunnelProps = { code: string; funnel: Funnel; period: FunnelPeriod }

export const PlaceFunnel = ({ code, funnel, period }: PlaceFunnelProps) => (
  <section class="card padded place-funnel" id="mo-trang">
    <h2>Mở trang → gửi phiếu</h2>
    <FunnelPeriods period={period} linkTo={(one) => `${links.placeFor(code, one)}#mo-trang`} />
    {funnel.lines.length > 0 ? <FunnelTable funnel={funnel} /> : <p>Chưa có lượt mở trang nào trong thời gian này.</p>}
    <FunnelNote />
  </section>
)

const FunnelTable = ({ funnel }: { funnel: Funnel }) => (
  <table class="listing funnel">
    <thead>
      <tr>
        <th scope="col">Cách vào</th>
        <th scope="col" class="number">
          Lượt mở trang
        </th>
        <th scope="col" class="number">
          Phiếu đã gửi
        </th>
        <th scope="col" class="number">
          Tỷ lệ gửi
        </th>
      </tr>
    </thead>
    <tbody>
      {funnel.lines.map(({ channel, ...line }) => (
        <FunnelRow key={channel} name={channelNames[channel] ?? channel} {...line} />
      ))}
      {funnel.lines.length > 1 && <FunnelRow name="Cộng" {...funnel} />}
    </tbody>
  </table>
)

type FunnelRowProps = { name: string; opened: number; sent: number; share: number | null }

const FunnelRow = ({ name, opened, sent, share }: FunnelRowProps) => (
  <tr>
    <th scope="row">{name}</th>
    <td class="number">
      <span class="narrow-only">Lượt mở trang: </span>
      {formatInteger(opened)}
    </td>
    <td class="number">
      <span class="narrow-only">Phiếu đã gửi: </span>
      {formatInteger(sent)}
    </td>
    <td class="number">
      <span class="narrow-only">Tỷ lệ gửi: </span>
      {share === null ? '—' : formatPercent(share * 100)}
    </td>
  </tr>
)

import type { DeviceKind, DeviceRow } from '../../server/tickets/contract.ts'
import { links } from '../links.ts'
import { Choices, type Problem, ProblemSummary } from '../places/form-parts.tsx'
import { Field } from '../ui/field.tsx'
import { formatDay } from '../ui/format.ts'
import { formatStamp } from '../ui/moment.ts'
import { PageHead } from '../ui/page-head.tsx'
import { problemAt } from '../ui/problem-fields.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { deviceNames } from './device-words.ts'

export type DevicesPageProps = {
  place: { code: string; name: string; agency: string }
  devices: DeviceRow[]
  nowIso: string
  /** The link just made: shown this once. */
  made?: { name: string; address: string; qr: string }
  problems?: Problem[]
  shell: Shell
}

/** Tablets and screens that stand at a place. */
export function renderDevicesPage(props: DevicesPageProps, assets: StaffAssets): string {
  const { place, devices, made, nowIso, problems = [], shell } = props
  const title = 'Máy đặt tại chỗ'
  const children = (
    <>
      <p class="back">
        <a href={links.place(place.code)}>‹ {place.name}</a>
      </p>
      <PageHead
        title={title}
        lead={`${place.name}, ${place.agency}. Phiếu từ máy đã đăng ký được ghi là có kiểm chứng; ai tự gõ địa chỉ ở nhà thì không.`}
      />
      <div class="column">
        <ProblemSummary problems={problems} />
        {made && <MadeCard {...made} />}
        <DeviceForm code={place.code} problems={problems} />
      </div>
      <section class="ticket-agency">
        <h2>Đã đăng ký</h2>
        {devices.length === 0 ? (
          <p>Chưa có máy nào.</p>
        ) : (
          <DeviceList code={place.code} devices={devices} nowIso={nowIso} />
        )}
      </section>
    </>
  )
  return renderStaffPage({ title, shell, islands: made ? ['places'] : [], children }, assets)
}

const MadeCard = ({ name, address, qr }: { name: string; address: string; qr: string }) => (
  <section class="card padded link-card">
    <h2>Mở trên máy “{name}”</h2>
    <div class="ticket-qr small" dangerouslySetInnerHTML={{ __html: qr }} />
    <div class="copyable" data-copyable="">
      <span class="copyable-label">Quét mã bằng chính máy ấy, hoặc gõ liên kết; dùng một lần, trong một giờ</span>
      <input type="text" readOnly value={address} aria-label={`Liên kết đăng ký máy ${name}`} />
    </div>
    <p class="field-hint">Liên kết chỉ hiện một lần trên trang này. Mở nhầm trên máy khác thì thu hồi rồi lập lại.</p>
  </section>
)

const kindHints: Record<DeviceKind, string> = {
  kiosk:
    'Người dân trả lời ngay trên máy, cả khi mất mạng một giờ. Cần Chrome 80 (năm 2020) trở lên; nên ghim trang toàn màn hình. Muốn mở lại máy cả khi mất mạng thì cần địa chỉ https.',
  screen: 'Hiện mã QR đổi sau mỗi 30 giây; dùng được máy cũ, ti vi có trình duyệt.',
  wall: 'Màn hình kết quả của đơn vị, mã QR đổi sau mỗi 30 giây.',
}

const DeviceForm = ({ code, problems }: { code: string; problems: Problem[] }) => (
  <form class="card padded" method="post" action={links.placeDevices(code)}>
    <h2>Đăng ký một máy</h2>
    <Field
      name="name"
      label="Tên máy"
      hint="Ví dụ: Máy tính bảng bàn số 2"
      value=""
      problem={problemAt(problems, 'name')}
      input={{ required: true, maxLength: 60, autocomplete: 'off' }}
    />
    <Choices
      name="kind"
      legend="Dùng làm gì"
      problem={problemAt(problems, 'kind')}
      chosen="kiosk"
      choices={(['kiosk', 'screen', 'wall'] as const).map((value) => ({
        value,
        label: deviceNames[value],
        hint: kindHints[value],
      }))}
    />
    <button class="button" type="submit">
      Lập liên kết
    </button>
  </form>
)

const DeviceList = ({ code, devices, nowIso }: { code: string; devices: DeviceRow[]; nowIso: string }) => (
  <ul class="card case-list">
    {devices.map((device) => (
      <li class="case-item" key={device.id}>
        <div class="case-item-said">
          <p>
            <b>{device.name}</b>
          </p>
          <p class="case-item-where">
            {deviceNames[device.kind]} · {device.madeBy} lập
            {device.enrolledAt && ` · đăng ký ${formatStamp(device.enrolledAt)}`}
            {device.seenOn && ` · dùng lần cuối ${formatDay(device.seenOn)}`}
          </p>
        </div>
        <div class="case-item-stand">
          <Standing device={device} nowIso={nowIso} />
          {!device.revokedAt && (
            <form method="post" action={links.revokeDevice(code, device.id)}>
              <button class="button small" type="submit" aria-label={`Thu hồi máy ${device.name}`}>
                Thu hồi
              </button>
            </form>
          )}
        </div>
      </li>
    ))}
  </ul>
)

function Standing({ device, nowIso }: { device: DeviceRow; nowIso: string }) {
  if (device.revokedAt) return <Tag>Đã thu hồi</Tag>
  if (device.enrolledAt) return <Tag kind="ok">Đang dùng</Tag>
  const isWaiting = device.linkExpiresAt !== null && Date.parse(device.linkExpiresAt) > Date.parse(nowIso)
  return <Tag kind="warn">{isWaiting ? 'Chờ mở liên kết' : 'Liên kết hết hạn'}</Tag>
}

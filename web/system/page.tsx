import { type ComponentChildren, Fragment } from 'preact'
import type { BackgroundState } from '../../server/background.ts'
import type { Health, SystemView } from '../../server/system/contract.ts'
import { describeLedger, LedgerConcerns, LedgerLink } from '../ledger/run-card.tsx'
import { links } from '../links.ts'
import { formatDay, formatInteger } from '../ui/format.ts'
import { formatStamp } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { backgroundNames, isFailing, sentenceOf } from './background-words.ts'

export type SystemPageProps = { view: SystemView; shell: Shell }

/** How the machine stands at this moment; reloading asks anew. */
export function renderSystemPage({ view, shell }: SystemPageProps, assets: StaffAssets): string {
  const title = 'Hệ thống'
  const children = (
    <>
      <PageHead title={title} lead={`Tình trạng lúc ${formatStamp(view.now)}.`}>
        <a class="button quiet system-again" href={links.system}>
          Xem lại bây giờ
        </a>
        <a class="button quiet system-again" href={links.firstRun}>
          Các bước bắt đầu
        </a>
        <a class="button quiet system-again" href={links.apiKeys}>
          Khóa API
        </a>
      </PageHead>
      <Concerns view={view} />
      <LedgerConcerns status={view.ledger} />
      <div class="system">
        <div>
          <Program view={view} />
          <Backup backup={view.backup} />
          <Background background={view.background} />
          <Card title="Sổ cái">
            <Fact name="Tình trạng">{describeLedger(view.ledger)}</Fact>
            <Fact name="Công khai tại">
              <LedgerLink />
            </Fact>
          </Card>
        </div>
        <div>
          <Storage view={view} />
          <Settings settings={view.settings} />
        </div>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

/** What somebody must do something about, first and in words. */
function Concerns({ view: { disk, backup, writes, clock, background } }: { view: SystemView }) {
  return (
    <>
      {!writes && (
        <Notice kind="problem" title="Hiện không ghi được phiếu">
          <p>
            Xin kiểm tra cơ sở dữ liệu có đang chạy và đĩa có còn chỗ không. Điện thoại người dân giữ phiếu lại và tự
            gửi sau.
          </p>
        </Notice>
      )}
      {disk && disk.health !== 'ok' && (
        <Notice
          kind={disk.health === 'alarm' ? 'problem' : 'warning'}
          title={`Đĩa chỉ còn ${formatBytes(disk.freeBytes)}`}
        >
          <p>Đĩa đầy thì không nhận được phiếu nữa. Xin chép các bản sao lưu cũ sang nơi khác và dọn đĩa.</p>
        </Notice>
      )}
      {backup.health !== 'ok' && (
        <Notice
          kind="warning"
          title={backup.last ? 'Bản sao lưu mới nhất đã cũ hơn hai ngày' : 'Chưa có bản sao lưu nào'}
        >
          <p>Máy hỏng lúc này thì mất các phiếu chưa sao lưu. Xin sao lưu mỗi ngày và cất một bản ở máy khác.</p>
        </Notice>
      )}
      {clock.isOff && (
        <Notice kind="warning" title={`Hai đồng hồ lệch nhau ${formatSeconds(clock.aheadMs)}`}>
          <p>
            Đồng hồ của cơ sở dữ liệu chạy {clock.aheadMs > 0 ? 'trước' : 'sau'} đồng hồ của máy chạy Ý Dân. Giờ ghi ở
            các trang có thể sai. Xin bật tự động chỉnh giờ (NTP) trên cả hai máy.
          </p>
        </Notice>
      )}
      {background.filter(isFailing).map((one) => (
        <Notice key={one.name} kind="warning" title={`Việc chạy nền chưa làm được: ${backgroundNames[one.name]}`}>
          <p>{sentenceOf(one)}</p>
        </Notice>
      ))}
    </>
  )
}

const Background = ({ background }: { background: BackgroundState[] }) => (
  <Card title="Việc chạy nền">
    {background.map((one) => (
      <Fact key={one.name} name={backgroundNames[one.name].replace(/^./, (letter) => letter.toUpperCase())}>
        {one.succeededAt ? formatStamp(one.succeededAt) : 'chưa lần nào'}{' '}
        <Tag kind={isFailing(one) ? 'warn' : 'ok'}>{isFailing(one) ? 'đang lỗi' : 'tốt'}</Tag>
      </Fact>
    ))}
  </Card>
)

const Program = ({ view }: { view: SystemView }) => (
  <Card title="Chương trình">
    <Fact name="Phiên bản">{view.version}</Fact>
    <Fact name="Bản mã nguồn">{view.codeVersion}</Fact>
    <Fact name="Chạy từ">
      {formatStamp(view.startedAt)} ({formatSpan(view.startedAt, view.now)})
    </Fact>
    <Fact name="Node.js">{view.nodeVersion}</Fact>
    <Fact name="Ghi phiếu">
      <Tag kind={view.writes ? 'ok' : 'warn'}>{view.writes ? 'đang ghi được' : 'không ghi được'}</Tag>
    </Fact>
  </Card>
)

const Storage = ({ view: { database, disk, now, clock } }: { view: SystemView }) => (
  <Card title="Cơ sở dữ liệu">
    <Fact name="PostgreSQL">{database.version}</Fact>
    <Fact name="Chạy từ">
      {formatStamp(database.startedAt)} ({formatSpan(database.startedAt, now)})
    </Fact>
    <Fact name="Đồng hồ">{clock.isOff ? `lệch ${formatSeconds(clock.aheadMs)}` : 'khớp với máy chạy Ý Dân'}</Fact>
    <Fact name="Dung lượng">{formatBytes(database.bytes)}</Fact>
    <Fact name="Kết nối">{`${formatInteger(database.connections)} trên ${formatInteger(database.mostConnections)}`}</Fact>
    <Fact name="Phiếu đã nhận">{formatInteger(database.responses)}</Fact>
    <Fact name="Tháng đã cộng sẵn">
      {database.lastRolledMonth
        ? `đến tháng ${formatDay(database.lastRolledMonth).slice(3)}`
        : 'chưa có tháng nào khép'}
    </Fact>
    <Fact name="Đĩa còn trống">
      {disk ? (
        <>
          {formatBytes(disk.freeBytes)} trên {formatBytes(disk.totalBytes)} <HealthTag health={disk.health} />
        </>
      ) : (
        'không đo được ở máy này'
      )}
    </Fact>
  </Card>
)

const Backup = ({ backup: { last, health } }: { backup: SystemView['backup'] }) => (
  <Card title="Sao lưu">
    <Fact name="Bản mới nhất">
      {last ? formatStamp(last.at) : 'chưa có bản sao lưu nào'} <HealthTag health={health} />
    </Fact>
    {last && <Fact name="Tệp">{last.file}</Fact>}
    {last && <Fact name="Dung lượng">{formatBytes(last.bytes)}</Fact>}
    {last && <Fact name="Số phiếu trong bản">{formatInteger(last.responses)}</Fact>}
  </Card>
)

const Settings = ({ settings }: { settings: SystemView['settings'] }) => (
  <Card title="Cài đặt đang dùng">
    {settings.map(({ name, value }) => (
      <Fact key={name} name={<WithBreaks name={name} />}>
        {value}
      </Fact>
    ))}
  </Card>
)

/** A long name breaks behind a stroke, never within a word. */
const WithBreaks = ({ name }: { name: string }) => (
  <>
    {name.split(/(?<=_)/).map((part) => (
      <Fragment key={part}>
        {part}
        <wbr />
      </Fragment>
    ))}
  </>
)

const Card = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="card padded">
    <h2>{title}</h2>
    <dl class="facts">{children}</dl>
  </section>
)

const Fact = ({ name, children }: { name: ComponentChildren; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

const HealthTag = ({ health }: { health: Health }) => (
  <Tag kind={health === 'ok' ? 'ok' : 'warn'}>
    {health === 'ok' ? 'tốt' : health === 'warn' ? 'cần chú ý' : 'phải xử lý ngay'}
  </Tag>
)

/** "1,2 GB", in powers of a thousand as disks are sold. */
function formatBytes(bytes: number): string {
  const units = ['byte', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** step
  return `${(value < 10 && step > 0 ? value.toFixed(1) : value.toFixed(0)).replace('.', ',')}\u00a0${units[step]}`
}

/** "8,2 giây", "3 giờ 20 phút": how far, whichever way. */
function formatSeconds(ms: number): string {
  const seconds = Math.abs(ms) / 1000
  if (seconds >= 120) return formatSpan(new Date(0).toISOString(), new Date(seconds * 1000).toISOString())
  return `${seconds.toFixed(1).replace('.', ',')} giây`
}

function formatSpan(from: string, to: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000))
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)]
  if (days > 0) return `${formatInteger(days)} ngày ${hours} giờ`
  return hours > 0 ? `${hours} giờ ${minutes % 60} phút` : `${minutes} phút`
}

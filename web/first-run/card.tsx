import type { ComponentChildren } from 'preact'
import type { FirstRunFacts, FirstRunView, FirstStepName, FirstStepState } from '../../server/first-run/contract.ts'
import { links } from '../links.ts'
import { formatInteger } from '../ui/format.ts'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'

export type FirstRunPageProps = { view: FirstRunView; shell: Shell }

export function renderFirstRunPage({ view, shell }: FirstRunPageProps, assets: StaffAssets): string {
  const title = 'Bắt đầu với Ý Dân'
  const children = (
    <>
      <PageHead
        title={title}
        lead="Bảy bước từ lúc cài đặt đến phiếu đầu tiên của người dân. Bước nào xong thì tự đánh dấu."
      />
      <FirstRun view={view} level="h2" />
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

/** On the landing page: the whole list above an empty day; once there are answers, what is left in one line. */
export const FirstRunCard = ({ view }: { view: FirstRunView }) =>
  view.facts.responses > 0 ? <FirstRunRest view={view} /> : <WholeCard view={view} />

const FirstRunRest = ({ view: { steps } }: { view: FirstRunView }) => {
  const open = steps.filter(({ state }) => state === 'todo' || state === 'look').length
  return (
    <p class="card first-run-rest">
      Thiết lập ban đầu còn {formatInteger(open)} trên {formatInteger(steps.length)} bước.{' '}
      <a href={links.firstRun}>Xem các bước còn lại</a>
    </p>
  )
}

const WholeCard = ({ view }: { view: FirstRunView }) => (
  <section class="first-run-card" aria-labelledby="bat-dau">
    <h2 id="bat-dau">Bắt đầu với Ý Dân</h2>
    <FirstRun view={view} level="h3" />
  </section>
)

type Heading = 'h2' | 'h3'

const FirstRun = ({ view: { facts, steps }, level }: { view: FirstRunView; level: Heading }) => {
  const settled = steps.filter(({ state }) => state === 'done' || state === 'skipped').length
  const next = steps.find(({ state }) => state === 'todo')?.name
  return (
    <div class="card first-run">
      <p class="first-run-count">
        Đã xong hoặc bỏ qua {formatInteger(settled)} trên {formatInteger(steps.length)} bước
      </p>
      <ol>
        {steps.map(({ name, state }) => (
          <Step key={name} name={name} state={state} facts={facts} isNext={name === next} level={level} />
        ))}
      </ol>
      <PutAway dismissed={facts.dismissed} />
    </div>
  )
}

type StepProps = { name: FirstStepName; state: FirstStepState; facts: FirstRunFacts; isNext: boolean; level: Heading }

function Step({ name, state, facts, isNext, level: Level }: StepProps) {
  const { title, text, link } = describers[name](facts)
  return (
    <li class={`first-step ${state}`}>
      <div class="first-step-head">
        <Level>{title}</Level>
        <Tag kind={state === 'done' ? 'ok' : state === 'todo' ? 'warn' : 'plain'}>{stateNames[state]}</Tag>
      </div>
      <p>{text}</p>
      <div class="first-step-actions">
        {link && (
          <a class={isNext ? 'button' : 'button quiet'} href={link.href}>
            {link.label}
          </a>
        )}
        {state === 'look' && <Check name={name} title={title} />}
        {state !== 'done' && <Skip name={name} isSkipped={state === 'skipped'} title={title} />}
      </div>
    </li>
  )
}

const stateNames: Record<FirstStepState, string> = {
  done: 'Đã có',
  todo: 'Chưa có',
  look: 'Xin xem lại',
  skipped: 'Bỏ qua',
}

/** The data cannot tell whether it is right: a person can, and the step ends. */
const Check = ({ name, title }: { name: FirstStepName; title: string }) => (
  <form method="post" action={links.firstRun}>
    <button type="submit" class="button small" name="check" value={name} aria-label={`${checkWords(name)}: ${title}`}>
      {checkWords(name)}
    </button>
  </form>
)

const checkWords = (name: FirstStepName): string => (name === 'method' ? 'Đã đọc' : 'Đã xem, đúng rồi')

const Skip = ({ name, isSkipped, title }: { name: FirstStepName; isSkipped: boolean; title: string }) => (
  <form method="post" action={links.firstRun}>
    <button
      type="submit"
      class="as-link"
      name={isSkipped ? 'unskip' : 'skip'}
      value={name}
      aria-label={`${isSkipped ? 'Làm lại bước này' : 'Bỏ qua'}: ${title}`}
    >
      {isSkipped ? 'Làm lại bước này' : 'Bỏ qua'}
    </button>
  </form>
)

const PutAway = ({ dismissed }: { dismissed: boolean }) => (
  <form class="first-run-foot" method="post" action={links.firstRun}>
    {dismissed ? (
      <button type="submit" class="as-link" name="show" value="yes">
        Hiện lại danh sách này ở trang đầu
      </button>
    ) : (
      <button type="submit" class="as-link" name="show" value="no">
        Không hiện danh sách này ở trang đầu nữa
      </button>
    )}
  </form>
)

type Described = { title: string; text: ComponentChildren; link: { href: string; label: string } | null }

const describers: Record<FirstStepName, (facts: FirstRunFacts) => Described> = {
  agencies: ({ openAgencies, coordinator }) => ({
    title: 'Đơn vị của xã đã đúng chưa',
    text: `${formatInteger(openAgencies)} đơn vị đang hoạt động; ${coordinator ? `${coordinator} theo dõi chỉ tiêu toàn xã` : 'chưa đơn vị nào theo dõi chỉ tiêu toàn xã'}.`,
    link: { href: links.agencies, label: 'Xem đơn vị' },
  }),
  places: ({ openPlaces }) => ({
    title: 'Nơi phục vụ: quầy, phòng khám, trường',
    text: `${formatInteger(openPlaces)} nơi đang mở. Xin sửa tên cho đúng, thêm trường còn thiếu; có nhiều thì nhập từ tệp Excel.`,
    link: { href: links.places, label: 'Xem nơi phục vụ' },
  }),
  posters: ({ qrOpenings, publicUrl }) => ({
    title: 'In tờ dán, treo ở quầy',
    text:
      qrOpenings > 0
        ? `Trang đánh giá đã được mở ${formatInteger(qrOpenings)} lượt từ tờ dán.`
        : publicUrl
          ? 'Chưa ai mở trang đánh giá từ tờ dán. Xin in, treo ngang tầm mắt rồi quét thử một tờ.'
          : 'Xin đặt địa chỉ công khai trước: tờ dán in lúc này mang chữ BẢN THỬ và phải in lại.',
    link: { href: links.places, label: 'In tờ dán' },
  }),
  colleagues: ({ colleagues }) => ({
    title: 'Mời đồng nghiệp',
    text:
      colleagues > 0
        ? `Ngoài Ông/Bà còn ${formatInteger(colleagues)} tài khoản.`
        : 'Mới có một tài khoản. Mỗi người nên có tài khoản riêng, để biết ai đã làm gì.',
    link: { href: links.inviteStaff, label: 'Mời cán bộ' },
  }),
  address: ({ publicUrl }) => ({
    title: 'Địa chỉ công khai',
    text: publicUrl ? (
      <>
        Mã QR dẫn tới <code>{publicUrl}</code>.
      </>
    ) : (
      <>
        Mã QR mới chỉ mở được trong mạng nội bộ, tờ dán mang dấu BẢN THỬ. Xin đặt{' '}
        <code>PUBLIC_URL=https://tên-miền-của-xã</code> rồi khởi động lại.
      </>
    ),
    link: { href: links.system, label: 'Xem cài đặt' },
  }),
  trial: ({ responses, trialPlace }) => ({
    title: 'Thử một phiếu',
    text:
      responses > 0
        ? `Đã nhận ${formatInteger(responses)} phiếu.`
        : 'Xin mở một nơi và trả lời như người dân. Phiếu thử cũng được tính; sau đó để riêng ở phần Phiếu để riêng.',
    link: trialPlace ? { href: links.survey(trialPlace, 'web'), label: 'Mở phiếu' } : null,
  }),
  method: () => ({
    title: 'Đọc phương pháp',
    text: 'Điểm hài lòng tính thế nào, khi nào được nói “đạt”, vì sao đôi khi chưa kết luận được.',
    link: { href: links.method, label: 'Đọc phương pháp' },
  }),
}

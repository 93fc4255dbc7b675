import type { ComponentChildren } from 'preact'
import type { Role, Section, Shell } from '../../server/shell-contract.ts'
import { boardLinks } from '../board-links.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'

/** Where the built style sheet and islands are served. */
export type StaffAssets = { styleHref: string; scriptHref: (island: string) => string }

export type { Section, Shell }

export type StaffPageProps = {
  title: string
  shell: Shell
  /** Names of the islands this page runs. */
  islands?: string[]
  refreshWithoutScript?: number
  children: ComponentChildren
}

const productName = 'Ý Dân'

export function renderStaffPage(
  { title, shell, islands = [], children, ...rest }: StaffPageProps,
  assets: StaffAssets,
) {
  return renderDocument({
    ...rest,
    title: `${title} · ${productName}`,
    lang: 'vi',
    style: { href: assets.styleHref },
    scriptHrefs: islands.map(assets.scriptHref),
    children: (
      <div class="shell">
        <SkipLink />
        {shell.demo && <DemoBand />}
        <Sidebar shell={shell} />
        <main id="noi-dung" tabIndex={-1}>
          {children}
        </main>
      </div>
    ),
  })
}

/** A page outside the navigation: signing in, an error before signing in. */
export function renderBarePage(title: string, demo: boolean, children: ComponentChildren, assets: StaffAssets) {
  return renderDocument({
    title: `${title} · ${productName}`,
    lang: 'vi',
    style: { href: assets.styleHref },
    children: (
      <div class="bare">
        {demo && <DemoBand />}
        <main class="bare-main">
          <p class="bare-brand">
            <Mark /> {productName}
          </p>
          {children}
        </main>
      </div>
    ),
  })
}

const SkipLink = () => (
  <a class="skip" href="#noi-dung">
    Đến nội dung chính
  </a>
)

const DemoBand = () => (
  <aside class="demo-band" aria-label="Dữ liệu mẫu">
    <strong>DỮ LIỆU MẪU</strong> <span>Số liệu dựng sẵn để xem thử, không phải ý kiến của người dân.</span>
  </aside>
)

export const roleNames: Record<Role, string> = {
  administrator: 'Quản trị',
  manager: 'Phụ trách đơn vị',
  clerk: 'Cán bộ tiếp nhận',
  interviewer: 'Điều tra viên',
  leader: 'Lãnh đạo xã',
  auditor: 'Kiểm tra, giám sát',
}

/** A leader is whose body it is. */
const roleName = ({ role, ofProvince }: Shell): string =>
  ofProvince && role === 'leader' ? 'Lãnh đạo' : roleNames[role]

type NavItem = { section: Section; href: string; label: string }

const groups: { title?: string; items: NavItem[] }[] = [
  {
    items: [
      { section: 'province', href: boardLinks.board(), label: 'Toàn tỉnh' },
      { section: 'today', href: links.today(), label: 'Hôm nay' },
      { section: 'health', href: links.healthResults(), label: 'Y tế' },
      { section: 'commune', href: links.commune(), label: 'Toàn xã' },
      { section: 'indicators', href: links.indicators(), label: 'Chỉ tiêu' },
      { section: 'cases', href: links.cases(), label: 'Ý kiến' },
      { section: 'review', href: links.review(), label: 'Phiếu để riêng' },
      { section: 'reports', href: links.reports(), label: 'Báo cáo' },
      { section: 'exports', href: links.exports(), label: 'Xuất dữ liệu' },
      { section: 'waves', href: links.waves, label: 'Đợt khảo sát' },
      { section: 'entries', href: links.entries, label: 'Nhập phiếu' },
      { section: 'visits', href: links.visits(), label: 'Lượt phục vụ' },
      { section: 'tickets', href: links.tickets, label: 'Phiếu một lần' },
    ],
  },
  {
    title: 'Thiết lập',
    items: [
      { section: 'communes', href: boardLinks.communes, label: 'Các xã, phường' },
      { section: 'places', href: links.places, label: 'Nơi phục vụ, mã QR' },
      { section: 'agencies', href: links.agencies, label: 'Đơn vị' },
      { section: 'questionnaires', href: links.questionnaires, label: 'Bộ câu hỏi' },
      { section: 'staff', href: links.staff, label: 'Cán bộ' },
      { section: 'audit', href: links.audit(), label: 'Nhật ký' },
      { section: 'system', href: links.system, label: 'Hệ thống' },
    ],
  },
  { items: [{ section: 'account', href: links.account, label: 'Tài khoản của tôi' }] },
]

function Sidebar({ shell }: { shell: Shell }) {
  return (
    <header class="sidebar">
      <a class="brand" href={links.home}>
        <Mark /> {productName}
      </a>
      {/* On a narrow screen the list opens by its own box: no script, and a keyboard reaches it. */}
      <input class="nav-toggle" id="nav-open" type="checkbox" />
      <label class="nav-button" for="nav-open">
        Các mục
      </label>
      <nav aria-label="Các phần">
        {groups.map(({ title, items }) => {
          const open = items.filter(({ section }) => shell.sections.includes(section))
          return (
            open.length > 0 && (
              <>
                {title && <p class="nav-group">{title}</p>}
                {open.map((item) => (
                  <NavLink {...item} current={shell.current} />
                ))}
              </>
            )
          )
        })}
        {!shell.ofProvince && <a href={links.publicResults}>Trang kết quả công khai</a>}
      </nav>
      <form class="sign-out" method="post" action={links.signOut}>
        <span class="sign-out-user">
          <a href={links.account} aria-current={shell.current === 'account' ? 'page' : undefined}>
            {shell.user}
          </a>
          <span class="sign-out-role">{roleName(shell)}</span>
        </span>
        <button type="submit">Đăng xuất</button>
      </form>
    </header>
  )
}

type NavLinkProps = NavItem & { current: Section | null }

function NavLink({ section, href, current, label }: NavLinkProps) {
  return (
    <a href={href} aria-current={section === current ? 'page' : undefined}>
      {label}
    </a>
  )
}

const Mark = () => (
  <svg class="brand-mark" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <path d="M4 6h20v13H13l-5 4.500v-4.500H4z" />
    <path d="M9 12.500q5 4.500 10 0" />
  </svg>
)

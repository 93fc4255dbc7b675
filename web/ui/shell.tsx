import type { ComponentChildren } from 'preact'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'

/** Where the built style sheet and islands are served. */
export type StaffAssets = { styleHref: string; scriptHref: (island: string) => string }

export type Section = 'today' | 'indicators' | 'visits' | 'waves' | 'places' | 'questionnaires'

/** What every page of signed-in staff carries around its content. */
export type Shell = { user: string; current: Section; demo: boolean }

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

function Sidebar({ shell }: { shell: Shell }) {
  return (
    <header class="sidebar">
      <a class="brand" href={links.home}>
        <Mark /> {productName}
      </a>
      <nav aria-label="Các phần">
        <NavLink section="today" href={links.today()} current={shell.current} label="Hôm nay" />
        <NavLink section="indicators" href={links.indicators()} current={shell.current} label="Chỉ tiêu" />
        <NavLink section="waves" href={links.waves} current={shell.current} label="Đợt khảo sát" short="Đợt" />
        <NavLink section="visits" href={links.visits()} current={shell.current} label="Lượt phục vụ" short="Lượt" />
        <p class="nav-group">Thiết lập</p>
        <NavLink
          section="places"
          href={links.places}
          current={shell.current}
          label="Điểm phục vụ, mã QR"
          short="Mã QR"
        />
        <NavLink section="questionnaires" href={links.questionnaires} current={shell.current} label="Bộ câu hỏi" />
      </nav>
      <form class="sign-out" method="post" action={links.signOut}>
        <span class="sign-out-user">{shell.user}</span>
        <button type="submit">Đăng xuất</button>
      </form>
    </header>
  )
}

type NavLinkProps = { section: Section; href: string; current: Section; label: string; short?: string }

function NavLink({ section, href, current, label, short }: NavLinkProps) {
  return (
    <a href={href} aria-current={section === current ? 'page' : undefined}>
      {short ? <NavWords label={label} short={short} /> : label}
    </a>
  )
}

/** On a phone the row of links holds short names only; style shows one of the two. */
const NavWords = ({ label, short }: { label: string; short: string }) => (
  <>
    <span class="nav-label">{label}</span>
    <span class="nav-short">{short}</span>
  </>
)

const Mark = () => (
  <svg class="brand-mark" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <path d="M4 6h20v13H13l-5 4.500v-4.500H4z" />
    <path d="M9 12.500q5 4.500 10 0" />
  </svg>
)

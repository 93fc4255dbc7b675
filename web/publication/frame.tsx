import type { ComponentChildren } from 'preact'
import type { PublicBasis } from '../../server/publication/public-contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { type Heading, headings } from './words.ts'

type FrameProps = { title: string; demo: boolean; lead: ComponentChildren; back?: boolean; children: ComponentChildren }

/** The frame of every page for the public: no script, no cookie, one file of style. */
export function renderPublicFrame({ title, demo, lead, back, children }: FrameProps, styleHref: string): string {
  return renderDocument({
    title: `${title} · Ý Dân`,
    lang: 'vi',
    style: { href: styleHref },
    children: (
      <main class="public">
        {demo && <p class="public-demo">DỮ LIỆU MẪU: trang xem thử, không phải số liệu của người dân.</p>}
        <header>
          <p class="public-brand">
            <Mark /> {back ? <a href={links.publicResults}>Ý Dân · Kết quả công khai</a> : 'Ý Dân · Kết quả công khai'}
          </p>
          <h1>{title}</h1>
          <p class="public-lead">{lead}</p>
        </header>
        {children}
        <PublicFooter />
      </main>
    ),
  })
}

/** A heading in the three languages of the commune; the rest is Vietnamese. */
export const Section = ({ heading, children }: { heading: Heading; children: ComponentChildren }) => (
  <section aria-labelledby={heading}>
    <h2 id={heading}>
      {headings[heading].vi}
      <small>
        <span lang="en">{headings[heading].en}</span> <span lang="km">{headings[heading].km}</span>
      </small>
    </h2>
    {children}
  </section>
)

/** Which days the figures are of, and what is left out of them. */
export const Basis = ({ from, closed }: PublicBasis) => (
  <>
    Số liệu từ {formatDay(from)} đến hết {formatDay(closed)}. Số nào dựa trên ít hơn 5 phiếu thì không công bố riêng, để
    không ai bị nhận ra.
  </>
)

const PublicFooter = () => (
  <footer>
    <a href={links.method}>Con số được tính thế nào</a>
    <a href={links.openData}>Tải dữ liệu mở</a>
    <a href={links.ledger}>Sổ cái</a>
  </footer>
)

const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <path d="M4 6h20v13H13l-5 4.500v-4.500H4z" />
    <path d="M9 12.500q5 4.500 10 0" />
  </svg>
)

import type { PublicReport } from '../../server/publication/public-contract.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { renderPublicFrame, Section } from './frame.tsx'

export type PublicReportPageProps = { view: PublicReport; demo: boolean }

/** A published report, to take home; its hash tells a copy from a changed one. */
export function renderPublicReportPage({ view, demo }: PublicReportPageProps, styleHref: string): string {
  const lead = (
    <>
      {view.issuer} · từ {formatDay(view.from)} đến {formatDay(view.to)}
      {view.version > 1 && ` · bản thứ ${view.version}, thay thế các bản trước`}
    </>
  )
  const children = (
    <Section heading="files">
      <ul class="public-files">
        <li>
          <a href={links.publicReportFile(view.id, 'pdf')}>Bản PDF</a>
        </li>
        <li>
          <a href={links.publicReportFile(view.id, 'docx')}>Bản Word</a>
        </li>
      </ul>
      <p class="public-small">
        Mã kiểm tra (SHA-256): <code>{view.hash}</code>
      </p>
    </Section>
  )
  return renderPublicFrame({ title: view.subject, demo, lead, back: true, children }, styleHref)
}

import type { Language } from '../../server/catalogue/contract.ts'
import type { PublicReport } from '../../server/publication/public-contract.ts'
import type { PageDocument } from '../../server/reports/record-contract.ts'
import { links } from '../links.ts'
import { ReportDocumentView } from '../reports/document.tsx'
import { formatDay } from '../ui/format.ts'
import { Part, renderPublicFrame } from './frame.tsx'
import { publicWordsIn } from './languages/words.ts'

export type PublicReportPageProps = { view: PublicReport; document: PageDocument; demo: boolean; language: Language }

/** A published report, to read here or to take home; its hash tells a copy from a changed one. */
export function renderPublicReportPage(props: PublicReportPageProps, styleHref: string): string {
  const { view, document, demo, language } = props
  const words = publicWordsIn(language)
  const lead = (
    <>
      <span lang="vi">{view.issuer}</span> · {words.reportDays(formatDay(view.from), formatDay(view.to))}
      {view.version > 1 && ` · ${words.replaces(view.version)}`}
    </>
  )
  const children = (
    <>
      <Part id="files" title={words.files}>
        <ul class="public-files">
          <li>
            <a href={links.publicReportFile(view.id, 'pdf')}>{words.pdf}</a>
          </li>
          <li>
            <a href={links.publicReportFile(view.id, 'docx')}>{words.word}</a>
          </li>
        </ul>
        <p class="public-small">
          {words.hash}: <code>{view.hash}</code>
        </p>
        {words.inVietnamese && <p class="public-small">{words.inVietnamese}</p>}
      </Part>
      <div lang="vi">
        <ReportDocumentView page={document} />
      </div>
    </>
  )
  const page = {
    title: view.subject,
    lead,
    hrefIn: (other: Language) => links.publicReport(view.id, other),
    demo,
    language,
    back: true,
    children,
  }
  return renderPublicFrame(page, styleHref)
}

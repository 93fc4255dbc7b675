import type { Language } from '../../server/catalogue/contract.ts'
import type { PublicReport } from '../../server/publication/public-contract.ts'
import type { PageDocument } from '../../server/reports/record-contract.ts'
import { links } from '../links.ts'
import { Blocks, Letterhead, ReportDocumentView } from '../reports/document.tsx'
import { formatDay } from '../ui/format.ts'
import { wholePage } from '../ui/sections/sections.tsx'
import { Part, renderPublicFrame } from './frame.tsx'
import { publicWordsIn } from './languages/words.ts'
import { contentsOf, partsOfReport, type ReportPart, reportOpening } from './report-parts.ts'

export type PublicReportPageProps = {
  view: PublicReport
  document: PageDocument
  demo: boolean
  language: Language
  /** A part's key, `reportOpening` or `wholePage`. */
  section: string
}

/** A published report, to read here part by part or to take home; its hash tells a copy from a changed one. */
export function renderPublicReportPage(props: PublicReportPageProps, styleHref: string): string {
  const { view, demo, language, section } = props
  const words = publicWordsIn(language)
  const named = section === reportOpening ? undefined : section
  const lead = (
    <>
      <span lang="vi">{view.issuer}</span> · {words.reportDays(formatDay(view.from), formatDay(view.to))}
      {view.version > 1 && ` · ${words.replaces(view.version)}`}
    </>
  )
  const hrefIn = (other: Language) => links.publicReport(view.id, other, named)
  const part = partsOfReport(props.document).parts.find(({ key }) => key === section)
  const children = <Shown {...props} />
  const page = { title: view.subject, titleLanguage: 'vi' as const, lead, hrefIn, demo, language, back: true, children }
  return renderPublicFrame(part ? { ...page, ...headOf(part, props) } : page, styleHref)
}

/** A part is named by itself; whose it is stands small above it, as the way back. */
const headOf = ({ label, under }: ReportPart, { view, language }: PublicReportPageProps) => ({
  title: label,
  lead: (
    <span lang="vi">
      <a href={links.publicReport(view.id, language)}>‹ {view.subject}</a>
      {under && under !== label && `. ${under}`}
    </span>
  ),
})

function Shown(props: PublicReportPageProps) {
  const { document, section } = props
  const { parts } = partsOfReport(document)
  const at = parts.findIndex(({ key }) => key === section)
  if (section === wholePage)
    return (
      <div lang="vi">
        <ReportDocumentView page={document} />
      </div>
    )
  return at < 0 ? <Opening {...props} /> : <OnePart {...props} parts={parts} at={at} />
}

function Opening(props: PublicReportPageProps) {
  const { document } = props
  const { opening, parts } = partsOfReport(document)
  return (
    <>
      <Contents {...props} parts={parts} />
      <article class="card report-document" lang="vi">
        <Letterhead page={document} />
        <h2 class="report-title">
          {document.type} <span>{document.subject}</span>
        </h2>
        <Blocks body={opening} />
      </article>
      <Files {...props} />
    </>
  )
}

type PartsProps = PublicReportPageProps & { parts: ReportPart[] }

function Contents({ view, language, parts }: PartsProps) {
  const words = publicWordsIn(language)
  const link = ({ key, label }: ReportPart) => <a href={links.publicReport(view.id, language, key)}>{label}</a>
  return (
    <Part id="contents" title={words.contents}>
      <ol class="public-contents" lang="vi">
        {contentsOf(parts).map(({ title, href, sections }) => (
          <li key={title}>
            {href ? link(href) : <b>{title}</b>}
            {sections.length > 0 && (
              <ol>
                {sections.map((one) => (
                  <li key={one.key}>{link(one)}</li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
    </Part>
  )
}

function OnePart({ view, language, parts, at }: PartsProps & { at: number }) {
  const words = publicWordsIn(language)
  const [part, next] = [parts[at] as ReportPart, parts[at + 1]]
  return (
    <>
      <article class="card report-document" lang="vi">
        <Blocks body={part.blocks} />
      </article>
      {next && (
        <p class="public-turn">
          <a href={links.publicReport(view.id, language, next.key)}>
            {words.nextPart}: <span lang="vi">{next.label}</span> ›
          </a>
        </p>
      )}
    </>
  )
}

function Files({ view, language }: PublicReportPageProps) {
  const words = publicWordsIn(language)
  return (
    <Part id="files" title={words.files}>
      <ul class="public-files">
        <li>
          <a href={links.publicReportFile(view.id, 'pdf')}>{words.pdf}</a>
        </li>
        <li>
          <a href={links.publicReportFile(view.id, 'docx')}>{words.word}</a>
        </li>
        <li>
          <a href={links.publicReport(view.id, language, wholePage)}>{words.whole}</a>
        </li>
      </ul>
      <p class="public-small">
        {words.hash}: <code>{view.hash}</code>
      </p>
      {words.inVietnamese && <p class="public-small">{words.inVietnamese}</p>}
    </Part>
  )
}

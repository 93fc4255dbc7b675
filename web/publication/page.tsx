import type { Language } from '../../server/catalogue/contract.ts'
import type { PublicReport, PublicView } from '../../server/publication/public-contract.ts'
import { formatParts } from '../indicators/words.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { FindReply, Part, renderPublicFrame } from './frame.tsx'
import type { PublicWords } from './languages/vi.ts'
import { numbersIn, publicWordsIn } from './languages/words.ts'
import { Improvements, PublicIndicators, PublicMonths, ScoreTable } from './parts.tsx'
import { communeSections, type PublicKey } from './sections.ts'

export type PublicPageProps = { view: PublicView; demo: boolean; language: Language; section: string }

/** The commune's results for everybody: published figures only. */
export function renderPublicPage(props: PublicPageProps, styleHref: string): string {
  const { view, demo, language, section } = props
  const words = publicWordsIn(language)
  const sections = communeSections(words)
  const named = section === sections[0]?.key ? undefined : section
  const children = (
    <>
      <FindReply language={language} />
      <SectionRow
        sections={sections}
        current={section}
        hrefOf={(one) => links.results(language, one)}
        label={words.sectionsOf}
        wholeLabel={words.whole}
      />
      <Parts {...props} words={words} />
    </>
  )
  const lead = words.basis(formatDay(view.from), formatDay(view.closed))
  const hrefIn = (other: Language) => links.results(other, named)
  return renderPublicFrame({ title: words.title(view.commune), demo, lead, language, hrefIn, children }, styleHref)
}

function Parts({ view, language, section, words }: PublicPageProps & { words: PublicWords }) {
  const shows = (key: PublicKey) => section === wholePage || section === key
  return (
    <>
      {shows('chi-tieu') && (
        <>
          <Part id="indicators" title={words.sections.indicators}>
            <PublicIndicators indicators={view.indicators} language={language} />
          </Part>
          <Sure words={words} />
        </>
      )}
      {shows('co-quan') && (
        <Part id="agencies" title={words.sections.agencies}>
          <ScoreTable
            caption={words.agenciesCaption}
            language={language}
            rows={view.agencies.map(({ code, name, score }) => ({
              name,
              score,
              href: links.agencyResults(code, language),
            }))}
          />
        </Part>
      )}
      {shows('thang') && <PublicMonths months={view.months} about={words.monthsAbout} language={language} />}
      {shows('cach-tra-loi') && <Channels view={view} language={language} />}
      {shows('da-lam') && <Improvements improvements={view.improvements} language={language} />}
      {shows('bao-cao') && <Reports reports={view.reports} language={language} />}
    </>
  )
}

const Sure = ({ words }: { words: PublicWords }) => (
  <Part id="sure" title={words.sure}>
    {words.sureWords.map((sentence) => (
      <p key={sentence}>{sentence}</p>
    ))}
    <p>
      <a href={links.method}>{words.method}</a>
    </p>
  </Part>
)

function Channels({ view: { channels, setAside }, language }: Pick<PublicPageProps, 'view' | 'language'>) {
  const [words, numbers] = [publicWordsIn(language), numbersIn(language)]
  const counts = channels.map(({ responses }) => responses)
  const all = counts.reduce((sum, responses) => sum + responses, 0)
  const shares = formatParts(counts).map((share) => share.replace('dưới', words.under))
  const nameOf = (channel: string) => words.channels[channel] ?? channel
  return (
    <Part id="channels" title={words.sections.channels}>
      {all === 0 ? (
        <p>{words.tooFew}</p>
      ) : (
        <ul class="public-channels">
          {channels.map(({ channel, responses }, index) => (
            <li key={channel}>
              <span>{nameOf(channel)}</span>
              <meter min={0} max={all} value={responses} aria-label={nameOf(channel)} />
              <span>
                {shares[index]} · {words.responses(numbers.integer(responses))}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="public-small">{setAside > 0 ? words.setAside(numbers.integer(setAside)) : words.fewSetAside}</p>
    </Part>
  )
}

function Reports({ reports, language }: { reports: PublicReport[]; language: Language }) {
  const words = publicWordsIn(language)
  return (
    <Part id="reports" title={words.sections.reports}>
      {reports.length === 0 ? (
        <p>{words.noReports}</p>
      ) : (
        <ul class="public-reports">
          {reports.map(({ id, subject, issuer, from, to }) => (
            <li key={id}>
              <a href={links.publicReport(id, language)} lang="vi">
                {subject}
              </a>
              <p class="public-small">
                <span lang="vi">{issuer}</span> · {words.reportDays(formatDay(from), formatDay(to))}
              </p>
            </li>
          ))}
        </ul>
      )}
      {reports.length > 0 && words.inVietnamese && <p class="public-small">{words.inVietnamese}</p>}
    </Part>
  )
}

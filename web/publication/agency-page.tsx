import type { Language } from '../../server/catalogue/contract.ts'
import type { PublicAgencyView } from '../../server/publication/public-contract.ts'
import { links } from '../links.ts'
import { formatDay } from '../ui/format.ts'
import { SectionRow, wholePage } from '../ui/sections/sections.tsx'
import { Part, renderPublicFrame } from './frame.tsx'
import { numbersIn, publicWordsIn } from './languages/words.ts'
import { Improvements, PublicIndicators, PublicMonths, ScoreTable } from './parts.tsx'
import { agencySections, type PublicKey } from './sections.ts'

export type PublicAgencyPageProps = { view: PublicAgencyView; demo: boolean; language: Language; section: string }

/** One agency's results for everybody. */
export function renderPublicAgencyPage(props: PublicAgencyPageProps, styleHref: string): string {
  const { view, demo, language, section } = props
  const words = publicWordsIn(language)
  const sections = agencySections(words)
  const named = section === sections[0]?.key ? undefined : section
  const children = (
    <>
      {view.places.length > 0 && <Whole view={view} language={language} />}
      <SectionRow
        sections={sections}
        current={section}
        hrefOf={(one) => links.agencyResults(view.code, language, one)}
        label={words.sectionsOf}
        wholeLabel={words.whole}
      />
      <Parts {...props} />
    </>
  )
  const lead = words.basis(formatDay(view.from), formatDay(view.closed))
  const hrefIn = (other: Language) => links.agencyResults(view.code, other, named)
  return renderPublicFrame({ title: view.name, demo, lead, back: true, language, hrefIn, children }, styleHref)
}

function Parts({ view, language, section }: PublicAgencyPageProps) {
  const words = publicWordsIn(language)
  const shows = (key: PublicKey) => section === wholePage || section === key
  return (
    <>
      {shows('diem') && (
        <Part id="places" title={words.sections.places}>
          <ScoreTable caption={words.placesCaption} rows={view.places} language={language} />
        </Part>
      )}
      {shows('chi-tieu') && (
        <Part id="indicators" title={words.sections.indicators}>
          <PublicIndicators indicators={view.indicators} language={language} />
        </Part>
      )}
      {shows('thang') && (
        <PublicMonths months={view.months} about={words.monthsAboutAgency(view.name)} language={language} />
      )}
      {shows('da-lam') && <Improvements improvements={view.improvements} language={language} />}
    </>
  )
}

function Whole({ view: { score }, language }: Pick<PublicAgencyPageProps, 'view' | 'language'>) {
  const [{ agencyWhole }, numbers] = [publicWordsIn(language), numbersIn(language)]
  if (!score || score.score === null || score.lower === null || score.upper === null)
    return <p class="public-whole">{agencyWhole.none}</p>
  const interval = numbers.interval(score.lower, score.upper)
  return (
    <p class="public-whole">
      {agencyWhole.score(numbers.percent(score.score), numbers.integer(score.responses), interval)}
    </p>
  )
}

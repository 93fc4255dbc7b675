import type { PublicAgencyView } from '../../server/publication/public-contract.ts'
import { formatInteger, formatInterval, formatPercent } from '../ui/format.ts'
import { Basis, renderPublicFrame, Section } from './frame.tsx'
import { Improvements, PublicIndicators, PublicMonths, ScoreTable } from './parts.tsx'
import { hiddenWords } from './words.ts'

export type PublicAgencyPageProps = { view: PublicAgencyView; demo: boolean }

/** One agency's results for everybody. */
export function renderPublicAgencyPage({ view, demo }: PublicAgencyPageProps, styleHref: string): string {
  const children = (
    <>
      {view.places.length > 0 && <Whole view={view} />}
      {view.indicators.length > 0 && (
        <Section heading="indicators">
          <PublicIndicators indicators={view.indicators} />
        </Section>
      )}
      {view.places.length > 0 && (
        <>
          <Section heading="places">
            <ScoreTable caption="Điểm của từng điểm phục vụ từ đầu năm" rows={view.places} />
          </Section>
          <PublicMonths months={view.months} target={null} about={`Mọi phiếu của ${view.name}.`} />
        </>
      )}
      <Improvements improvements={view.improvements} />
    </>
  )
  const lead = <Basis {...view} />
  return renderPublicFrame({ title: view.name, demo, lead, back: true, children }, styleHref)
}

function Whole({ view: { score } }: { view: PublicAgencyView }) {
  if (!score || score.score === null || score.lower === null || score.upper === null) {
    return <p class="public-whole">Điểm của năm: {hiddenWords}.</p>
  }
  return (
    <p class="public-whole">
      <b>{formatPercent(score.score)}</b> hài lòng, từ {formatInteger(score.responses)} phiếu; điểm thực tế nhiều khả
      năng nằm trong khoảng {formatInterval(score.lower, score.upper)}.
    </p>
  )
}

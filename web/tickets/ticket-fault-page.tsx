import type { Language } from '../../server/catalogue/contract.ts'
import type { SurveyForm } from '../../server/respond/contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { type Assets, Frame, PlaceHeading, ProductHeading } from '../ui/citizen-frame.tsx'
import { LanguageLinks } from '../ui/language-switch.tsx'
import { citizenTicketWords, type TicketFault } from './citizen-words.ts'

export type TicketFaultProps = {
  fault: TicketFault
  language: Language
  /** Whose open survey is offered; null where the ticket is unknown or the place takes no answers. */
  place: SurveyForm['place'] | null
  demo: boolean
}

/** A ticket that is taken no more: why, and the way that stays open. */
export function renderTicketFaultPage({ fault, language, place, demo }: TicketFaultProps, assets: Assets): string {
  const words = citizenTicketWords[language]
  const heading = place ? <PlaceHeading place={place} language={language} /> : <ProductHeading language={language} />
  const nav = (
    <>
      <LanguageLinks language={language} hrefIn={links.inLanguage} />
      {place ? <header>{heading}</header> : heading}
    </>
  )
  return renderDocument({
    title: words[fault].title,
    lang: language,
    style: { inline: assets.style },
    scripts: [assets.script],
    children: (
      <Frame language={language} demo={demo} nav={nav}>
        <section class="state held">
          <svg class="sign" viewBox="0 0 64 64" aria-hidden="true">
            <circle cx="32" cy="32" r="28" />
            <path d="M32 18v17M32 45h.01" />
          </svg>
          {/* Where a place is named, its name is the page's heading. */}
          {place ? <h2>{words[fault].title}</h2> : <h1>{words[fault].title}</h1>}
          <p>{words[fault].text}</p>
          {place && (
            <a class="button" href={links.survey(place.code, undefined, language === 'vi' ? undefined : language)}>
              {words.openInstead}
            </a>
          )}
        </section>
      </Frame>
    ),
  })
}

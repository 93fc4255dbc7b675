import type { ComponentChild, ComponentChildren } from 'preact'
import type { Language } from '../../server/catalogue/contract.ts'
import type { SurveyForm } from '../../server/respond/contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { messagesIn } from '../messages/messages.ts'
import { type Assets, Frame, PlaceHeading } from '../ui/citizen-frame.tsx'
import { LanguageLinks } from '../ui/language-switch.tsx'

export type ThanksProps = {
  place: SurveyForm['place']
  language: Language
  receipt: string
  /** The form had been sent before: the first answer stands. */
  replay: boolean
  /** It is kept, but does not count: this telephone had answered here within the hour. */
  aside?: boolean
  demo: boolean
  /** What follows, where the response opened a case. */
  followUp?: ComponentChild | null
  /** What the ledger says of it. */
  ledgerNote?: ComponentChildren
}

export function renderThanksPage(props: ThanksProps, assets: Assets): string {
  const words = messagesIn(props.language).thanks
  return renderDocument({
    title: props.replay ? words.replayTitle : words.title,
    lang: props.language,
    style: { inline: assets.style },
    scripts: [assets.script],
    children: <ThanksPage {...props} />,
  })
}

function ThanksPage({ place, language, receipt, replay, aside, demo, followUp, ledgerNote }: ThanksProps) {
  const words = messagesIn(language).thanks
  return (
    <Frame
      language={language}
      demo={demo}
      nav={
        <header>
          <LanguageLinks language={language} hrefIn={(other) => links.thanks(place.code, receipt, other)} />
          <PlaceHeading place={place} language={language} />
        </header>
      }
    >
      <section class={replay ? 'state held' : 'state'}>
        <svg class="sign" viewBox="0 0 64 64" aria-hidden="true">
          <circle cx="32" cy="32" r="28" />
          <path d={replay ? 'M32 18v17M32 45h.01' : 'M20 33l9 9 16-19'} />
        </svg>
        <h2>{replay ? words.replayTitle : words.title}</h2>
        <p>{replay ? words.replay : words.recorded}</p>
        {!replay && aside && <p class="aside">{words.aside}</p>}
        <p class="receipt">
          <small>{words.receipt}</small> <b>{receipt}</b>
        </p>
        {followUp ?? <p class="soft">{words.receiptUse}</p>}
        {!replay && <p class="soft">{words.next}</p>}
        {ledgerNote}
        <a class="button quiet" href={links.survey(place.code, undefined, language)}>
          {words.fresh}
        </a>
        <p class="soft">{words.elsewhere}</p>
        <a class="button quiet" href={links.method}>
          {words.method}
        </a>
      </section>
    </Frame>
  )
}

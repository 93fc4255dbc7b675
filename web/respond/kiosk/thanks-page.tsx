import { renderDocument } from '../../document.tsx'
import { links } from '../../links.ts'
import { messagesIn } from '../../messages/messages.ts'
import { type Assets, Frame, PlaceHeading } from '../../ui/citizen-frame.tsx'
import { LanguageLinks } from '../../ui/language-switch.tsx'
import type { ThanksProps } from '../thanks-page.tsx'
import { kioskAddresses } from './parts.tsx'

/** How long it stands where no script counts touches, or one too new for the browser (s). */
const shownSeconds = 8

type Props = Pick<ThanksProps, 'place' | 'language' | 'receipt' | 'demo'> & {
  /** An SVG symbol of the receipt's own page, to be opened on the person's telephone. */
  qr: string
}

/** Thanks on a shared tablet: the code to be taken along, nothing that leads on, and soon the next person's page. */
export function renderKioskThanksPage(props: Props, assets: Assets): string {
  return renderDocument({
    title: messagesIn(props.language).thanks.title,
    lang: props.language,
    style: { inline: assets.style },
    scripts: [assets.script],
    refresh: `${shownSeconds};url=${links.survey(props.place.code, 'kiosk')}`,
    children: <KioskThanksPage {...props} />,
  })
}

function KioskThanksPage({ place, language, receipt, demo, qr }: Props) {
  const words = messagesIn(language)
  const start = links.survey(place.code, 'kiosk')
  const header = (
    <header>
      <LanguageLinks language={language} hrefIn={(other) => links.kioskThanks(place.code, receipt, other)} />
      <PlaceHeading place={place} language={language} />
    </header>
  )
  return (
    <Frame language={language} demo={demo} nav={header}>
      <section class="state kiosk-thanks" data-kiosk={kioskAddresses(place.code)}>
        <div>
          <svg class="sign" viewBox="0 0 64 64" aria-hidden="true">
            <circle cx="32" cy="32" r="28" />
            <path d="M20 33l9 9 16-19" />
          </svg>
          <h2>{words.thanks.title}</h2>
          <p>{words.thanks.recorded}</p>
          <p class="receipt">
            <small>{words.thanks.receipt}</small> <b>{receipt}</b>
          </p>
          <p class="soft">{words.kiosk.keep}</p>
          <a class="button" href={start}>
            {words.kiosk.next}
          </a>
        </div>
        <div class="kiosk-code">
          <div dangerouslySetInnerHTML={{ __html: qr }} />
          <p>{words.kiosk.takeAlong}</p>
        </div>
      </section>
    </Frame>
  )
}

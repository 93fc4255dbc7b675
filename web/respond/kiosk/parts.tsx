import type { SurveyForm } from '../../../server/respond/contract.ts'
import { links } from '../../links.ts'
import { messagesIn } from '../../messages/messages.ts'

/** Where a shared tablet's next person begins, and where it fetches pages to keep. */
export const kioskAddresses = (code: string): string =>
  JSON.stringify({
    start: links.survey(code, 'kiosk'),
    spares: links.spareSurvey(code),
    worker: links.kioskWorker,
    health: links.health,
  })

/** What the form tells the script of a shared tablet beside what every form tells. */
export function kioskAttributes({ place, language, enrolled }: SurveyForm) {
  const words = messagesIn(language)
  return {
    'data-kiosk': kioskAddresses(place.code),
    'data-enrolled': enrolled ? 'yes' : undefined,
    'data-thanks': links.kioskThanks(place.code, '{}', language),
    'data-words': JSON.stringify({ ...words.script, ...words.kiosk.script }),
  }
}

/** Who may see the screen; and, to whoever set it up, that this tablet's answers have no proof. */
export function KioskNotes({ form: { language, enrolled } }: { form: SurveyForm }) {
  const words = messagesIn(language).kiosk
  return (
    <>
      <p class="kiosk-private">{words.privacy}</p>
      {!enrolled && <p class="kiosk-private">{words.unenrolled}</p>}
    </>
  )
}

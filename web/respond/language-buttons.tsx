import type { Language } from '../../server/catalogue/contract.ts'
import { fieldNames } from '../../server/respond/contract.ts'
import { messagesIn } from '../messages/messages.ts'
import { languageNames } from '../ui/language-switch.tsx'

type Props = {
  language: Language
  /** Whether letters are large; nothing where the choice is not offered. */
  large?: boolean | undefined
  addressIn: (language: Language) => string
}

/**
 * Buttons of the form, so that what was chosen goes along and comes back in the other language. The first button of a
 * form is the one that Enter presses: it sends. `data-href` is the fresh page, for whoever has chosen nothing yet.
 */
export function LanguageButtons({ language, large, addressIn }: Props) {
  const words = messagesIn(language).page
  return (
    <nav aria-label={words.language}>
      {/* biome-ignore lint/a11y/useButtonType: a button of a form sends it unless it says otherwise; 45 bytes in all. */}
      <button form="survey" hidden />
      {large !== undefined && (
        // biome-ignore lint/a11y/useButtonType: as above.
        <button
          form="survey"
          name={fieldNames.textSize}
          value={large ? 'thuong' : 'to'}
          class="size"
          aria-label={large ? `A− ${words.usualText}` : `A+ ${words.largeText}`}
        >
          {large ? 'A−' : 'A+'}
        </button>
      )}
      {languageNames.map(([code, name]) => (
        // biome-ignore lint/a11y/useButtonType: as above.
        <button
          key={code}
          form="survey"
          name={fieldNames.switchTo}
          value={code}
          lang={code}
          data-href={addressIn(code)}
          aria-current={code === language ? 'true' : undefined}
        >
          {name}
        </button>
      ))}
    </nav>
  )
}

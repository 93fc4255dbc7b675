import type { Language } from '../../server/catalogue/contract.ts'
import { messagesIn } from '../messages/messages.ts'

/** The order in which every page offers them, each by its own name. */
export const languageNames: [Language, string][] = [
  ['vi', 'Tiếng Việt'],
  ['km', 'ខ្មែរ'],
  ['en', 'English'],
]

type LinksProps = { language: Language; hrefIn: (language: Language) => string }

/** The same page in another language. */
export function LanguageLinks({ language, hrefIn }: LinksProps) {
  return (
    <nav aria-label={messagesIn(language).page.language}>
      {languageNames.map(([code, name]) => (
        <a key={code} href={hrefIn(code)} lang={code} aria-current={code === language ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  )
}

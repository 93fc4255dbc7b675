import type { Language } from '../../server/catalogue/contract.ts'
import { links } from '../links.ts'
import { renderPublicFrame } from './frame.tsx'
import { publicWordsIn } from './languages/words.ts'

export type HomePageProps = { commune: string; demo: boolean; language: Language }

/** The first page: what citizens come for, and the staff's door, small. */
export function renderHomePage({ commune, demo, language }: HomePageProps, styleHref: string): string {
  const words = publicWordsIn(language)
  const { home } = words
  const lang = language === 'vi' ? undefined : language
  const doors = [
    { href: links.results(language), name: home.results, about: home.resultsWords },
    { href: links.findReply(lang), name: home.reply, about: home.replyWords },
    { href: links.method, name: words.method, about: home.methodWords },
    { href: links.openData, name: words.openData, about: home.openDataWords },
  ]
  const children = (
    <>
      <nav class="public-doorways" aria-label={home.title(commune)}>
        {doors.map(({ href, name, about }) => (
          <a key={href} href={href}>
            <b>{name}</b> <span>{about}</span>
          </a>
        ))}
      </nav>
      <p class="public-staff">
        <a href={links.signIn()}>{home.staff}</a>
      </p>
    </>
  )
  const { title, lead } = home
  const page = { title: title(commune), demo, lead, language, hrefIn: links.homeIn, isHome: true, children }
  return renderPublicFrame(page, styleHref)
}

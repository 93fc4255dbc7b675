import type { ComponentChildren } from 'preact'
import type { Language } from '../../server/catalogue/contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { languageNames } from '../ui/language-switch.tsx'
import { publicWording, publicWordsIn } from './languages/words.ts'
import { type Heading, headingsOf } from './words.ts'

type FrameProps = {
  title: string
  /** Where the title is in another language than the page. */
  titleLanguage?: Language
  demo: boolean
  lead: ComponentChildren
  back?: boolean
  /** Its doors are the page itself: the foot names only what they do not. */
  isHome?: boolean
  language?: Language
  /** The same page in another language, where it has one. */
  hrefIn?: (language: Language) => string
  children: ComponentChildren
}

/** The frame of every page for the public: no script, no cookie, one file of style. */
export function renderPublicFrame(props: FrameProps, styleHref: string): string {
  const { title, titleLanguage, demo, lead, back, isHome, language = 'vi', hrefIn, children } = props
  const words = publicWordsIn(language)
  return renderDocument({
    title: `${title} · Ý Dân`,
    lang: language,
    style: { href: styleHref },
    children: (
      <main class="public">
        {demo && <p class="reading-demo">{words.sample}</p>}
        <header>
          <div class="public-top">
            <p class="public-brand">
              <Mark /> {back ? <a href={links.results(language)}>{words.brand}</a> : words.brand}
            </p>
            {hrefIn && <Languages language={language} hrefIn={hrefIn} />}
          </div>
          {words.unreviewed && !publicWording.isReviewed(language) && <p class="public-small">{words.unreviewed}</p>}
          <h1 lang={titleLanguage}>{title}</h1>
          <p class="public-lead">{lead}</p>
        </header>
        {children}
        <PublicFooter language={language} isHome={isHome} />
      </main>
    ),
  })
}

const Languages = ({ language, hrefIn }: { language: Language; hrefIn: (language: Language) => string }) => (
  <nav class="public-languages" aria-label={publicWordsIn(language).language}>
    {languageNames.map(([code, name]) => (
      <a key={code} href={hrefIn(code)} lang={code} aria-current={code === language ? 'true' : undefined}>
        {name}
      </a>
    ))}
  </nav>
)

/** A heading in the three languages of the commune; the rest is Vietnamese. */
export const Section = ({ heading, children }: { heading: Heading; children: ComponentChildren }) => (
  <section aria-labelledby={heading}>
    <h2 id={heading}>
      {headingsOf(heading).vi}
      <small>
        <span lang="en">{headingsOf(heading).en}</span> <span lang="km">{headingsOf(heading).km}</span>
      </small>
    </h2>
    {children}
  </section>
)

/** A part of a page that is whole in one language. */
export const Part = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
)

/** Whoever wrote to the commune finds the reply from every page. */
export function FindReply({ language }: { language: Language }) {
  const words = publicWordsIn(language)
  return (
    <p class="public-reply">
      {words.sent} <a href={links.findReply(language === 'vi' ? undefined : language)}>{words.findReply}</a>
    </p>
  )
}

function PublicFooter({ language, isHome }: { language: Language; isHome?: boolean | undefined }) {
  const words = publicWordsIn(language)
  return (
    <footer>
      {!isHome && (
        <>
          <a href={links.findReply(language === 'vi' ? undefined : language)}>{words.findReply}</a>
          <a href={links.method}>{words.method}</a>
          <a href={links.openData}>{words.openData}</a>
        </>
      )}
      <a href={links.ledger}>{words.ledger}</a>
    </footer>
  )
}

export const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <path d="M4 6h20v13H13l-5 4.500v-4.500H4z" />
    <path d="M9 12.500q5 4.500 10 0" />
  </svg>
)

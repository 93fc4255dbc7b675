import type { Language, Text } from '../../server/catalogue/contract.ts'
import { renderDocument } from '../document.tsx'
import { links } from '../links.ts'
import { type Assets, Frame } from '../ui/citizen-frame.tsx'
import { LanguageLinks } from '../ui/language-switch.tsx'
import { citizenTicketWords } from './citizen-words.ts'

export type CountersProps = {
  agency: { code: string; name: Text }
  /** `visit` keeps, in the address, that the screen was scanned. */
  counters: { code: string; name: Text; visit: string | undefined }[]
  visit: string | undefined
  language: Language
  demo: boolean
}

/** The first question behind an agency's one code: which counter. */
export function renderCountersPage(props: CountersProps, assets: Assets): string {
  const words = citizenTicketWords[props.language]
  return renderDocument({
    title: words.whichCounter,
    lang: props.language,
    style: { inline: assets.style },
    scripts: [assets.script],
    children: <CountersPage {...props} />,
  })
}

function CountersPage({ agency, counters, visit, language, demo }: CountersProps) {
  const words = citizenTicketWords[language]
  const header = (
    <header>
      <LanguageLinks language={language} hrefIn={(other) => links.counters(agency.code, visit, other)} />
    </header>
  )
  return (
    <Frame language={language} demo={demo} nav={header}>
      <div class="who">
        <h1>
          <small>{agency.name[language]}</small> {words.whichCounter}
        </h1>
      </div>
      <ul class="counters">
        {counters.map(({ code, name, visit: own }) => (
          <li key={code}>
            <a class="button quiet" href={addressOf(code, own, language)}>
              {name[language]}
            </a>
          </li>
        ))}
      </ul>
    </Frame>
  )
}

const addressOf = (code: string, visit: string | undefined, language: Language): string => {
  const lang = language === 'vi' ? undefined : language
  return visit ? links.presentSurvey(code, visit, lang) : links.survey(code, undefined, lang)
}

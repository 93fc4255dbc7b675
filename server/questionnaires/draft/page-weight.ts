import { links } from '../../../web/links.ts'
import { wordPressure } from '../../../web/messages/pressure.ts'
import { renderSurveyPage } from '../../../web/respond/survey-page.tsx'
import type { CatalogueState } from '../../catalogue/catalogue.ts'
import {
  type Criterion,
  type Language,
  languages,
  type Questionnaire,
  type ResponseId,
} from '../../catalogue/contract.ts'
import { drawCriteria, planVersion } from '../../catalogue/draw-rules.ts'
import { compress } from '../../http/compress.ts'
import type { PageAssets } from '../../http/html.ts'
import { listSpoken } from '../../recordings/texts.ts'
import type { SurveyForm } from '../../respond/contract.ts'
import type { PageWeight } from '../versions-contract.ts'

/** What one TCP initial window carries: ten segments of 1460 bytes (RFC 6928). */
export const pageBudgetBytes = 14_600
/** The most that status line and headers take, the policy with its two hashes included (tests/http/headers.test.ts). */
const headerBytes = 1_000

/** How heavy a citizen's page of this definition gets: the longest draw, at the place that asks most besides. */
export async function weighPage(
  definition: Questionnaire,
  state: CatalogueState,
  assets: PageAssets,
): Promise<PageWeight> {
  const entries = languages.map(async (language) => {
    const html = renderSurveyPage(longestForm(definition, state, language), assets)
    return [language, (await compress(html, 'gzip')).length + headerBytes] as const
  })
  return {
    criteria: drawCriteria(planVersion(definition), '', '').length,
    extra: definition.extra.length,
    bytes: Object.fromEntries(await Promise.all(entries)) as PageWeight['bytes'],
    budgetBytes: pageBudgetBytes,
  }
}

export const isTooHeavy = ({ bytes, budgetBytes }: PageWeight): boolean =>
  Object.values(bytes).some((size) => size > budgetBytes)

function longestForm(definition: Questionnaire, state: CatalogueState, language: Language): SurveyForm {
  const places = state.places.filter(({ questionnaire }) => questionnaire === definition.code)
  const questionsOf = (place: (typeof places)[number]) =>
    place.fieldCodes.length + (place.serviceMode === 'ask' ? 1 : 0)
  const place = places.sort((a, b) => questionsOf(b) - questionsOf(a))[0]
  const fieldCodes = place?.fieldCodes ?? []
  const names = [...places, ...state.places].map(({ name }) => name)
  return {
    place: {
      code: place?.code ?? 'DIEMMAU',
      name: longestOf(names, (name) => name[language]) ?? definition.title,
      agency: longestOf(state.agencies, ({ name }) => name[language])?.name ?? definition.title,
    },
    language,
    unreviewed: ['en', 'km'],
    demo: false,
    id: '0192f3a0-5c1e-7b3d-8f42-a6c7d10e93b5' as ResponseId,
    version: definition.version,
    channel: 'qr',
    criteria: longestDraw(definition, language),
    extra: [...definition.extra, wordPressure()],
    fields: fieldCodes.length > 1 ? state.fields.filter(({ code }) => fieldCodes.includes(code)) : [],
    asksServiceMode: true,
    asksRespondent: place?.asksRespondent ?? false,
    values: {},
    problems: [],
    // As if all of it were recorded: no later recording makes the page too heavy.
    sounds: { address: links.recording('q7Zk_xW3', ''), keys: listSpoken(definition, language).map(({ key }) => key) },
    turn: 'second',
  }
}

/** Of each factor its core criteria and, of the others, as many of the longest as are drawn. */
function longestDraw({ factors }: Questionnaire, language: Language): Criterion[] {
  return factors.flatMap(({ criteria, draw }) => {
    const rotating = criteria.filter(({ core }) => !core)
    const long = rotating.sort((a, b) => b.text[language].length - a.text[language].length).slice(0, draw)
    return criteria.filter((criterion) => criterion.core || long.includes(criterion))
  })
}

const longestOf = <T>(list: T[], textOf: (item: T) => string): T | undefined =>
  [...list].sort((a, b) => textOf(b).length - textOf(a).length)[0]

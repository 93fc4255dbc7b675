import type { Texts } from '../../web/messages/wording.ts'
import type { CatalogueState } from '../catalogue/catalogue.ts'
import type { Questionnaire, Text } from '../catalogue/contract.ts'
import type { PageAssets } from '../http/html.ts'
import { pageBudgetBytes, weighPage } from '../questionnaires/draft/page-weight.ts'
import type { TranslationState } from './book.ts'
import type { NameEdit, NameKind, TranslationChange, WordingEdit } from './change-contract.ts'
import { lightParts, type WordPart, wordParts } from './wordings.ts'

type Scales = { state: CatalogueState; translations: TranslationState; survey: PageAssets }

/** Why a citizens' page would become too heavy for its first round trip, in one sentence; null where none does. */
export async function findTooHeavy(
  { wordings, names, drafts }: Pick<TranslationChange, 'wordings' | 'names' | 'drafts'>,
  { state, translations, survey }: Scales,
): Promise<string | null> {
  const renamed = withNames(state, names)
  const weigh = async (definition: Questionnaire, under: CatalogueState) =>
    (await weighPage(definition, under, survey)).bytes.km
  const reworded = wordParts.filter(
    ({ code }) => lightParts.includes(code) && wordings.some(({ part }) => part === code),
  )
  // The household form is asked from paper: no place carries it, so no telephone loads it.
  const isCarried = ({ code }: Questionnaire) =>
    state.places.some((place) => place.open && place.questionnaire === code)
  const published = [...state.publishedByCode.values()].map(({ definition }) => definition).filter(isCarried)
  const after = [
    ...(reworded.length + names.length > 0 ? published : []),
    ...drafts.map(({ definition }) => definition).filter(isCarried),
  ]
  for (const definition of after) {
    const before = published.find(({ code }) => code === definition.code) ?? definition
    const was = weigh(before, state)
    const becomes = underWords(reworded, { wordings, translations }, () => weigh(definition, renamed))
    const [from, to] = await Promise.all([was, becomes])
    // A page that is as heavy already is no translator's doing.
    if (to > pageBudgetBytes && to > from) return sayTooHeavy(definition.title.vi, to)
  }
  return null
}

/** The same catalogue under other Khmer names; one taken away leaves the Vietnamese. */
function withNames(state: CatalogueState, names: NameEdit[]): CatalogueState {
  const renamedIn = <Named extends { code: string; name: Text }>(kind: NameKind, list: Named[]): Named[] =>
    list.map((one) => {
      const edit = names.find(({ kind: of, code }) => of === kind && code === one.code)
      return edit ? { ...one, name: { ...one.name, km: edit.body || one.name.vi } } : one
    })
  return {
    ...state,
    agencies: renamedIn('agency', state.agencies),
    places: renamedIn('place', state.places),
    fields: renamedIn('field', state.fields),
  }
}

const sayTooHeavy = (title: string, bytes: number): string =>
  `Trang “${title}” bằng tiếng Khmer sẽ nặng ${bytes} byte, quá ${pageBudgetBytes} byte mà mạng chậm tải được ngay; xin viết các câu ngắn lại. Chưa có gì được lưu.`

type Wanted = { wordings: WordingEdit[]; translations: TranslationState }

/** The page is drawn before the first waiting of `work`, so the words hold for it alone. */
function underWords<T>([first, ...rest]: WordPart[], wanted: Wanted, work: () => T): T {
  if (!first) return work()
  return first.wording.trying('km', textsAfter(first.code, wanted), () => underWords(rest, wanted, work))
}

function textsAfter(code: string, { wordings, translations }: Wanted): Texts {
  const texts = { ...translations.texts.get(code) }
  for (const { part, key, body } of wordings) {
    if (part !== code) continue
    if (body === null) delete texts[key]
    else texts[key] = body
  }
  return texts
}

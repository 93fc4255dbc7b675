import type { CatalogueState, Version } from '../catalogue/catalogue.ts'
import type { Text } from '../catalogue/contract.ts'
import { dayOf } from '../days.ts'
import type { TranslationState } from './book.ts'
import type { NameKind, TextPlace } from './change-contract.ts'
import type { Part, PartProgress, Review, TextEntry } from './contract.ts'
import { textsOfQuestionnaire } from './questionnaire-rules.ts'
import { mostLetters, pairOf } from './text-rules.ts'
import { type WordPart, wordParts } from './wordings.ts'

export const namesPart = 'names'
const longestName = 120

/** Everything that citizens read in Khmer, part by part, with who has reviewed what. */
export const listParts = (state: CatalogueState, translations: TranslationState): Part[] => [
  ...wordParts.map((part) => describeWords(part, translations)),
  ...listQuestionnaires(state).map((versions) => describeQuestionnaire(versions, translations)),
  describeNames(state, translations),
]

export const progressOf = ({ texts, code, kind, title, draft }: Part): PartProgress => {
  return { code, kind, title, draft, total: texts.length, reviewed: texts.filter(({ review }) => review).length }
}

type Described = Pick<TextEntry, 'group' | 'vi' | 'en' | 'km' | 'most' | 'mayBeEmpty'>

function entryOf(place: TextPlace, described: Described, { findReview }: TranslationState): TextEntry {
  const pair = pairOf(place, described.vi, described.km)
  return { ...place, ...described, pair, review: findReview(place, pair) }
}

function describeWords({ code, title, wording }: WordPart, translations: TranslationState): Part {
  const { vi, en, km } = wording.built
  const own = translations.texts.get(code) ?? {}
  const texts = Object.entries(km).flatMap(([key, built]) => {
    if (built === '') return []
    const original = vi[key] ?? ''
    const described = { group: '', vi: original, en: en[key] ?? '', km: own[key] ?? built, mayBeEmpty: false }
    return [entryOf({ part: code, key }, { ...described, most: mostLetters(original, built) }, translations)]
  })
  return { code, kind: 'words', title, texts, draft: null }
}

export type QuestionnaireVersions = { code: string; draft: Version | undefined; published: Version }

/** Questionnaires in use, each with the draft that new wording goes into. */
export const listQuestionnaires = (state: CatalogueState): QuestionnaireVersions[] =>
  [...state.publishedByCode].map(([code, published]) => ({
    code,
    published,
    draft: state.versions.find((one) => one.code === code && one.status === 'draft'),
  }))

export const partOfQuestionnaire = (code: string): string => `questions-${code}`

function describeQuestionnaire(versions: QuestionnaireVersions, translations: TranslationState): Part {
  const { code, draft, published } = versions
  const version = draft ?? published
  return {
    code: partOfQuestionnaire(code),
    kind: 'questionnaire',
    title: version.definition.title.vi,
    texts: entriesOfVersion(version, translations),
    draft: draft ? { code, version: draft.version } : null,
  }
}

/** A version reviewed as a whole has every text reviewed. */
export function entriesOfVersion(version: Version, translations: TranslationState): TextEntry[] {
  const part = partOfQuestionnaire(version.code)
  const whole = reviewOfWhole(version)
  return textsOfQuestionnaire(version.definition).map(({ key, group, text, most }) => {
    const entry = entryOf({ part, key }, { ...text, group, most, mayBeEmpty: false }, translations)
    return { ...entry, review: entry.review ?? whole }
  })
}

export const wholeReviewer = 'duyệt cả bộ câu hỏi'

function reviewOfWhole({ reviewed }: Version): Review | null {
  return reviewed.km ? { by: wholeReviewer, on: dayOf(Date.parse(reviewed.km)) } : null
}

/** What agencies, places and fields are called; without a Khmer name citizens read the Vietnamese one. */
function describeNames({ agencies, places, fields }: CatalogueState, translations: TranslationState): Part {
  const entry = (kind: NameKind, group: string, { code, name }: { code: string; name: Text }) => {
    const { vi, en } = name
    const km = name.km === vi ? '' : name.km
    const described = { group, vi, en: en === vi ? '' : en, km, most: longestName, mayBeEmpty: true }
    return entryOf({ part: namesPart, key: `${kind}/${code}` }, described, translations)
  }
  const open = <T extends { open: boolean }>(list: T[]) => list.filter((one) => one.open)
  const texts = [
    ...open(agencies).map((one) => entry('agency', 'Đơn vị', one)),
    ...open(places).map((one) => entry('place', 'Nơi phục vụ', one)),
    ...fields.map((one) => entry('field', 'Lĩnh vực', one)),
  ]
  return { code: namesPart, kind: 'names', title: 'Tên đơn vị, nơi phục vụ, lĩnh vực', texts, draft: null }
}

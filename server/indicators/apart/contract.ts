import type { Language } from '../../catalogue/contract.ts'
import type { Difference, Score } from '../../score/contract.ts'

/** What no tally tells apart: the language of the form, and whether somebody helped with it. */
export type ApartKind = 'language' | 'assisted'

/** `rest`: what is not one of the others, and whatever of them may not stand apart. */
export type ApartPart<Key extends string> = { key: Key | 'rest'; score: Score; share: number; harm: number }

/** Scores by the language of the form; no parts where none may stand apart. */
export type LanguageView = { parts: ApartPart<Exclude<Language, 'vi'>>[] }

/** By who pressed and read; no parts where not both may stand apart. Helped less self, null where one has too few. */
export type AssistedView = { parts: ApartPart<'self' | 'helped'>[]; difference: Difference | null }
